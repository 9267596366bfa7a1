"""How many records, and a column of the very same records added up: 有几份，涉及多少台, "how many signed, and total signed value"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.linking.general_money import GENERAL_MONEY
from agent.parsing.linking.items import OUTCOMES
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.targets.answering import counts_staff
from agent.parsing.targets.extremes import measured_by
from agent.parsing.targets.mentions import mentions_entity
from agent.parsing.targets.pieces_done import done_pieces
from agent.parsing.targets.sizing import worth_field
from tools.crm.query import MeasureRef
from tools.crm.semantic import FieldType

HALVES = "halves"
SIDE_BY_SIDE = "side by side"
JOINTS = {",", "，", "、", ";", "；", "and", "&", "plus", "和", "与", "及", "以及", "跟", "还", "并"}
SUMMED = {FieldType.MONEY, FieldType.COUNT, FieldType.NUMBER}
UNSUITED = ("average", "median", "share", "change", "most", "least", "latest", "earliest", "distinct", "compare", "duration")
_STILL = {"没", "未", "在", "不", "欠"}  # 还没收到 joins nothing
BOUNDS = {"gt", "ge", "lt", "le", "between"}
_PER_PIECE = re.compile(r"单价|均价|单重|\bunit price\b|\bper\b|\brate\b|评分|打分|\bscore\b|\brating\b|天数|年限", re.IGNORECASE)
_NUMBER_OF = re.compile(r"(?:多少|几)(?P<unit>[一-鿿])$")


def counted_and_summed(reading: Reading) -> Iterator[Reading]:
    """Both figures, in the order in which they are asked for; the conditions are those of both."""
    if reading.signals.has(*UNSUITED) or reading.signals.superlative or counts_staff(reading):
        return
    counting = _countings(reading)
    for index, path, more in _columns(reading):
        apart = [place for place in counting if place not in more and place != index and _apart(reading, place, index)]
        by = next((place for place in apart if place < index or _is_amount(reading, index)), None)
        if by is None or limits_more(reading, max(by, index), min(by, index)):
            continue
        refs = [_count(reading), _sum(reading, path)]
        sums = [place for place in reading.signals.at.get("sum", ()) if not reading.item(place).values]
        mention = [place for place in range(len(reading.signals.items)) if mentions_entity(reading, place) and not reading.item(place).values]
        used = (by, index, *more, *sums, *mention[:1])
        found = measured_by(reading, *used, measures=tuple(refs if by < index else reversed(refs)), fit=1.3)
        yield replace(found, notes=found.notes | {HALVES: ""})
        return


def _countings(reading: Reading) -> list[int]:
    """Words that ask how many records there are; those for pieces, which a column counts, ask for something else."""
    cues = [place for kind in ("count", "breakdown") for place in reading.signals.at.get(kind, ())]
    return [place for place in cues if reading.item(place).is_only_cue and "sum" not in reading.item(place).cues and _counted_by(reading, place) is None]


def _columns(reading: Reading) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Words for a number of the records that can be added up, the column, and what else of the question only asks for it."""
    fields, items = reading.paths.model.entities[reading.entity].fields, reading.signals.items
    for index, item in enumerate(items):
        if item.values or any(each.number is not None or BOUNDS & set(each.cues) for each in items[index + 1 : index + 3]):
            continue
        counted = _counted_by(reading, index)
        if counted is not None:
            yield index, counted, ()
            continue
        named = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type in SUMMED]
        named = [term for term in named if not any(_PER_PIECE.search(label) for label in own_labels(fields[term.key]))]
        if named:
            yield index, min(named, key=lambda term: term.rank).key, _asking(reading, index)
        elif _asks_money(reading, index) and (own := worth_field(reading)) is not None:
            yield index, own, _asking(reading, index)


def _asks_money(reading: Reading, index: int) -> bool:
    """As in 多少钱, or 金额合计 of records that no measure of that name is of."""
    item = reading.item(index)
    if "amount" in item.cues and item.is_only_cue:
        return item.currency is None
    if GENERAL_MONEY.fullmatch(item.text) is None:
        return False
    if item.is_only_cue and "sum" in item.cues:
        return True  # 总额多少
    return bool(item.terms) and not any(term.entity == reading.entity for term in item.terms)


