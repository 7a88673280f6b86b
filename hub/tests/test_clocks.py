"""A day is the day in London, and a rule is given its moment: no screen is a day behind on a summer's night."""

import ast
import re

import pytest
from django.apps import apps
from django.db.models import DateTimeField

from hub.tests.test_architecture import FLOOR, ROOT, sources

MOMENTS = {
    field.name
    for model in apps.get_models()
    if model._meta.app_label in FLOOR
    for field in model._meta.get_fields()
    if isinstance(field, DateTimeField)
}
PARTS = {"year", "month", "day", "hour", "minute", "weekday", "date", "time", "strftime", "isocalendar"}
"""What may be asked of a moment only when it stands on the clock of London."""
# Where a request or a timer comes in: what looks at the clock, once, and hands the moment on.
DOORS = re.compile(
    r"(^|/)(\w*views?|\w*forms?|\w*viewset|\w*screens|reports|apps|request_hub|wagtail_hooks)\.py$"
    r"|/views/|/templatetags/|/management/commands/|^demo/|/backends/|^home/jobs/all\.py$"
)
CLOCKS = ("timezone.now()", "timezone.localdate()", "timezone.localtime()")
MAY_LOOK = {
    # What an editor types is held against today, by the page or the picture itself.
    "research/models/research_page.py": {"clean", "_rating_errors"},
    "stories/models/story_page.py": {"clean", "_ask_for_consent"},
    "champions/models/champion_page.py": {"clean"},
    "guidance/models/vacancy.py": {"clean"},
    "guidance/models/project.py": {"clean"},
    "insight/models.py": {"clean"},
    "events/models/event_page.py": {"_booked"},
    "pages/as_of.py": {"today"},
    # Templates ask these of an object, without arguments.
    "assets/models.py": {"consent_state", "shown"},
    # A right holds at the moment at which somebody asks, and at no other.
    "events/booking/permissions.py": {"answers_for", "may_read_of", "may_see_team", "was_asked"},
    # When a row or a calendar file was written, whatever it tells of.
    "events/mail/calendars.py": {"entry"},
    "notices/outbox.py": {"queue_message", "tell"},
    # Two workers have one clock, whatever moment each of them is to act at.
    "home/jobs/working.py": {"_begin", "hold"},
    # Django deletes a row without saying when.
    "people/leaving.py": {"end_before_deleting"},
    # What is kept in memory is read again when the day changes.
    "toolkits/table.py": {"_load"},
    # Still to be given their moment.
    "events/mail/reminding.py": {"letter"},
    "guidance/models/policy.py": {"is_in_force", "save"},
}
"""Who looks at the clock all the same, and why."""


def is_local(node: ast.expr) -> bool:
    """Whether this piece says itself that it stands on a clock on the wall."""
    text = ast.unparse(node)
    return text.startswith("timezone.localtime(") or text.split(".")[-1] in {"wall", "local"}


def days_by_another_clock(source: str) -> list[str]:
    """Places where a stored moment becomes a day, or words, without saying whose day it is."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in PARTS and not is_local(node.value):
            of = node.value
            is_moment = isinstance(of, ast.Attribute) and of.attr in MOMENTS
            if is_moment or (node.attr in {"date", "strftime"} and not isinstance(of, ast.Name | ast.Constant)):
                found.append(ast.unparse(node))
        elif isinstance(node, ast.FormattedValue) and node.format_spec and "%" in ast.unparse(node.format_spec):
            if isinstance(node.value, ast.Attribute) and node.value.attr in MOMENTS:
                found.append(ast.unparse(node))
        elif isinstance(node, ast.Call) and re.fullmatch(
            r"(date|datetime)(\.\w+)*\.(today|now|utcnow)|\w*now\.date", ast.unparse(node.func)
        ):
            found.append(ast.unparse(node))
    return found


def looks_at_the_clock(source: str) -> list[str]:
    """Functions that read the time of day, so that nobody can ask them about another."""
    return sorted(
        {
            function.name
            for function in ast.walk(ast.parse(source))
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and ast.unparse(node).startswith(CLOCKS)
        }
    )


@pytest.mark.parametrize(("room", "path"), list(sources()))
def test_a_day_is_the_day_in_london(room, path):
    assert days_by_another_clock(path.read_text()) == []


@pytest.mark.parametrize(("room", "path"), list(sources()))
def test_a_rule_is_given_its_moment(room, path):
    """So that `run_jobs --at` is the moment everywhere, and a screen cannot fall between two days."""
    name = str(path.relative_to(ROOT))
    if not DOORS.search(name):
        assert set(looks_at_the_clock(path.read_text())) <= MAY_LOOK.get(name, set())


@pytest.mark.parametrize(
    "mistake",
    [
        "day(approval.approved_at.date())",
        "f'{one.said_at:%Y-%m-%d}'",
        "f'{session.starts_at.day} {month}'",
        "(now - KEPT).date()",
        "now.date()",
        "timezone.now().date()",
        "date.today()",
        "datetime.datetime.now()",
        "survey.held_at.strftime('%d')",
    ],
)
def test_a_day_by_another_clock_is_noticed(mistake):
    assert days_by_another_clock(mistake.replace("held_at", "opens_at"))


@pytest.mark.parametrize(
    "right",
    [
        "timezone.localdate(one.said_at)",
        "f'{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}'",
        "is_working_day(wall.date())",
        "f'{entry.on:%Y-%m-%d}'",
    ],
)
def test_a_day_in_london_is_allowed(right):
    assert days_by_another_clock(right) == []


def test_a_look_at_the_clock_is_noticed():
    assert looks_at_the_clock("def due(self):\n    return self.ends_on < timezone.localdate()") == ["due"]
    assert looks_at_the_clock("def due(self, now):\n    return self.ends_on < timezone.localdate(now)") == []
