"""Question words whose kind of answer a reading does not give: money asked for where records are counted, a person where none is shown."""

from __future__ import annotations

import re

from agent.parsing.language.lexicon import cues
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.misfits import misfits
from agent.parsing.store_words.own_headers import own_labels, own_names
from agent.parsing.targets.goods import counted_column, pieces_asked
from agent.parsing.targets.mentions import asks_who, mentions_entity
from tools.crm.query import Exists, MeasureRef
from tools.crm.semantic import Field, FieldType
from tools.trace.cells import CellType

PEOPLE = {"member", "contact", "lead", "account"}
HAPPENINGS = {"opportunity", "interaction", "ticket", "contract", "invoice", "payment"}
BOUNDS = {"gt", "ge", "lt", "le", "between", "eq"}
MOST_ASKED = 4
UNCOUNTED = {"count", "distinct"}
_WORD = re.compile(r"[a-z]+")
_OVERALL = re.compile(r"overall|in total|altogether|all told|all in all|in all|总共|一共|共|总的来说|累计", re.IGNORECASE)
_GLANCING = re.compile(r"(?:give|get|tell)(?: me| us)?|给[我出]|把|[看查调拉](?:看|一?下)|查[看询]")
_WHICH_ONES = re.compile(r"哪些|有哪|which ones|what are the|分别是?谁|都?有谁", re.IGNORECASE)
_PEOPLE = re.compile(
    r"[人员生师者](?:名单|花名册|名录|登记表?|档案|信息|表)?$|student|people|person|attendee|staff|member|participant|employee|trainee", re.IGNORECASE
)
_HEADS = re.compile(r"人数$|headcount|number of people", re.IGNORECASE)


def wanting(reading: Reading) -> list[int]:
    """Places of words that ask for what the reading doesn't tell."""
    asked = [*_money(reading), *_sum(reading), *_person(reading), *_records(reading), *_pieces(reading), *_signed(reading), *_heads(reading)]
    return [*asked, *_related(reading), *misfits(reading)]


def _related(reading: Reading) -> list[int]:
    """As in "which machine has had the most repair calls", where the machines with any are ranked by a size that nobody named."""
    if reading.focus != "top" or not reading.select or not any(isinstance(part, Exists) and part.where is None for part in reading.filters):
        return []
    ranked = {order.path for order in reading.order}
    told = any(term.what == "field" and term.key in ranked for item in reading.signals.items for term in item.terms)
    return [] if told else [index for index in reading.signals.superlative][:1]


def is_measured(reading: Reading, item: Item) -> bool:
    """As in "how much did we pay" where the column that is added up is called "paid amount": its header says the same as the word."""
    fields = [reading.paths.field(reading.entity, ref.path) for ref in reading.measures if ref.path]
    said = [cues().get(word, ()) for field in fields if field.custom for label in field.words.en for word in _WORD.findall(label.casefold())]
    return any(set(item.cues) <= set(each) for each in said)


def _money(reading: Reading) -> list[int]:
    """As in "how much did they sign", 签了多少钱, where records are counted or listed."""
    said = reading.signals.at.get("amount", ())
    if reading.focus == "growth":
        return []  # "how much did it grow"
    asked = [index for index in said if (_is_open(reading, index) or _is_unit(reading, index)) and not _is_bound(reading, index)]
    pieces = bool(reading.measures) and all(_counts_pieces(reading, ref) for ref in reading.measures)
    priced = [index for index in asked if "钱" in reading.item(index).text and pieces]
    return priced or (asked if asked and not _tells_number(reading) else [])


def _counts_pieces(reading: Reading, ref: MeasureRef) -> bool:
    """Whether a column is folded whose header says that it counts: the mean of 箱数 is no money."""
    field = reading.paths.field(reading.entity, ref.path) if ref.path and ref.fold and ref.over is None else None
    return field is not None and field.type is FieldType.COUNT and any(label.endswith(("数", "数量", "count", "number")) for label in own_labels(field))


def _sum(reading: Reading) -> list[int]:
    """As in "commit and best case, total", where nothing is named that is counted, and yet records are."""
    asked = [index for index in reading.signals.at.get("sum", ()) if _is_open(reading, index)]
    if reading.focus == "top" and any(order.measure is not None for order in reading.order):
        asked = [index for index in asked if not _OVERALL.fullmatch(reading.item(index).text)]  # "fewest wins overall"
    counted = reading.signals.has("count", "list", "share") or any(
        mentions_entity(reading, near) for index in asked for near in range(index, min(index + 3, len(reading.signals.items)))
    )
    sums = [index for index in asked if reading.item(index).text.endswith("额")]  # 总额多少 asks for no number of records
    return (sums or asked) if (sums or (asked and not counted)) and not _tells_number(reading) else []


