"""What came of answers is for those who may read of the event: forms that were there before learn which it was."""

from django.db import migrations


def say_which(apps, schema_editor):
    surveys = apps.get_model("feedback", "Survey").objects
    events = dict(apps.get_model("events", "Session").objects.values_list("pk", "event_id"))
    for pk, about in surveys.filter(page=None, about__startswith="session:").values_list("pk", "about"):
        number = about.split(":")[1]
        if number.isdecimal() and int(number) in events:
            surveys.filter(pk=pk).update(page_id=events[int(number)])


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0014_rounds_without_notes_and_approval"),
        ("feedback", "0010_forms_know_their_page"),
    ]

    operations = [migrations.RunPython(say_which, migrations.RunPython.noop, elidable=True)]