def _asking(reading: Reading, index: int) -> tuple[int, ...]:
    """As in 索赔金额多少, 多少箱, 预估总金额: the words right beside a column that ask for its sum, or call it money once more."""
    items, found = reading.signals.items, []
    for place in range(index + 1, min(index + 3, len(items))):
        general = GENERAL_MONEY.fullmatch(items[place].text) is not None and not items[place].values
        if items[place].start != items[place - 1].end or not (general or {"count", "amount", "sum", "lookup"} & set(items[place].cues)):
            break
        found.append(place)
    before = index - 1
    if before >= 0 and items[before].end == items[index].start and items[before].is_only_cue and "count" in items[before].cues:
        found.append(before)
    return tuple(found)


def _counted_by(reading: Reading, index: int) -> str | None:
    """As in 多少台 of 维保台量, 送了多少个 of 送货数(个): the one column that counts such pieces."""
    asked = _NUMBER_OF.search(reading.item(index).text) if "count" in reading.item(index).cues else None
    if asked is None:
        return None
    endings = (f"{asked['unit']}数", f"{asked['unit']}量")
    fields = reading.paths.model.entities[reading.entity].fields.values()
    held = [field for field in fields if field.type in SUMMED and reading.paths.vocabulary.content(reading.entity, field.key).count]
    named = [field.key for field in held if any(label.split("(")[0].split("（")[0].endswith(endings) for label in own_labels(field))]
    return named[0] if len(named) == 1 else done_pieces(reading, index)


def _is_amount(reading: Reading, index: int) -> bool:
    """Whether a word asks for money rather than for a number of things: 金额多少，一共几单."""
    fields = reading.paths.model.entities[reading.entity].fields
    item = reading.item(index)
    return "amount" in item.cues or any(
        term.entity == reading.entity and term.what == "field" and fields[term.key].type is FieldType.MONEY for term in item.terms
    )


def limits_more(reading: Reading, last: int, first: int) -> bool:
    """As in "how many arrived, and how many are still to come": what stands behind the second figure limits that one alone."""
    items = reading.signals.items
    said = {cue for item in items[:last] for cue in item.cues}
    behind = [item for item in items[last + 1 :] if item.values or item.pairs or (OUTCOMES | {"pronoun"}) & set(item.cues)]
    before = {cue for item in items[: first + 1] for cue in item.cues}
    ended = [OUTCOMES & set(item.cues) for item in items[first + 1 : last]]
    if before & OUTCOMES and any(not ends <= before for ends in ended):
        return True  # 丢了几单，赢了多少钱
    dated = any(item.period for item in items[first + 1 :]) and any(item.period for item in items[: first + 1])
    return dated or any(item.values or item.pairs or not set(item.cues) <= said for item in behind)


def _apart(reading: Reading, one: int, other: int) -> bool:
    """Whether a word for "and" or a comma stands between two items."""
    first, second = sorted((one, other))
    between = reading.signals.tokens[reading.item(first).end : reading.item(second).start]
    following = [token.norm for token in reading.signals.tokens[reading.item(first).end + 1 : reading.item(second).end]]
    return any(token.norm in JOINTS and not (token.norm == "还" and next_ in _STILL) for token, next_ in zip(between, following, strict=False))


def _count(reading: Reading) -> MeasureRef:
    measures = reading.paths.model.measures.values()
    plain = next((each for each in measures if each.entity == reading.entity and each.op == "count" and not each.where), None)
    return MeasureRef(fold="count") if plain is None else MeasureRef(measure=plain.key)


def _sum(reading: Reading, path: str) -> MeasureRef:
    measures = reading.paths.model.measures.values()
    plain = next((each for each in measures if each.entity == reading.entity and each.op == "sum" and each.args == (path,) and not each.where), None)
    return MeasureRef(fold="sum", path=path) if plain is None else MeasureRef(measure=plain.key)
