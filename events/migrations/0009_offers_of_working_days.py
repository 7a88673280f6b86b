"""Offers are counted in working days, so that none runs out over a weekend."""

import django.core.validators
from django.db import migrations, models


def days_of_hours(apps, schema_editor):
    """What was given in hours becomes the whole days that they fill."""
    Session = apps.get_model("events", "Session")
    for hours in Session.objects.values_list("offer_days", flat=True).distinct():
        Session.objects.filter(offer_days=hours).update(offer_days=-(-hours // 24))


class Migration(migrations.Migration):
    dependencies = [("events", "0008_needs_that_an_event_meets")]

    operations = [
        migrations.RenameField("session", "offer_hours", "offer_days"),
        migrations.RunPython(days_of_hours, migrations.RunPython.noop),
        migrations.AlterField(
            "session",
            "offer_days",
            models.PositiveSmallIntegerField(
                "working days to answer an offer",
                default=1,
                help_text="Counted in office hours: no offer runs out in a night, at a weekend or on a bank holiday.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(10),
                ],
            ),
        ),
        migrations.AlterField(
            "session",
            "waiting_rule",
            models.CharField(
                "when a place comes free",
                choices=[
                    ("closeness", "Straight in until five days before, then an offer, on the last day by hand"),
                    ("straight", "Always straight into a free place"),
                    ("offer", "Always an offer"),
                    ("by-hand", "The organiser decides"),
                    ("none", "No waiting list"),
                ],
                default="closeness",
                max_length=10,
            ),
        ),
    ]
