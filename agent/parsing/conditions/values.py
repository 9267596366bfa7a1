"""Values of the store as filters: which field they belong to, alternatives, negation, values that only related records hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from agent.parsing.conditions.flags import is_of_nobody
from agent.parsing.conditions.leaving_out import ends_clause, leaves_out_before
from agent.parsing.conditions.outcomes import STATUSES, closing_day, has_own_endings
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import MOST_ALIKE, QUALITY, Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.signals import FREE
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Value
from tools.crm.query import And, Compare, Exists, Filter
from tools.crm.semantic import Field, FieldType

ROUTES = {("from", "to"), ("从", "到"), ("从", "至"), ("由", "到"), ("由", "至"), ("自", "至")}
OTHERS = {"other than", "besides", "apart from", "以外", "之外"}  # of things that are there: "a competitor other than X"


def add_values(reading: Reading) -> list[Reading]:
    """Filters from values. Values of one path are alternatives; a value that leads nowhere stays unused."""
    found = [reading]
    for index in reading.open_items():
        item = reading.item(index)
        if not item.values or index in reading.signals.superlative or index in reading.signals.top_items:
            continue
        ended = bool(item.cues) and any(kind in STATUSES for kind in item.cues)
        if ended and not _is_one_of_endings(reading, item) and (reading.entity == "opportunity" or _ends_otherwise(reading, item)):
            continue  # the outcome of a deal rather than a stage of the same name
        if "change" in item.cues and reading.signals.has("yearago", "previous"):
            continue  # "yoy growth" rather than accounts of the tier Growth
        if _names_field_beside(found[0], index):
            continue
        found = [each for one in found for each in _with_value(one, index, item)]
    return _directed(reading, [_joined(each) for each in found])


def _directed(reading: Reading, found: list[Reading]) -> list[Reading]:
    """As in "from Shanghai to Hamburg", 从上海到汉堡: the ends are in two columns, where there are two that hold such values."""
    items, tokens = reading.signals.items, reading.signals.tokens
    routes = [
        (one, other)
        for one, other in pairwise(items)
        if one.values and other.values and one.start > 0
        and (tokens[one.start - 1].norm, "".join(token.norm for token in tokens[one.end : other.start])) in ROUTES
    ]  # fmt: skip
    apart = [each for each in found if not any(isinstance(part, Compare) and part.op == "eq" and len(part.values) > 1 for part in each.filters)]
    return apart if routes and apart else found


def _is_one_of_endings(reading: Reading, item: Item) -> bool:
    """As in 未中标 beside 客户放弃: a stage called just so, of several in which deals are lost; no general word for that."""
    if reading.entity != "opportunity" or item.source != "exact" or not any(value.field == "stage" and value.text == item.text for value in item.values):
        return False
    fields = reading.paths.model.entities["opportunity"].fields
    for kind in (kind for kind in STATUSES if kind in item.cues):
        stages, general = fields["stage"].values.get(kind), fields["status"].values.get(kind)
        said = {*stages.en, *stages.zh} if stages is not None else set()
        if item.text in said and len(said) > 1 and not (general is not None and item.text in (*general.en, *general.zh)):
            return True
    return False


def _ends_otherwise(reading: Reading, item: Item) -> bool:
    """As in "won tenders", "open complaints", where the records themselves tell by a category or a day: no outcome of the deals that they belong to."""
    by_day = bool({"open", "closed"} & set(item.cues)) and closing_day(reading, reading.entity) is not None
    return (by_day or has_own_endings(reading)) and not any(value.entity == reading.entity for value in item.values)


def _names_field_beside(reading: Reading, index: int) -> bool:
    """As in "where Acme was the competitor", though Competitor is a value of another field: the word names the field of the value beside it."""
    own = {(value.entity, value.field) for value in reading.item(index).values}
    named = {(term.entity, term.key) for term in reading.item(index).terms if term.what == "field"} - own
    beside = (_past_cues(reading, index, step) for step in (-1, 1))
    return any(named & {(value.entity, value.field) for value in reading.item(at).values} for at in beside if 0 <= at < len(reading.signals.items))


def _with_value(reading: Reading, index: int, item: Item) -> list[Reading]:
    options: dict[str, tuple[float, list[str], tuple[int, ...]]] = dict(_inverse_options(reading, index, item))
    if options:
        path, (cost, texts, beside) = next(iter(options.items()))
        return [reading.using(index, *beside, filters=(*reading.filters, _equals(reading, index, path, tuple(texts)))).paying(cost)]
    for value in item.values:
        for order, path in enumerate(reading.paths.to_value(reading.entity, value)):
            if reading.paths.field(reading.entity, path).type is FieldType.FLAG and is_of_nobody(reading, path):
                return [reading]  # "inactive subscriptions" are not those of people who left
            cost, beside = _value_cost(reading, index, path, value, order)
            cost += 1.0 - QUALITY[item.source]
            known = options.get(path)
            if known is None:
                options[path] = (cost, [value.text], beside)
            elif value.text not in known[1]:
                known[1].append(value.text)
    if not options:
        outcome = any(kind in STATUSES for kind in item.cues)  # "accounts with open tickets": the tickets' outcome, not the deals'
        return [reading] if outcome else _through_children(reading, index, item)
    best = sorted(options.items(), key=lambda each: each[1][0])[:2]
    made = []
    for path, (cost, texts, beside) in best:
        if len(texts) > 1 and item.source in {"part", "typo", "alias"} and not _is_their_kind(item, texts):
            for text in sorted(texts)[:MOST_ALIKE]:
                made.append(
                    reading.using(index, *beside, filters=(*reading.filters, _equals(reading, index, path, (text,)))).paying(cost + 0.02, about=item.text)
                )
        else:
            equals = _equals(reading, index, path, tuple(texts))
            there = (Compare(path=path, op="not_null"),) if isinstance(equals, Compare) and equals.op == "ne" and _is_of_others(reading, index, beside) else ()
            made.append(reading.using(index, *beside, filters=(*reading.filters, equals, *there)).paying(cost))
    return made


def _is_of_others(reading: Reading, index: int, beside: tuple[int, ...]) -> bool:
    """As in "lost to a competitor other than X", X以外的竞品: one of them is there, so that records without any are none of those."""
    said = [at for at in reading.signals.at.get("not", ()) if abs(at - index) == 1 and reading.item(at).text.casefold() in OTHERS]
    return any(abs(at - named) == 1 and (index < at) == (at < named) for at in said for named in beside)


def _is_their_kind(item: Item, texts: list[str]) -> bool:
    """As in 合同 of 框架合同 and 单次合同: the noun that several categories end in is what they all are, and no short form of one of them."""
    titles = {value.text for value in item.values if value.title}
    return not titles & set(texts) and all(text.casefold().endswith(item.text.casefold()) for text in texts)


def _inverse_options(reading: Reading, index: int, item: Item) -> Iterator[tuple[str, tuple[float, list[str], tuple[int, ...]]]]:
    """As in "subsidiaries of X", X 的团队: the records that refer to X, rather than X itself."""
    for near in (_past_cues(reading, index, 1), _past_cues(reading, index, -1)):
        if not 0 <= near < len(reading.signals.items):
            continue
        for term in reading.item(near).terms:
            if term.what != "inverse" or not term.filled:
                continue
            target = reading.paths.model.entities[term.entity].fields[term.key]
            titles = [v for v in item.values if v.title and ((v.entity == target.to) or (v.entity == term.entity and v.field == term.key))]
            for path in reading.paths.to_field(reading.entity, term.entity, term.key)[:1]:
                if titles:
                    yield path, (0.1 + 0.3 * path.count("."), sorted({v.text for v in titles}), (near,))
                    return


def _past_cues(reading: Reading, index: int, step: int) -> int:
    """The next item that is more than a function word."""
    at = index + step
    while 0 <= at < len(reading.signals.items) and reading.item(at).is_only_cue and set(reading.item(at).cues) <= FREE:
        at += step
    return at


def _value_cost(reading: Reading, index: int, path: str, value: Value, order: int) -> tuple[float, tuple[int, ...]]:
    """Cost of reading a value at a path, and the neighbouring items that name that very field ("sector medical", "manager X")."""
    last = reading.paths.field(reading.entity, path)
    cost = 0.3 * path.count(".") + 0.1 * order + (0.0 if value.title else 0.05)
    if value.entity == "contact" and reading.entity == "opportunity":
        cost += 0.4  # a name beside "win" is the rep's before it is the customer's contact
    beside = []
    left_out = (index + 2,) if index + 1 in reading.signals.at.get("not", ()) else ()  # X以外的竞品
    for near in (index - 1, index + 1, index - 2, *left_out):
        if not 0 <= near < len(reading.signals.items) or near in reading.used:
            continue
        terms = reading.item(near).terms
        sides = any(held.entity == last.entity and held.field == last.key for held in reading.item(near).values)  # 保内 beside 保外
        opposed = last.type is FieldType.FLAG and value.text == "false" and reading.signals.has("compare", "breakdown")
        sides = sides or opposed  # "insured vs uninsured"
        named = not sides and any(term.what == "field" and term.key == last.key and term.entity == last.entity for term in terms)
        named = named or (not sides and not value.title and near < index and _begins_header(reading.item(near), last))
        over = path.partition(".")[0] if "." in path else ""  # 顾问已离职的客户: of whom it is told
        belongs = any(term.what == "field" and (term.entity, term.key) == (reading.entity, over) for term in terms)
        belongs = (
            belongs
            or any(term.what == "entity" and last.to == term.entity for term in terms)
            or any(term.what == "entity" and term.entity == value.entity and value.entity != reading.entity for term in terms)
        )
        if named or belongs:
            cost -= 0.5 if named else 0.2
            beside.append(near)
            break
    return cost, tuple(beside)


def _begins_header(item: Item, field: Field) -> bool:
    """As 佣金 beside 未结 of 佣金结算, whatever other column is called so."""
    said = next((each for each in (item.read_as, item.text) if has_han(each)), item.text).casefold()
    only_field = bool(item.terms) and all(term.what == "field" for term in item.terms) and not item.values
    return only_field and len(said) > 1 and any(label.casefold().startswith(said) for label in own_labels(field))


def _equals(reading: Reading, index: int, path: str, texts: tuple[str, ...]) -> Filter:
    return Compare(path=path, op="ne" if _is_negated(reading, index) else "eq", values=texts)


def _is_negated(reading: Reading, index: int) -> bool:
    """A negation just before, or just after in Chinese (北方区除外); "West or East" after one "except" are both negated."""
    places = reading.signals.at.get("not", ())
    at = index
    while at - 1 >= 0 and reading.item(at - 1).values and at - 1 not in places and _goes_on(reading, at - 1):
        at -= 1
    before = {place for place in {at - 1, at - 2} & set(places) if not ends_clause(reading, place)}
    if any(not reading.item(place).is_only_cue for place in before):
        before = {place for place in before if reading.item(place).is_only_cue}
    if at - 2 in before and at - 1 not in before and (not reading.item(at - 1).terms or _is_flag(reading, at - 1) or _closes_clause(reading, at - 1, at)):
        before.discard(at - 2)  # 非试点的公立医院: of the two it is the flag that is denied
    behind = {index + 1, index + 2} if _is_noun_of(reading, index) else {index + 1}  # 取消的订单不算
    after = behind & {place for place in places if leaves_out_before(reading, place)}
    return bool(before or after)


def _is_noun_of(reading: Reading, index: int) -> bool:
    """Whether what stands right behind a value is a word for the records that it is a value of."""
    kinds = {value.entity for value in reading.item(index).values}
    behind = reading.signals.items[index + 1 : index + 2]
    return any(term.what == "entity" and term.entity in kinds for item in behind if not item.values for term in item.terms)


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether a negation before one value holds for the next as well: "West or East", not "unsolved urgent tickets"."""
    one, other = reading.item(index), reading.item(index + 1)
    same = {(value.entity, value.field) for value in one.values} & {(value.entity, value.field) for value in other.values}
    return bool(same) or one.end < other.start


