"""The index that Wagtail's search on PostgreSQL expects and never makes.

Its queries ask for `title || body`, and its source says that a migration makes a GIN index on that; none does, so every
search reads the whole table. `OPERATIONS` belong in a migration of this room that depends on `NEEDS`:

    dependencies = [..., *wagtail_index.NEEDS]
    operations = [..., *wagtail_index.OPERATIONS]

They do nothing on SQLite, where FTS5 is the index.
"""

from django.db import migrations

NEEDS = [("wagtailsearch", "0010_add_text_fields")]
NAME = "hub_search_title_and_body"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        table = schema_editor.quote_name(apps.get_model("wagtailsearch", "IndexEntry")._meta.db_table)
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON {table} USING gin ((title || body))")
        # Statistics of the expression: without them the planner misjudges how many rows a word has.
        schema_editor.execute(f"ANALYZE {table}")


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


OPERATIONS = [migrations.RunPython(make, unmake)]
