"""Supplying figures: who may, and all of them or none."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from insight.models import SuppliedFigure
from insight.permissions import may_supply_figures
from people.models import User


def supply(*, figures: Iterable[SuppliedFigure], by: User) -> int:
    """Keep figures that have been checked; returns how many."""
    if not may_supply_figures(by):
        raise PermissionDenied
    with transaction.atomic():
        figures = list(figures)
        for figure in figures:
            figure.entered_by = by
            figure.full_clean()
            figure.save()
    return len(figures)
