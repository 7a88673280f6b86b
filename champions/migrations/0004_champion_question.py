from django.conf import settings
from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat, Substr

BEFORE, SINCE = "champions.question:", "champions.championquestion:"


def rename_what_was_told(apps, schema_editor):
    """Who was told of a question is remembered by the name of its model: nobody is to be told again."""
    told = apps.get_model("notices", "Told").objects.filter(about__startswith=BEFORE)
    told.update(about=Concat(Value(SINCE), Substr("about", len(BEFORE) + 1)))


class Migration(migrations.Migration):
    dependencies = [
        ("champions", "0003_answers_and_tips_outlive_accounts"),
        ("notices", "0006_a_letter_needs_no_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.RenameModel(old_name="Question", new_name="ChampionQuestion"),
        migrations.RunPython(rename_what_was_told, migrations.RunPython.noop),
    ]
