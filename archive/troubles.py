"""What can be wrong with a database, told so that whoever runs donghyang can mend it."""

from typing import Final

from sqlalchemy.exc import DBAPIError


class ArchiveError(Exception):
    """The archive cannot do what was asked; its text says what is wrong and what mends it."""


# A few words of what SQLite and PostgreSQL say → what it means. {archive} is its address without the password.
_MEANINGS: Final = (
    (
        ("database is locked", "lock timeout", "database table is locked"),
        "the archive {archive} is locked: something else has been writing to it for ten seconds; wait for it or end it",
    ),
    (
        ("database or disk is full", "no space left", "disk full"),
        "the disk that holds the archive {archive} is full; make room, then run again: nothing half-done was kept",
    ),
    (
        ("disk i/o error",),  # also what a full disk is called while the write-ahead log is made
        "the disk that holds the archive {archive} is full or failing; look at its free space and its health",
    ),
    (
        ("unable to open database file",),
        "the archive {archive} cannot be opened; check that its folder exists and that you may write there",
    ),
    (
        ("readonly database", "read-only", "permission denied"),
        "the archive {archive} may not be written to; give this user the right to write",
    ),
    (
        ("file is not a database", "disk image is malformed", "malformed database schema", "file is encrypted"),
        "the file {archive} is damaged or no archive at all; restore a backup or name another file in [archive] url",
    ),
    (
        ("password authentication failed", "no password supplied", 'role "'),
        "the database server refused the user of {archive}; check user and password in $DONGHYANG_DATABASE_URL",
    ),
    (
        ('database "',),  # … "news" does not exist
        "the server has no database for {archive}; make it (createdb NAME), or check the name",
    ),
    (
        (
            "connection refused",
            "could not translate host name",
            "failed to resolve host",
            "connection timeout",
            "connection failed",
            "server closed the connection",
            "terminating connection",
            "could not connect",
            "connection is bad",
            "connection is lost",
        ),
        "the database server of {archive} cannot be reached; check that it runs and that the address is right",
    ),
)


def trouble_with(error: DBAPIError, archive: str) -> str:
    """A sentence for the known ways in which a database fails, "" for others (which are faults of ours)."""
    said = str(error.orig)
    for words, sentence in _MEANINGS:
        if any(word in said.lower() for word in words):
            return f"{sentence.format(archive=archive)} ({' '.join(said.split())})"
    return ""