def _person(reading: Reading) -> list[int]:
    """As in "who do we know at Acme", where fields of Acme are shown of which none is a person."""
    asked = [index for index in asks_who(reading) if index not in reading.used]
    told_of = reading.focus in {"lookup", "figure"} and not reading.dimensions
    if not asked or not told_of or reading.entity in PEOPLE - {"account"} or (reading.entity == "account" and reading.focus != "lookup"):
        return []
    shown = reading.select[1:] if len(reading.select) <= MOST_ASKED else ()  # more are what is shown of every record
    return [] if any(_is_of_people(reading.paths.field(reading.entity, path)) for path in shown) else asked


def _records(reading: Reading) -> list[int]:
    """As in 有哪些单, where one figure of theirs is told that is no number of them."""
    if reading.focus != "figure" or reading.dimensions or not reading.measures or not any(_is_amount(reading, at) for at in range(len(reading.measures))):
        return []
    return asks_which_ones(reading)


def asks_which_ones(reading: Reading) -> list[int]:
    """Places of words that ask for the records themselves and that the reading has no use for."""
    asking = dict.fromkeys(index for kind in ("list", "which") for index in reading.signals.at.get(kind, ()))
    return [index for index in asking if _is_open(reading, index) and _WHICH_ONES.search(reading.item(index).text)]


def asks_to_list(reading: Reading) -> bool:
    """As in "list open deals", where the word for the records is also that of their number; 给我赢单数, 看下赢单 ask for that."""
    told = reading.signals.has("sum", "amount", "average", "share", "trend", "change") or any(
        reading.item(at).text.endswith(("数", "量")) for at in reading.used
    )
    return not told and any(not _GLANCING.fullmatch(reading.item(at).text.casefold()) for at in reading.signals.at.get("list", ()))


def _pieces(reading: Reading) -> list[int]:
    """As in 卖了多少台, where deals are counted or listed: of one there may be many pieces."""
    columns = {(reading.entity, ref.path) for ref in reading.measures if ref.measure is None}
    elsewhere = [index for index in pieces_asked(reading) if (column := counted_column(reading.item(index))) is not None and column not in columns]
    counts = not any(_is_amount(reading, at) for at in range(len(reading.measures)))
    return elsewhere or (pieces_asked(reading) if reading.entity == "opportunity" and counts else [])


def _signed(reading: Reading) -> list[int]:
    """As in "signed customers", 签过约的客户, where all customers are meant."""
    return [index for index in reading.signals.at.get("signed", ()) if reading.entity == "account" and _is_open(reading, index)]


def _heads(reading: Reading) -> list[int]:
    """As in 教师人数, where deals are counted: people are."""
    counts = bool(reading.measures) and not any(_is_amount(reading, at) for at in range(len(reading.measures)))
    asked = [index for index, item in enumerate(reading.signals.items) if _HEADS.search(item.text)]
    distinct = [reading.paths.field(reading.entity, ref.path) for ref in reading.measures if ref.fold == "count_distinct" and ref.path]
    entity = reading.paths.model.entities[reading.entity]
    happens = reading.entity in HAPPENINGS or (entity.custom_table is not None and not any(_PEOPLE.search(name) for name in own_names(entity)))
    return asked if counts and happens and not any(_is_of_people(field) for field in distinct) else []


def _is_unit(reading: Reading, index: int) -> bool:
    """As in "what is in the pipeline, in dollars": a currency that does not tell which records are meant, as in "EUR deals"."""
    item, after = reading.item(index), reading.signals.items[index + 1 : index + 2]
    return item.currency is not None and not any(each.start == item.end and each.terms for each in after)


def _is_open(reading: Reading, index: int) -> bool:
    return index not in reading.used and reading.item(index).is_only_cue


def _is_bound(reading: Reading, index: int) -> bool:
    """As in "worth more than a million": the word belongs to a bound."""
    beside = [reading.item(near) for near in (index - 1, index + 1, index + 2) if 0 <= near < len(reading.signals.items)]
    return any(item.number is not None or BOUNDS & set(item.cues) for item in beside)


def _tells_number(reading: Reading) -> bool:
    """Whether any figure is told that is no number of records: an amount, a rate, an average, a field of one record, what records are ranked by."""
    if any(_is_amount(reading, at) for at in range(len(reading.measures))):
        return True
    shown = [order.path for order in reading.order if order.path is not None]
    shown += reading.select[1:] if reading.focus == "lookup" else ()
    return any(reading.paths.field(reading.entity, path).type.is_numeric for path in shown)


def _is_amount(reading: Reading, at: int) -> bool:
    ref = reading.measures[at]
    if ref.measure is not None:
        measure = reading.paths.model.measures[ref.measure]
        return measure.type is not CellType.COUNT or ref.share or ref.per is not None
    return ref.fold not in UNCOUNTED or ref.share or ref.per is not None


def _is_of_people(field: Field) -> bool:
    return field.to in PEOPLE or field.entity in PEOPLE or field.type is FieldType.TEXT