def _is_flag(reading: Reading, index: int) -> bool:
    fields = (reading.paths.model.entities[term.entity].fields[term.key] for term in reading.item(index).terms if term.what == "field" and term.filled)
    return any(field.type is FieldType.FLAG for field in fields)


def _closes_clause(reading: Reading, one: int, other: int) -> bool:
    """As in 非试点的公立医院: 的 between them ends what is denied."""
    return any(token.text == "的" for token in reading.signals.tokens[reading.item(one).end : reading.item(other).start])


def _joined(reading: Reading) -> Reading:
    """Equalities on one path become one: any of the values (or, negated, none of them)."""
    merged: list[Filter] = []
    for part in reading.filters:
        same = next((i for i, other in enumerate(merged) if _same_path(other, part)), None)
        if same is None:
            merged.append(part)
        else:
            held = merged[same]
            assert isinstance(held, Compare)  # noqa: S101 - _same_path says so
            assert isinstance(part, Compare)  # noqa: S101
            merged[same] = held.model_copy(update={"values": tuple(dict.fromkeys((*held.values, *part.values)))})
    negations = [i for i in reading.signals.at.get("not", ()) if i not in reading.used]
    negated = any(isinstance(part, Compare) and part.op == "ne" for part in merged)
    return replace(reading, filters=tuple(merged), used=reading.used | set(negations if negated else ()))


