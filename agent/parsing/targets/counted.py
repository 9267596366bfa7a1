"""What "how many" counts: the records, people, different values of a field, or what was sold; and whether others than these records are counted."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.conditions.moves import tells_moves
from agent.parsing.language.text import Token
from agent.parsing.linking.compounding import KIND_FIELDS
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import counts_by_firm
from agent.parsing.reading.signals import GRAINS
from agent.parsing.targets.answering import counts_staff
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import mentions_entity, named_by_value
from agent.parsing.targets.named_measures import BARE
from agent.parsing.targets.whose import different_ones
from tools.crm.query import MeasureRef
from tools.crm.semantic import FieldType
from tools.trace.cells import CellType

FIRM = "account"
ASKING = {"distinct", "count", "filler", "sum"}
OF_UNNAMED = 1.5
PEOPLE = {"people", "persons", "人", "employees", "staff"}


def counted(reading: Reading) -> Iterator[Reading]:
    """As in "how many deals": a count of the entity, by its own count measure."""
    entity = reading.paths.model.entities[reading.entity]
    count = next((m for m in reading.paths.model.measures.values() if m.entity == entity.key and m.op == "count" and not m.where), None)
    ref = MeasureRef(measure=count.key) if count else MeasureRef(fold="count")
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index)]
    cue = reading.signals.at.get("count", [])
    cue = [*cue, *(index for index in reading.signals.at.get("share", ()) if reading.item(index).is_rate)]  # 合格率 counts what has passed
    asked = 0.5 if cue else -0.35
    if reading.signals.has("amount"):
        asked -= 0.6
    if _counts_sales(reading, cue) or paid_how_much(reading) or _counts_people(reading, cue):
        asked -= 0.8
    if _counts_others(reading, cue) and not tells_moves(reading):
        asked -= 0.8
    firms = counts_by_firm(reading)
    if firms and entity.key != FIRM and not mentions and reading.signals.has("breakdown"):
        return
    if _is_summed(reading, cue):
        asked -= 0.8  # 在谈的项目报价加起来多少
    if reading.signals.has("when") and not cue:
        asked -= 0.8  # 预计什么时候成交 asks for the day of a deal, not for how many there are
    if mentions:
        taken = [index for index in mentions if not named_by_value(reading, index)][:1]
        if any(_is_money(reading, index) for index in mentions) and all(reading.item(i).text == "多少" or "sum" in reading.item(i).cues for i in cue):
            asked -= 0.4
        yield measured_by(reading, *taken, *reading.signals.at.get("count", ()), measures=(ref,), fit=asked + 0.25)
    elif counts_category(reading) or _parts_category(reading) or _is_sole_subject(reading):
        yield measured_by(reading, measures=(ref,), fit=0.3)  # "who handles the most complaints"
    elif (kinds := _kinds_of_part(reading)) and (entity.key in kinds or entity.key == "opportunity"):
        yield measured_by(reading, measures=(ref,), fit=0.3 if entity.key in kinds else -1.2)  # 全包的占多少, "share of annual plans"
    elif cue or firms or entity.key == "opportunity":
        yield measured_by(reading, *reading.signals.at.get("count", ()), measures=(ref,), fit=asked - 0.3)
    elif (reading.signals.superlative or reading.signals.has("breakdown")) and _names_category(reading):
        yield measured_by(reading, measures=(ref,), fit=0.1)  # 哪种故障最常见
    yield from different_ones(reading)
    if cue and reading.signals.has("distinct") is False:
        yield from _kinds_counted(reading, cue)
        return
    distinct = reading.signals.at.get("distinct", [])
    for index in range(len(reading.signals.items)):
        if distinct and any(abs(index - place) <= 2 for place in distinct):
            for cost, path in reading.paths.dimension(reading.entity, reading.item(index).terms)[:1]:
                found = measured_by(reading, index, *distinct, *cue, measures=(MeasureRef(fold="count_distinct", path=path),), fit=0.4)
                yield found.paying(cost + (OF_UNNAMED if _is_of_unnamed(reading, index, path) else 0.0))


def _is_of_unnamed(reading: Reading, index: int, path: str) -> bool:
    """As in 一共有多少款产品: the products that there are, rather than those that records nobody speaks of refer to."""
    kind = reading.paths.field(reading.entity, path).to
    named = any(term.what == "entity" and term.entity == kind for term in reading.item(index).terms)
    return named and all(item.is_only_cue and set(item.cues) <= ASKING for at, item in enumerate(reading.signals.items) if at != index)


def _is_summed(reading: Reading, cue: list[int]) -> bool:
    """Whether a word for a total stands between a column of amounts and "how much": 报价加起来多少."""
    fields, items = reading.paths.model.entities[reading.entity].fields, reading.signals.items
    for at in reading.signals.at.get("sum", ()):
        named = items[at - 1].terms if at and items[at - 1].end == items[at].start else ()
        money = any(term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type is FieldType.MONEY for term in named)
        if money and all(other == at + 1 and BARE.fullmatch(items[other].text) for other in cue if other != at):
            return True
    return False


def _kinds_of_part(reading: Reading) -> set[str]:
    """As in 全包的占多少, 电汇和银承各占多少: where nothing says what a share is of, but values of one column of one kind of record alone, it is of those."""
    signals = reading.signals
    if not signals.has("share") or signals.superlative or signals.has("won", "lost", "open", "closed", "sells", "amount", "compare", "without"):
        return set()
    kinds = {(value.entity, value.field) for item in signals.items for value in item.values}
    theirs = [{(term.entity, term.key) for term in item.terms if term.what == "field"} == kinds for item in signals.items if item.terms]  # 延期归因里…
    if not all(theirs) or any(item.pairs or item.is_rate for item in signals.items):
        return set()
    valued = sum(bool(item.values) for item in signals.items)
    titled = any(value.title for item in signals.items for value in item.values)
    one = {entity for entity, _ in kinds}
    return one if len(one) == 1 and (valued == 1 or len(kinds) == 1) and not titled else set()


def _counts_people(reading: Reading, cue: list[int]) -> bool:
    """As in 各部门有多少人, "how many people work here", of records that are no people."""
    if reading.entity in {"member", "contact", "account", "lead"}:
        return counts_staff(reading)
    tokens = reading.signals.tokens
    return any(reading.item(at).text.endswith("人") or (_next(tokens, reading.item(at).end) in PEOPLE) for at in cue if at < len(reading.signals.items))


def _next(tokens: tuple[Token, ...], at: int) -> str:
    return tokens[at].norm if at < len(tokens) else ""


def _counts_sales(reading: Reading, cue: list[int]) -> bool:
    """As in 成都的客户今年买了多少: what is counted right behind a verb of buying is what was bought, unless buyers follow."""
    if reading.entity not in {"account", "product"}:
        return False
    behind = [place for place in cue if place - 1 in reading.signals.at.get("sells", ())]
    return bool(behind) and not any(mentions_entity(reading, place + 1) for place in behind if place + 1 < len(reading.signals.items))


def _kinds_counted(reading: Reading, cue: list[int]) -> Iterator[Reading]:
    """As in 产品有几个类别: what stands right behind "how many" is a field of the records, and its different values are counted."""
    fields = reading.paths.model.entities[reading.entity].fields
    mentioned = any(mentions_entity(reading, index) for index in range(len(reading.signals.items)))
    for index in (place + 1 for place in cue if place + 1 < len(reading.signals.items)):
        terms = reading.item(index).terms
        own = [term for term in terms if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type is FieldType.TEXT]
        if mentioned and own and not reading.item(index).values and not any(term.what in {"entity", "kind", "measure"} for term in terms):
            yield measured_by(reading, index, *cue, measures=(MeasureRef(fold="count_distinct", path=own[0].key),), fit=0.5)


def _names_category(reading: Reading) -> bool:
    """Whether a field of the entity's own is named that its records can be told apart by."""
    fields = reading.paths.model.entities[reading.entity].fields
    return any(
        term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type in {FieldType.TEXT, FieldType.STAGE}
        for item in reading.signals.items
        for term in item.terms
    )


