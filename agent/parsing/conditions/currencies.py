"""The currency that a question names, of a figure or of a bound: over 100k USD, 多少欧元. It is never passed over in silence."""

from __future__ import annotations

from agent.parsing.language.lexicon import currencies
from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from prompts.words import say
from tools.crm.query import Assumption, MeasureRef
from tools.crm.semantic import FieldType
from tools.trace.cells import CellType

CURRENCY = "currency"
RATES = ("exchange_rate", ("base", "quote"))


def add_currency(reading: Reading) -> Reading:
    """A currency that is named by itself, for a figure in money; beside the records ("EUR deals", 欧元商机) it tells which are meant."""
    for index in reading.open_items():
        code = reading.item(index).currency or _held_value(reading, index)
        if code is None or reading.item(index).number is not None or not _is_money(reading) or _qualifies(reading, index):
            continue
        found = asked_currency(reading, code)
        if found == (None, ()) and reading.item(index).values:
            continue  # all are in it, so that the value says the same
        if found is not None:
            currency, said = found
            reading = reading.using(index, currency=currency, assumptions=(*reading.assumptions, *said))
    return reading


def asked_currency(reading: Reading, code: str, path: str = "amount") -> tuple[str | None, tuple[Assumption, ...]] | None:
    """What to ask the records for so that amounts are in ``code``, and what the answer must say; None where they can't be.

    Nothing need be asked for where all of them are in it anyway, or where the export names no currency at all.
    """
    model, vocabulary = reading.paths.model, reading.paths.vocabulary
    try:
        walked, field = model.field(reading.entity, path)
    except KeyError:
        walked, field = (), None
    owner = field.entity if field is not None else reading.entity
    if field is not None and field.unit is not None:
        return (None, ()) if field.unit == code else None
    held = _by_code(set(vocabulary.content(owner, CURRENCY).values))
    if not held:
        said = Assumption(en=say("currency_unrecorded", "en", currency=code), zh=say("currency_unrecorded", "zh", currency=code))
        return None, (said,)
    if set(held) == {code}:
        return None, ()
    known = _by_code({value for key in RATES[1] for value in vocabulary.content(RATES[0], key).values}) | held
    return (known[code], ()) if code in known and not walked else None


def _by_code(written: set[str]) -> dict[str, str]:
    """Currencies as the export writes them, by their ISO codes where these are known."""
    return {currencies().get(term_key(each), each): each for each in sorted(written)}


def _held_value(reading: Reading, index: int) -> str | None:
    """The currency that an item names as a value of the records: "in EUR"."""
    values = reading.item(index).values
    held = next((each.text for each in values if each.field == CURRENCY and each.entity == reading.entity), None)
    return None if held is None else currencies().get(term_key(held), held)


def _is_money(reading: Reading) -> bool:
    return any(_in_money(reading, ref) for ref in reading.measures)


def _in_money(reading: Reading, ref: MeasureRef) -> bool:
    if ref.measure is not None:
        return reading.paths.model.measures[ref.measure].type is CellType.MONEY
    return ref.path is not None and ref.fold not in {"count", "count_distinct"} and reading.paths.field(reading.entity, ref.path).type is FieldType.MONEY


def _qualifies(reading: Reading, index: int) -> bool:
    """Whether the records are said to be in the currency: the kind of record, and not a figure of it, stands right behind."""
    if any("denominated" in reading.item(near).cues for near in _around(reading, index)):
        return True
    after = index + 1
    if after == len(reading.signals.items) or str(after) == reading.notes.get("measure_item"):
        return False
    return any(term.what == "entity" and term.entity == reading.entity for term in reading.item(after).terms)


def _around(reading: Reading, index: int) -> range:
    return range(max(index - 1, 0), min(index + 2, len(reading.signals.items)))
