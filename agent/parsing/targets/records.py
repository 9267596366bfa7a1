"""Records that a question may be after: a list, the first of a ranking, fields of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.conditions.lasting import open_state
from agent.parsing.conditions.moves import tells_moves
from agent.parsing.conditions.units import time_unit
from agent.parsing.conditions.windows import named_by, times_of
from agent.parsing.contents import NUMBERED
from agent.parsing.drafting import Reading
from agent.parsing.targets.mentions import is_numeric, mentions_entity, named_by_value
from agent.parsing.text import term_key
from tools.crm.measuring import conditions_of
from tools.crm.query import Compare, Order
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.model import RECORD_ID

SHOWN_COLUMNS = 7
BOUNDS = {"max", "min", "maximum", "minimum", "max of", "min of"}
COUNTING = {
    "most often",
    "least often",
    "most frequently",
    "more often",
    "most frequent",
    "more than any other",
    "more often than any other",
    "less than any other",
    "more",
    "fewer",
    "less",
    "fewest",
}
WHO = {"who", "whose", "whom", "谁", "哪位", "是谁", "是哪位"}


def records(reading: Reading) -> Iterator[Reading]:
    """Readings that show records: a list, the first of a ranking, fields of one."""
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index) or _is_inverse(reading, index)]
    yield from _lookups(reading, mentions)
    if reading.signals.has("overspent"):
        return  # a comparison of two figures, which measuring makes
    if not mentions:
        reading, mentions = _conditioned(reading)
    if not mentions and reading.signals.superlative:
        mentions = [index for index in range(len(reading.signals.items)) if _is_composed(reading, index)][:1]
    mentions = mentions or _asked_people(reading) or (reading.signals.at.get("moved", [])[:1] if tells_moves(reading) else [])
    if not mentions and (reading.signals.has("list", "which", "exists") or _asks_who(reading)) and not reading.signals.has("count"):
        own = (i for i, item in enumerate(reading.signals.items) if any(v.entity == reading.entity and not v.title for v in item.values))
        mentions = list(own)[:1]  # 区域经理有哪些人: the people of whom that value is said
        if mentions:
            at_customer = reading.entity == "lead" and any(value.entity == "account" for item in reading.signals.items for value in item.values)
            who = _asks_who(reading)  # "the CTO of Acme" is a contact there before it is a lead
            focus = "exists" if reading.signals.has("exists") and not reading.signals.has("list", "which") else "list"
            yield reading.using(*who, select=shown_columns(reading), focus=focus, fit=reading.fit + 0.3).paying(0.3 if at_customer else 0.0)
        return
    if not mentions:
        return
    used = () if named_by_value(reading, mentions[0]) else (mentions[0],)
    if reading.signals.timely and reading.signals.has("when") and not reading.signals.has("list") and reading.paths.model.entities[reading.entity].time:
        return  # "when was the last payment" asks for the day, not for the record
    asked = reading.signals.has("list", "which", "lookup", "exists")
    fit = (0.45 if asked else 0.1) - (0.6 if reading.signals.has("count") else 0.0)
    if reading.signals.has("lookup", "amount") and not reading.signals.has("list") and _is_figure(reading, mentions[0]):
        fit -= 0.6  # "what is her target" asks for the amount
    if _asks_who(reading) and any(term.what == "field" and term.rank == 0 for term in reading.item(mentions[0]).terms):
        fit -= 0.5  # "who is its owner" asks for one person, not for all owners
    select = shown_columns(reading)
    if reading.signals.superlative:
        yield from _extremes(reading, mentions[0], select)
        return
    order = _said_order(reading)
    if order is not None:
        reading = reading.using(*order[0], order=(Order(path=order[1], descending=order[2]),))
    focus = "exists" if reading.signals.has("exists") and not reading.signals.has("list") else "list"
    yield reading.using(*used, select=select, focus=focus, fit=reading.fit + fit)


def _asked_people(reading: Reading) -> list[int]:
    """As in "who joined us in 2024", 今年入职的有谁: a word for who, and a day of the people themselves."""
    who = _asks_who(reading)
    fields = reading.paths.model.entities[reading.entity].fields
    dated = any(
        term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type.is_time
        for item in reading.signals.items
        for term in item.terms
    )
    return who[:1] if dated and reading.entity == "member" else []


def _asks_who(reading: Reading) -> list[int]:
    """The words for who."""
    return [i for kind in ("which", "lookup") for i in reading.signals.at.get(kind, ()) if reading.item(i).text.casefold() in WHO]


def _said_order(reading: Reading) -> tuple[tuple[int, ...], str, bool] | None:
    """As in "largest first", 从大到小: the items that ask for an order, by what and which way."""
    signals = reading.signals
    cue = [*signals.at.get("rank", ()), *signals.at.get("ascending", ())]
    fields = reading.paths.model.entities[reading.entity].fields
    named = [
        path
        for index in range(len(signals.items))
        if signals.near(index, "rank", 2) is not None
        for _, path in reading.paths.dimension(reading.entity, signals.items[index].terms)
        if "." not in path and (fields[path].type.is_numeric or fields[path].type.is_time)
    ]
    path = next(iter(named), None) or _default_extreme(reading, fields, False)
    return (tuple(cue), path, not signals.has("ascending")) if cue and path is not None else None


def _is_composed(reading: Reading, index: int) -> bool:
    """As in 产品成本最高的: a field and the kind of record that it belongs to in one word."""
    item, kinds = reading.item(index), reading.paths.model.entities[reading.entity].words.zh
    own = any(term.what == "field" and term.entity == reading.entity for term in item.terms)
    return own and not item.values and any(item.text.startswith(kind) and item.text != kind for kind in kinds[:2])


def _is_figure(reading: Reading, index: int) -> bool:
    """Whether the word for the records is also that of a sum of theirs: targets, budgets, payments."""
    measures = reading.paths.model.measures
    return any(term.what == "measure" and term.entity == reading.entity and measures[term.key].op == "sum" for term in reading.item(index).terms)


def _is_inverse(reading: Reading, index: int) -> bool:
    return any(term.what == "inverse" and term.entity == reading.entity and term.filled for term in reading.item(index).terms)


def _conditioned(reading: Reading) -> tuple[Reading, list[int]]:
    """As in "list the won deals": a counting measure with a condition names the records that fulfil it."""
    for index in range(len(reading.signals.items)):
        for term in reading.item(index).terms:
            if term.what == "measure" and term.entity == reading.entity:
                measure = reading.paths.model.measures[term.key]
                if measure.op == "count" and measure.where and term.filled:
                    return replace(reading, filters=(*reading.filters, *conditions_of(measure))).paying(0.15), [index]
    return reading, []


def _extremes(reading: Reading, mention: int, select: tuple[str, ...]) -> Iterator[Reading]:
    """As in "largest deal", "oldest account", "5 most expensive products"."""
    signals = reading.signals
    limit = signals.top or 1
    model = reading.paths.model.entities[reading.entity]
    named = []
    for index in range(len(signals.items)):
        if index != mention or _is_composed(reading, index):
            for cost, path in reading.paths.dimension(reading.entity, reading.item(index).terms):
                field = reading.paths.field(reading.entity, path)
                if (field.type.is_numeric or field.type.is_time or field.type is FieldType.YEAR) and "." not in path:
                    named.append((cost, index, path))
    descending = signals.descending
    person = any(signals.items[i].text.casefold() in WHO for kind in ("which", "lookup") for i in signals.at.get(kind, ()))
    if person and reading.entity != "member":
        reading = reading.paying(0.6)  # "who has most open deals" asks for the person
    waiting = signals.at.get("waiting", []) if signals.timely and not descending else []
    if waiting:  # 挂得最久的商机: the first opened of those still open
        reading = reading.using(*waiting, filters=(*reading.filters, *(part for part in open_state(reading) if part not in reading.filters)))
    if not signals.has("which", "list") and all(signals.items[i].text.casefold() in BOUNDS for i in signals.superlative):
        reading = reading.paying(1.0)  # "max amount of won deals" is an amount
    for cost, _, path in named[:2]:
        same = [other for _, other, there in named if there == path and not _is_bounded_field(reading, other)]
        limits = tuple(dict.fromkeys(part for other in same for part in _outcome_of(reading, other)))
        made = reading.using(
            mention,
            *same,
            *signals.superlative,
            filters=(*reading.filters, *(part for part in limits if part not in reading.filters)),
            select=_with(select, path),
            order=(Order(path=path, descending=descending),),
            limit=limit,
            skip=signals.place - 1,
        )
        yield replace(made, focus="top", fit=reading.fit + 0.6).paying(cost)
    if named:
        return
    if all(signals.items[i].text.casefold() in COUNTING for i in signals.superlative) or _compares(reading):
        return  # "visited most often" counts visits
    default = _default_extreme(reading, model.fields, signals.timely)
    if reading.entity == "account" and not signals.timely and reading.paths.vocabulary.rows("opportunity"):
        reading = reading.paying(0.7)  # our biggest customers are those who buy most from us
    if signals.has("performing") and reading.entity != "opportunity":
        return  # 哪个产品卖得最火 ranks by what is sold
    if default is not None:
        made = reading.using(
            mention,
            *signals.superlative,
            select=_with(select, default),
            order=(Order(path=default, descending=descending),),
            limit=limit,
            skip=signals.place - 1,
        )
        yield replace(made, focus="top", fit=reading.fit + 0.35).paying(0.1)


def _is_bounded_field(reading: Reading, index: int) -> bool:
    """As in 金额超过一万的: what follows is a condition on the field."""
    return any(item.number is not None for item in reading.signals.items[index + 1 : index + 3]) and reading.signals.has("gt", "ge", "lt", "le", "between")


def _outcome_of(reading: Reading, index: int) -> tuple[Compare, ...]:
    """As in 成交金额最大的单子: the name of the figure says how the records ended."""
    terms = [term for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity]
    measures = [reading.paths.model.measures[term.key] for term in terms if term.rank <= 3]
    return next((conditions_of(measure) for measure in measures if measure.op == "sum" and measure.where), ())


def _compares(reading: Reading) -> bool:
    """As in "does her team win more deals than his": two are compared, and no record is looked for."""
    tokens = [token.norm for token in reading.signals.tokens]
    return "than" in tokens and not reading.signals.has("which", "list")


def _default_extreme(reading: Reading, fields: dict[str, Field], timely: bool) -> str | None:
    """By what "largest" or "latest" ranks records when nothing is said: their money, or their day."""
    filled = [f for f in fields.values() if reading.paths.vocabulary.content(reading.entity, f.key).count]
    wanted = (
        [f for f in filled if f.type is FieldType.YEAR] or [f for f in filled if f.type.is_time] if timely else [f for f in filled if f.type is FieldType.MONEY]
    )
    if timely and not reading.signals.descending:
        begun = next((f.key for f in filled if f.type.is_time and f.past == {} and f.key in {"opened_on", "opened_at", "created_on", "created_at"}), None)
        if begun is not None and not any(f.type is FieldType.YEAR for f in filled):
            return begun  # the oldest deal is the one that was opened first
    if timely:
        own = reading.paths.model.entities[reading.entity].time
        return next((f.key for f in wanted if f.key == own), wanted[0].key if wanted else None)
    return wanted[0].key if wanted else None


def _with(select: tuple[str, ...], path: str) -> tuple[str, ...]:
    if path in select:
        return select
    return (*select[: SHOWN_COLUMNS - 1], path)


def shown_columns(reading: Reading) -> tuple[str, ...]:
    """The columns of a list: what names the record, whom it belongs to, where it stands, its money and its day; filled ones only."""
    entity = reading.paths.model.entities[reading.entity]
    filled = [f for f in entity.fields.values() if reading.paths.vocabulary.content(entity.key, f.key).count]
    chosen = [key for key in (entity.title, RECORD_ID) if any(f.key == key for f in filled)][:1]
    ranks = {FieldType.MONEY: 1, FieldType.REF: 2, FieldType.STAGE: 3, FieldType.DATE: 4, FieldType.DATETIME: 4, FieldType.NAME: 0}
    rest = sorted((f for f in filled if f.key not in chosen and f.type in ranks), key=lambda f: (f.key != entity.time, ranks[f.type]))
    others = [f for f in filled if f.key not in {*chosen, RECORD_ID} and f.type not in ranks and not _is_long(reading, f)]
    for field in (*rest, *others):
        if len(chosen) < SHOWN_COLUMNS:
            chosen.append(field.key)
    order = list(entity.fields)
    return tuple(sorted((str(key) for key in chosen or order[:1]), key=lambda key: (key not in {entity.title, RECORD_ID}, order.index(key))))


def _is_long(reading: Reading, field: Field) -> bool:
    return field.type is FieldType.TEXT and not reading.paths.vocabulary.content(reading.entity, field.key).values


def _lookups(reading: Reading, mentions: list[int]) -> Iterator[Reading]:
    """Fields of the record that a name stands for: "list price of GTX Basic", "who is the manager of …"."""
    entity = reading.paths.model.entities[reading.entity]
    called = {
        index: value.field
        for index in range(len(reading.signals.items))
        for value in reading.item(index).values
        if value.title and value.entity == reading.entity and value.field in {entity.title, RECORD_ID, *NUMBERED}
    }
    named = list(called)
    if not named:
        return
    name = called[named[0]]
    wanted: list[tuple[float, int, str]] = []
    for index in range(len(reading.signals.items)):
        if index in named or index in reading.signals.superlative:
            continue
        options = reading.paths.dimension(reading.entity, reading.item(index).terms)
        options = [(cost, path) for cost, path in options if path not in {name, entity.title}]
        if options and not _means_empty_field(reading, index):
            wanted.append((options[0][0], index, options[0][1]))
    besides = [each for each in wanted if each[1] not in mentions]
    wanted = besides or wanted
    cue_fields = list(_cue_fields(reading))
    used = [index for _, index, _ in wanted] + [index for index, _ in cue_fields]
    paths = dict.fromkeys([path for _, _, path in wanted] + [path for _, path in cue_fields])
    if not paths:
        if reading.signals.has("lookup", "list", "which") or len(reading.signals.items) == 1:
            made = reading.using(*mentions[:1], select=shown_columns(reading), focus="lookup", fit=reading.fit + 0.1)
            yield made.paying(0.3)
        return
    fit = 0.5 + (0.25 if reading.signals.has("lookup", "which", "when", "where", "count", "amount") else 0.0)
    if reading.signals.has("performing") and len(named) > 1:
        fit -= 1.0  # 甲和乙谁卖得好 asks for what was sold of them
    cost = sum(each for each, _, _ in wanted)
    counting = reading.signals.at.get("count", []) if any(is_numeric(reading, path) for path in paths) else []
    if any(time_unit(reading.paths.field(reading.entity, path)) for path in paths):
        counting = [*counting, *reading.signals.at.get("duration", ())]  # 标准交期几天
    yield reading.using(*used, *counting, *[i for i in mentions[:1] if i not in used], select=(name, *paths), focus="lookup", fit=reading.fit + fit).paying(
        cost
    )


def _means_empty_field(reading: Reading, index: int) -> bool:
    """As in "how many employees does Acme have" where none are noted: the word is no other one for who looks after Acme."""
    own = [term for term in reading.item(index).terms if term.what == "field" and term.entity == reading.entity]
    others = [term.rank for term in reading.item(index).terms if term.filled]
    return bool(own) and not any(term.filled for term in own) and min(term.rank for term in own) < min(others, default=99)


def _cue_fields(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "where is …", "when was … founded": the field that answers, where the record has one filled."""
    entity = reading.paths.model.entities[reading.entity]
    for index in reading.signals.at.get("where", ()):
        for word in ("country", "city", "region", "address"):
            if word in entity.fields and reading.paths.vocabulary.content(entity.key, word).count:
                yield index, word
                break
    yield from _by_verb(reading)
    yield from _day_of(reading)
    yield from _belongs(reading)
    for index in reading.signals.at.get("founded", ()):
        if reading.item(index).is_only_cue:
            years = [f.key for f in entity.fields.values() if f.type is FieldType.YEAR and reading.paths.vocabulary.content(entity.key, f.key).count]
            if years:
                yield index, years[0]