def _same_path(one: Filter, other: Filter) -> bool:
    return isinstance(one, Compare) and isinstance(other, Compare) and one.path == other.path and one.op == other.op and one.op in {"eq", "ne"}


def _through_children(reading: Reading, index: int, item: Item) -> list[Reading]:
    """A value that only related records hold: accounts whose deals are about that product."""
    named = any(_names_kind(reading, each) for each in reading.signals.items)
    for value in item.values:
        for child, link in reading.paths.holders(reading.entity):
            paths = reading.paths.to_value(child, value)
            if not paths or child.startswith("custom:"):
                continue
            inside = Compare(path=paths[0], values=(value.text,))
            beside = [near for near in (index - 1, index + 1, index - 2, index + 2) if _mentions(reading, near, child) and near not in reading.used]
            absent = _is_negated(reading, index)
            extra = () if not absent else tuple(i for i in reading.signals.at.get("not", ()) if i not in reading.used)
            part = Exists(entity=child, via=link.key, where=inside, absent=absent)
            won = [i for i in reading.open_items() if {"won", "sells"} & set(reading.item(i).cues) and child == "opportunity"]
            repeated = any(isinstance(held, Exists) and held.entity == child and _is_won(held) for held in reading.filters)
            if won or repeated:  # "accounts that bought both X and Y"
                part = part.model_copy(update={"where": And(parts=(inside, Compare(path="status", values=("won",))))})
            return [reading.using(index, *beside, *won, *extra, filters=(*reading.filters, part)).paying(0.5 if named else 2.2)]
    return _through_those_between(reading, index, item) if named else [reading]