def _is_money(reading: Reading, index: int) -> bool:
    measures = (reading.paths.model.measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity)
    return any(measure.type is CellType.MONEY for measure in measures)


def counts_category(reading: Reading) -> bool:
    """As in "the most weddings": a category of the records in the plural, right behind the superlative, is counted."""
    tokens = reading.signals.tokens
    behind = [reading.item(index + 1) for index in reading.signals.superlative if index + 1 < len(reading.signals.items)]
    plural = [item for item in behind if tokens[item.end - 1].norm != tokens[item.end - 1].stem]
    return any(value.entity == reading.entity and not value.title for item in plural for value in item.values)


def _parts_category(reading: Reading) -> bool:
    """As in "complaints by area", "incidents per quarter": a kind of the records in the plural, right before what they are told apart by."""
    signals = reading.signals
    parting = {index for kind in ("group", *GRAINS) for index in signals.at.get(kind, ())}
    tokens = signals.tokens
    before = [signals.items[index - 1] for index in parting if index and signals.items[index - 1].end == signals.items[index].start]
    plural = [item for item in before if tokens[item.end - 1].norm != tokens[item.end - 1].stem and not item.terms]
    return any(value.entity == reading.entity and not value.title and value.field in KIND_FIELDS for item in plural for value in item.values)


def _is_sole_subject(reading: Reading) -> bool:
    """As in 返工 per quarter: a category that only an own table has, by which nothing else is told, stands for the records of that kind."""
    items, signals = reading.signals.items, reading.signals
    if reading.paths.model.entities[reading.entity].custom_table is None or not signals.has("group", *GRAINS) or signals.superlative:
        return False
    valued = [item for item in items if item.values]
    bare = not any(term.what in {"entity", "measure", "kind"} for item in items for term in item.terms) and not signals.has("amount", "sum", "average", "share")
    return bare and len(valued) == 1 and valued[0].source == "exact" and all(v.entity == reading.entity and not v.title for v in valued[0].values)


def paid_how_much(reading: Reading) -> list[int]:
    """As in 实收了多少: what is paid is money, where nothing says that payments are counted."""
    if reading.entity != "payment":
        return []
    paid = reading.signals.at.get("paid", ())
    behind = [place for place in reading.signals.at.get("count", ()) if place - 1 in paid and BARE.fullmatch(reading.item(place).text)]
    return [place for index in behind for place in (index - 1, index)]


def _counts_others(reading: Reading, cue: list[int]) -> bool:
    """As in "how many calls with customers": what stands right after "how many" is counted, and it is another kind of record."""
    for index in range(cue[0] + 1, min(cue[0] + 4, len(reading.signals.items))) if cue else ():
        kinds = {term.entity for term in reading.item(index).terms if term.what in {"entity", "kind", "inverse", "measure"}}
        if kinds:
            return reading.entity not in kinds
        if not reading.item(index).values and not reading.item(index).is_only_cue:
            return False
    return False
