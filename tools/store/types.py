"""Column types that behave the same on SQLite and PostgreSQL: exact decimals and aware UTC timestamps."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

SCALE = 4


class ScaledDecimal(TypeDecorator[Decimal]):
    """A decimal stored as a whole number of ``10**-places``, so that sums are exact on every database.

    With the default of four places the range is ±922 trillion. Further places are rounded half-even.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int = SCALE) -> None:
        """``places`` is the number of decimal places kept."""
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | int | float | None, dialect: Dialect) -> int | None:
        """Decimal to stored whole number."""
        if value is None:
            return None
        return int((Decimal(str(value)) * 10**self.places).to_integral_value(ROUND_HALF_EVEN))

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Stored whole number to Decimal."""
        return None if value is None else Decimal(value) / 10**self.places


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time; always timezone-aware UTC in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Normalise to UTC; SQLite stores it without an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a timestamp without a time zone was about to be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
