"""What columns are made of, so that SQLite and PostgreSQL keep, compare and order alike."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, String, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as whole seconds since 1970 in UTC: equal and ordered alike in both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Seconds to store; ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment, in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)


# Order must not depend on the server's locale: text sorts by code point on both.
Words = String().with_variant(String(collation="C"), "postgresql")
# SQLite counts up only with INTEGER; PostgreSQL needs BIGINT for years of ledgers.
Counter = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
