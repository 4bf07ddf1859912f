"""The search index's tables, which each database makes in its own way; archive.search_index fills them.

Both hold four sequences of terms per article (whose number is SQLite's rowid, PostgreSQL's key): title and text as
morphemes (``_m``) and as bigrams (``_b``). Everything in them can be made again from the archive.
"""

from string import punctuation

from sqlalchemy import Connection, text

COLUMNS = ("title_m", "text_m", "title_b", "text_b")
TABLE = "article_search"

# Terms come ready-made and joined by spaces. With all punctuation kept, the ascii tokenizer splits at spaces and
# nowhere else (it leaves everything beyond ASCII alone), so "c++", "gpt-4.1" and "소버린" stay whole.
_TOKENIZE = "ascii tokenchars '{}'".format(punctuation.replace("'", "''")).replace('"', '""')

# FTS5 keeps its own copy of the terms: a contentless table would be smaller, but before SQLite 3.43 it forgets a
# row only when told the old terms exactly, and one mistake there corrupts the index silently.
_SQLITE = f'CREATE VIRTUAL TABLE {TABLE} USING fts5({", ".join(COLUMNS)}, tokenize="{_TOKENIZE}")'

_POSTGRESQL = (
    f"""CREATE TABLE {TABLE} (
        number BIGINT CONSTRAINT pk_{TABLE} PRIMARY KEY CONSTRAINT fk_{TABLE}_number REFERENCES articles (number),
        {", ".join(f"{column} TSVECTOR NOT NULL" for column in COLUMNS)}
    )""",
    f"CREATE INDEX ix_{TABLE}_terms ON {TABLE} USING gin ({', '.join(COLUMNS)})",
)


def create_search_tables(db: Connection) -> None:
    """Make the empty search index; the articles table must exist."""
    if db.dialect.name == "sqlite":
        db.exec_driver_sql(_SQLITE)
    else:
        for statement in _POSTGRESQL:
            db.execute(text(statement))


def belongs_to_search(table: str) -> bool:
    """Whether a table is the search index's own (FTS5 adds four beside the one we name)."""
    return table == TABLE or table.startswith(f"{TABLE}_")
