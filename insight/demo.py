"""Figures that others supplied: one lately, one long ago, and two that nobody has supplied."""

from datetime import date, timedelta

from insight.models import FigureKind, SuppliedFigure
from insight.supplying import supply
from people.models import User

SUPPLIED = [
    ("Social work posts that are vacant", 12, 80, 21, "HR system, monthly report"),
    ("Social work posts held by agency staff", 9, 68, 240, "HR system, yearly return"),
]
"""Kind, number, of how many, so many days ago, source."""


def load(*, today: date) -> int:
    """Supply the figures where none was supplied yet; returns how many."""
    if SuppliedFigure.objects.exists():
        return 0
    figures = [
        SuppliedFigure(
            kind=FigureKind.objects.get(label=label), n=n, base=base, as_of=today - timedelta(days=ago), source=source
        )
        for label, n, base, ago, source in SUPPLIED
    ]
    return supply(figures=figures, by=User.objects.get(email="psw@hub.example"))
