from django.db import migrations, models


def keep_what_was_asked(apps, schema_editor):
    """Of all sets in use the newest was asked after every event: that one is the usual one now."""
    sets = apps.get_model("feedback", "QuestionSet").objects
    for purpose in set(sets.values_list("purpose", flat=True)):
        asked = sets.filter(purpose=purpose, usual=True).order_by("-pk").first()
        if asked:
            sets.filter(purpose=purpose).exclude(pk=asked.pk).update(usual=False)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0010_forms_know_their_page")]

    operations = [
        migrations.RenameField("questionset", "in_use", "usual"),
        migrations.AlterField(
            "questionset",
            "usual",
            models.BooleanField(
                default=False,
                help_text="Asked wherever an event names no set of its own. A set that is made for one event stays "
                "unticked: choose it on the session.",
                verbose_name="the usual one",
            ),
        ),
        migrations.RunPython(keep_what_was_asked, migrations.RunPython.noop),
    ]
