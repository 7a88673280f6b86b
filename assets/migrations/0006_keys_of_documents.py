"""Documents have an address that cannot be guessed from another one."""

import uuid

from django.db import migrations, models


def give_keys(apps, schema_editor):
    documents = apps.get_model("assets", "HubDocument")
    for pk in documents.objects.values_list("pk", flat=True):
        documents.objects.filter(pk=pk).update(key=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("assets", "0005_ground_of_pictures")]

    operations = [
        migrations.AddField("hubdocument", "key", models.UUIDField(default=uuid.uuid4, editable=False, null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("hubdocument", "key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