def _day_of(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "when does X end", X 哪天到期: the day that a verb names."""
    if not reading.signals.has("when"):
        return
    for kind in ("expiring", "signed", "opened", "resolved", "closed"):
        for index in reading.signals.at.get(kind, ()):
            day = next((field.key for field in times_of(reading) if named_by(field, kind)), None)
            if day is None and kind == "closed":
                day = next((field.key for field in times_of(reading) if named_by(field, "expiring")), None)
            if day is not None and reading.item(index).is_only_cue:
                yield index, day
                return


def _belongs(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "what company does X belong to": the reference to another record of the same kind."""
    entity = reading.paths.model.entities[reading.entity]
    own = next((f.key for f in entity.fields.values() if f.to == entity.key and reading.paths.vocabulary.content(entity.key, f.key).count), None)
    for index in reading.signals.at.get("sold", ()):
        if own is not None and reading.item(index).text.casefold() in {"belong to", "belonging to", "belongs to", "属于", "隶属", "归属"}:
            yield index, own


def _by_verb(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "who manages X", X 归谁管: the reference to a person whose name the verb is part of, else the one responsible."""
    entity = reading.paths.model.entities[reading.entity]
    if not _asks_who(reading):
        return
    people = [f for f in entity.fields.values() if f.to == "member" and reading.paths.vocabulary.content(entity.key, f.key).count]
    for index in reading.signals.at.get("sold", ()):
        verb = term_key(reading.item(index).text)[:5]
        named = [f for f in people if any(term_key(word).startswith(verb) for word in f.words.en)]
        if named or (len(people) == 1 and reading.item(index).is_only_cue):
            yield index, (named or people)[0].key
            return
