from django.db import migrations

from search.engines import tables


class Migration(migrations.Migration):
    """What SQLite and PostgreSQL need to match words; see `search.engines.tables`."""

    dependencies = [("search", "0001_entries_synonyms_unmet")]

    operations = [migrations.RunPython(tables.make, tables.drop)]
