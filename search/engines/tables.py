"""What each database needs to match words, for the migration that makes it."""

COLUMNS = "title_words, typed_words, summary_words, label_words, body_words"
OLD, NEW = (", ".join(f"{side}.{name}" for name in COLUMNS.split(", ")) for side in ("old", "new"))
# FTS5 forgets a row only when it is told what the row was.
FORGET = f"INSERT INTO search_words(search_words, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});"  # noqa: S608
LEARN = f"INSERT INTO search_words(rowid, {COLUMNS}) VALUES (new.id, {NEW});"  # noqa: S608

SQLITE = (
    f"CREATE VIRTUAL TABLE search_words USING fts5({COLUMNS}, content='search_entry', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER search_words_new AFTER INSERT ON search_entry BEGIN {LEARN} END",
    f"CREATE TRIGGER search_words_old AFTER DELETE ON search_entry BEGIN {FORGET} END",
    f"CREATE TRIGGER search_words_changed AFTER UPDATE OF {COLUMNS} ON search_entry BEGIN {FORGET} {LEARN} END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_words_new",
    "DROP TRIGGER search_words_old",
    "DROP TRIGGER search_words_changed",
    "DROP TABLE search_words",
)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN head tsvector, ADD COLUMN words tsvector",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
)
POSTGRESQL_BACK = ("ALTER TABLE search_entry DROP COLUMN head, DROP COLUMN words",)
STATEMENTS = {"sqlite": (SQLITE, SQLITE_BACK), "postgresql": (POSTGRESQL, POSTGRESQL_BACK)}


def make(apps, schema_editor) -> None:
    _run(schema_editor, 0)


def drop(apps, schema_editor) -> None:
    _run(schema_editor, 1)


def _run(schema_editor, way: int) -> None:
    for statement in STATEMENTS[schema_editor.connection.vendor][way]:
        schema_editor.execute(statement)