def _through_those_between(reading: Reading, index: int, item: Item) -> list[Reading]:
    """As in "which customers filed a complaint", where complaints are of contracts, and these of customers: records that belong to what belongs to them."""
    if item.cues:
        return [reading]  # "overdue deals": what the word says of deals themselves comes first
    for value in item.values if not any(value.title for value in item.values) else ():
        for between, link in reading.paths.holders(reading.entity):
            inner = reading.paths.link_to(value.entity, between) if between not in {reading.entity, value.entity} else None
            if inner is None or reading.paths.link_to(value.entity, reading.entity) is not None:
                continue
            beside = [near for near in (index - 1, index + 1) if _mentions(reading, near, value.entity) and near not in reading.used]
            absent = _is_negated(reading, index)
            denied = tuple(i for i in reading.signals.at.get("not", ()) if i not in reading.used) if absent else ()
            there = Exists(entity=value.entity, via=inner.key, where=Compare(path=value.field, values=(value.text,)))
            part = Exists(entity=between, via=link.key, where=there, absent=absent)
            return [reading.using(index, *beside, *denied, filters=(*reading.filters, part)).paying(0.6)]
    return [reading]


def _is_won(part: Exists) -> bool:
    """Whether the related deals are to be won."""
    parts = part.where.parts if isinstance(part.where, And) else (part.where,)
    return Compare(path="status", values=("won",)) in parts


def _names_kind(reading: Reading, item: Item) -> bool:
    """Whether the word is one for the records that are read; "employees" of a company are a number of it before they are ours."""
    own = [term.rank for term in item.terms if term.what == "entity" and term.entity == reading.entity]
    entities = reading.paths.model.entities
    sizes = [term.rank for term in item.terms if term.what == "field" and entities[term.entity].fields[term.key].type.is_numeric]
    return bool(own) and min(own) <= min(sizes, default=99)


def _mentions(reading: Reading, index: int, entity: str) -> bool:
    if not 0 <= index < len(reading.signals.items):
        return False
    measures = reading.paths.model.measures
    return any(
        term.entity == entity and (term.what == "entity" or (term.what == "measure" and measures[term.key].op == "count")) for term in reading.item(index).terms
    )
