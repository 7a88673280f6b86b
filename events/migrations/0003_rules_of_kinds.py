"""What goes for each kind of event until a council says otherwise (events-rules.md, section 6 C)."""

from django.db import migrations

RULES = {
    "practice-day": ("named", "anonymous", False, 36),
    "training": ("named", "anonymous", False, 72),
    "lunch-and-learn": ("named", "anonymous", False, 24),
    "reflective-group": ("counted", "anonymous", True, 12),
    "action-learning": ("organiser", "confidential", True, 12),
    "rounds": ("counted", "anonymous", True, 6),
    "team-briefing": ("named", "anonymous", False, 24),
    "consultation": ("organiser", "anonymous", False, 12),
    "programme": ("named", "confidential", False, 72),
}
"""Kind to who learns who came, how feedback is given, whether the circle is closed, months that names are kept."""


def write(apps, schema_editor):
    rules = apps.get_model("events", "KindRules")
    for kind, (attendance, feedback, closed_group, keep_months) in RULES.items():
        rules.objects.get_or_create(
            kind=kind,
            defaults={
                "attendance": attendance,
                "feedback": feedback,
                "closed_group": closed_group,
                "keep_months": keep_months,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("events", "0002_sessions_and_bookings")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
