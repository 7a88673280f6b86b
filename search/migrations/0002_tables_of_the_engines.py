from django.db import migrations

from search import wagtail_index
from search.engines import tables


class Migration(migrations.Migration):
    """What SQLite and PostgreSQL need to match words (`search.engines.tables`), and an index for Wagtail's own search."""

    dependencies = [("search", "0001_entries_synonyms_unmet"), *wagtail_index.NEEDS]

    operations = [migrations.RunPython(tables.make, tables.drop), *wagtail_index.OPERATIONS]
