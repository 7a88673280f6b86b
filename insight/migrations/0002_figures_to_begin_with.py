"""Figures that councils report, to begin with; each keeps its own list in the CMS."""

from django.db import migrations

KINDS = [
    ("Social work posts that are vacant", "share", "Posts without a permanent holder, of all social work posts."),
    ("Social work posts held by agency staff", "share", "Of all social work posts that are filled."),
    ("Practitioners who had supervision as often as the policy says", "share", "In the last full quarter."),
    ("Average caseload", "number", "Children for each full-time social worker."),
]


def add(apps, schema_editor):
    kind = apps.get_model("insight", "FigureKind")
    for order, (label, unit, meaning) in enumerate(KINDS):
        kind.objects.get_or_create(label=label, defaults={"unit": unit, "meaning": meaning, "order": order})


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
