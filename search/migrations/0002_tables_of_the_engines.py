from django.db import migrations

from search.engines import tables
from search.index import wagtail_index


class Migration(migrations.Migration):
    """What SQLite and PostgreSQL need to match words (`search.engines.tables`), and an index for Wagtail's own search."""

    dependencies = [("search", "0001_entries_synonyms_unmet"), *wagtail_index.NEEDS]

    operations = [migrations.RunPython(tables.make, tables.drop), *wagtail_index.OPERATIONS]
