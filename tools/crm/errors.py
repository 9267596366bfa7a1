"""What can be wrong with a query."""

from collections.abc import Sequence
from typing import ClassVar

from tools.store.errors import PlumbError

SHOWN_CANDIDATES = 8


class QueryNamesUnknownField(PlumbError):
    """A path leads nowhere in the semantic model."""

    key: ClassVar[str] = "query_unknown_field"

    def __init__(self, path: str) -> None:
        """``path`` as it stood in the query."""
        super().__init__(path=path)


class FieldNotReadable(PlumbError):
    """A field is classified above the reader's clearance, so it can't be filtered, grouped or folded by."""

    key: ClassVar[str] = "query_field_not_readable"

    def __init__(self, en: str, zh: str) -> None:
        """Labels of the field."""
        super().__init__(en=en, zh=zh)


class QueryValueMalformed(PlumbError):
    """A value does not fit the type of its field."""

    key: ClassVar[str] = "query_value_malformed"

    def __init__(self, value: str, path: str) -> None:
        """The value and the path that it was compared with."""
        super().__init__(value=value, path=path)


class QueryTextUnresolved(PlumbError):
    """A query asks for records about something, and nobody has looked yet which those are."""

    key: ClassVar[str] = "query_text_unresolved"

    def __init__(self, text: str) -> None:
        """What the records should be about."""
        super().__init__(text=text)


class QueryStepUnresolved(PlumbError):
    """A query needs the outcome of another one, and nobody has run that yet."""

    key: ClassVar[str] = "query_step_unresolved"


class QueryStepMalformed(PlumbError):
    """An inner query is neither a ranking, nor groups that pass a bound, nor one figure; or there are too many of them."""

    key: ClassVar[str] = "query_step_malformed"


class StepCurrenciesMixed(PlumbError):
    """An inner query would rank or compare amounts in several currencies, which no imported rate converts."""

    key: ClassVar[str] = "query_step_currencies"

    def __init__(self, currencies: Sequence[str]) -> None:
        """The currencies that the amounts are in."""
        super().__init__(currencies=", ".join(currencies))


class CurrencyUnknown(PlumbError):
    """Amounts are asked for in a currency that no record is in and that no imported rate leads to."""

    key: ClassVar[str] = "currency_unknown"

    def __init__(self, currency: str) -> None:
        """The currency that was asked for, by its ISO code."""
        super().__init__(currency=currency)


class MemberUnknown(PlumbError):
    """Nobody by this name, e-mail or id."""

    key: ClassVar[str] = "member_unknown"

    def __init__(self, name: str) -> None:
        """``name`` as it was given."""
        super().__init__(name=name)


class MemberAmbiguous(PlumbError):
    """Several members by this name, or with this part of a name."""

    key: ClassVar[str] = "member_ambiguous"

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        """``name`` as it was given, and who could be meant."""
        super().__init__(name=name, candidates=", ".join([*candidates[:SHOWN_CANDIDATES], *["…"][: len(candidates) > SHOWN_CANDIDATES]]))
