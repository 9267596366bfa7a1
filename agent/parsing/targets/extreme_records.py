"""The largest, newest or longest of the records themselves, and whose they are: "biggest deal", 最大的一单是谁的."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.conditions.lasting import open_state
from agent.parsing.language.lexicon import said_within
from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.columns import with_column
from agent.parsing.targets.extremes import asks_newest
from agent.parsing.targets.group_words import asks_which_of_two
from agent.parsing.targets.grouping import which_kind
from agent.parsing.targets.judging import judges_people
from agent.parsing.targets.mentions import WHO, asks_who, sizes_records
from agent.parsing.targets.one_of_records import whose_it_is
from agent.parsing.targets.own_headers import columns_named
from agent.parsing.targets.ranked_parties import is_one_of_sort, ranked_parties
from agent.parsing.targets.sizing import worth_field
from agent.parsing.wording.rewording import A_FEW
from prompts.words import say
from tools.crm.measuring import conditions_of
from tools.crm.query import Assumption, Compare, Order
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.model import RECORD_ID

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
_ASKS_WHO = re.compile(r"(?:是?谁|who(?:se)?\b)", re.IGNORECASE)  # 谁负责, "who owns" are one word each
_BARE_WHO = re.compile(r"是?谁|who(?:se| is|'s)?", re.IGNORECASE)
_WHO_THEMSELVES = {"account", "contact", "lead"}


def is_composed(reading: Reading, index: int) -> bool:
    """As in 产品成本最高的: a field and the kind of record that it belongs to in one word."""
    item, kinds = reading.item(index), reading.paths.model.entities[reading.entity].words.zh
    own = any(term.what == "field" and term.entity == reading.entity for term in item.terms)
    return own and not item.values and any(item.text.startswith(kind) and item.text != kind for kind in kinds[:2])


def is_figure(reading: Reading, index: int) -> bool:
    """Whether the word for the records is also that of a sum of theirs: targets, budgets, payments."""
    measures = reading.paths.model.measures
    return any(term.what == "measure" and term.entity == reading.entity and measures[term.key].op == "sum" for term in reading.item(index).terms)


def is_inverse(reading: Reading, index: int) -> bool:
    """Whether an item is a word for those who belong to one of the records: the team of a manager."""
    return any(term.what == "inverse" and term.entity == reading.entity and term.filled for term in reading.item(index).terms)


def extremes(reading: Reading, mention: int, used: tuple[int, ...], select: tuple[str, ...]) -> Iterator[Reading]:
    """As in "largest deal", "oldest account", "5 most expensive products"."""
    signals = reading.signals
    limit, notes = _how_many(reading, mention)
    model = reading.paths.model.entities[reading.entity]
    named = []
    for index in range(len(signals.items)):
        if index != mention or is_composed(reading, index):
            for cost, path in columns_named(reading, index) or _summed(reading, index):
                field = reading.paths.field(reading.entity, path)
                if (field.type.is_numeric or field.type.is_time or field.type is FieldType.YEAR) and "." not in path:
                    named.append((cost, index, path))
    descending = signals.descending
    if asks_which_of_two(reading) and not any(value.title and value.entity == reading.entity for item in signals.items for value in item.values):
        return  # A和B两个区域，货款谁多 holds the two against each other
    theirs = limit == 1 and _asks_whose_one_is(reading, mention)
    person = any(signals.items[i].text.casefold() in WHO for kind in ("which", "lookup") for i in signals.at.get(kind, ()))
    if person and reading.entity != "member" and not is_one_of_sort(reading) and not signals.timely and not theirs:
        reading = reading.paying(0.6)  # "who has most open deals" asks for the person
    waiting = signals.at.get("waiting", []) if signals.timely and not descending else []
    if waiting:  # 挂得最久的商机: the first opened of those still open
        reading = reading.using(*waiting, filters=(*reading.filters, *(part for part in open_state(reading) if part not in reading.filters)))
    if not signals.has("which", "list") and all(signals.items[i].text.casefold() in BOUNDS for i in signals.superlative):
        reading = reading.paying(1.0)  # "max amount of won deals" is an amount
    if any(ranked_parties(reading)):
        reading = reading.paying(0.8)  # 签约额前三的经销商 are no contracts
    if which_kind(reading):
        return  # 赢单率最低的是哪类项目 asks for a kind of them, and for none of them
    if (signals.has("performing") or judges_people(reading)) and reading.entity != "opportunity" and (not named or model.custom_table is not None):
        return  # 哪个产品卖得最火 ranks by what is sold
    whose = dict(whose_it_is(reading))
    if limit == 1 and whose and sizes_records(reading):
        select = tuple(dict.fromkeys((*_names_of(reading), *whose.values())))
    for holder in whose.values():
        select = with_column(select, holder)
    if theirs and not whose and (of_one := _with_colleague(reading)):
        select = of_one
        whose = {index: of_one[-1] for index in range(len(signals.items)) if index not in used and _names_colleague(reading, index, of_one[-1])}
    for cost, _, path in named[:2]:
        same = [other for _, other, there in named if there == path and not _is_bounded_field(reading, other)]
        limits = tuple(dict.fromkeys(part for other in same for part in _outcome_of(reading, other)))
        newest = default_extreme(reading, model.fields, timely=True) if any(asks_newest(reading, other) for other in same) else None
        made = reading.using(
            *used,
            *same,
            *whose,
            *signals.superlative,
            filters=(*reading.filters, *(part for part in limits if part not in reading.filters)),
            select=with_column(with_column(select, path), newest or path),
            order=(Order(path=newest or path, descending=descending),),
            limit=limit,
            assumptions=(*reading.assumptions, *notes),
            skip=signals.place - 1,
        )
        yield replace(made, focus="top", fit=reading.fit + 0.6).paying(cost)
    if named:
        return
    if all(signals.items[i].text.casefold() in COUNTING for i in signals.superlative) or _compares(reading):
        return  # "visited most often" counts visits
    default = default_extreme(reading, model.fields, signals.timely)
    if reading.entity == "account" and not signals.timely and reading.paths.vocabulary.rows("opportunity"):
        reading = reading.paying(0.7)  # our biggest customers are those who buy most from us
    if default is not None:
        ever = _brought(reading) if default == "amount" else ()
        made = reading.using(
            *used,
            *whose,
            *signals.superlative,
            filters=(*reading.filters, *ever),
            select=with_column(select, default),
            order=(Order(path=default, descending=descending),),
            limit=limit,
            assumptions=(*reading.assumptions, *notes),
            skip=signals.place - 1,
        )
        yield replace(made, focus="top", fit=reading.fit + 0.35).paying(0.1)


def _asks_whose_one_is(reading: Reading, mention: int) -> bool:
    """As in 金额最高的合同是谁签的; and neither "who is our biggest customer" nor 谁的里程最多, which ask for the customer, the rep."""
    items, ranked = reading.signals.items, reading.signals.superlative
    named = {mention, *ranked, *reading.signals.at.get("company", ())}
    asked = [index for index, item in enumerate(items) if item.is_only_cue and _ASKS_WHO.match(item.text)]
    if reading.entity in _WHO_THEMSELVES:
        asked = [index for index in asked if not _BARE_WHO.fullmatch(items[index].text) or index + 1 not in {*named, len(items)}]
    return bool(asked) and (sizes_records(reading) or any(index < mention < asked[-1] for index in ranked))


def _with_colleague(reading: Reading) -> tuple[str, ...]:
    """As in 最大的合同是谁签的: what names the one record, and the one colleague whom it belongs to; nothing where there are others or none."""
    entity, filled = reading.paths.model.entities[reading.entity], reading.paths.vocabulary.filled
    people = [field.key for field in entity.fields.values() if field.to == "member" and filled(entity.key, field.key)]
    if entity.key == "member" or len(people) != 1:
        return ()
    return (*_names_of(reading), *people)


def _names_of(reading: Reading) -> tuple[str, ...]:
    """The columns that say which record it is: its title, or its number and whose it is."""
    entity = reading.paths.model.entities[reading.entity]
    if entity.title and reading.paths.vocabulary.filled(entity.key, entity.title):
        return (entity.title,)
    return (RECORD_ID, *(("account",) if "account" in entity.fields else ()))


def _names_colleague(reading: Reading, index: int, path: str) -> bool:
    """The word for who, or the verb that says how the record is theirs: "who owns", 谁负责."""
    item = reading.item(index)
    said = any(term.what == "field" and (term.entity, term.key) == (reading.entity, path) for term in item.terms)
    return not item.values and (index in asks_who(reading) or said or bool(_ASKS_WHO.match(item.text)))


def _how_many(reading: Reading, mention: int) -> tuple[int, tuple[Assumption, ...]]:
    """As many as are named; a few, which the answer says, of records in the plural right behind the superlative, "biggest open deals"; else one."""
    signals = reading.signals
    if signals.top is not None:
        return signals.top, ()
    noun = signals.tokens[signals.items[mention].end - 1]
    before = max((index for index in signals.superlative if index < mention), default=None)
    plural = noun.kind == "latin" and noun.norm.endswith("s") and noun.norm != noun.stem
    if not plural or before is None:
        return 1, ()
    between = signals.tokens[signals.items[before].end : signals.items[mention].start]
    if any(token.norm == "of" for token in between):
        return 1, ()  # "the largest of our deals"
    return a_few()


def a_few() -> tuple[int, tuple[Assumption, ...]]:
    """How many are shown where several are meant and no number is said, and the sentence that says so."""
    return A_FEW, (Assumption(en=say("step_several", "en", n=A_FEW), zh=say("step_several", "zh", n=A_FEW)),)


def _is_bounded_field(reading: Reading, index: int) -> bool:
    """As in 金额超过一万的: what follows is a condition on the field."""
    return any(item.number is not None for item in reading.signals.items[index + 1 : index + 3]) and reading.signals.has("gt", "ge", "lt", "le", "between")


def _summed(reading: Reading, index: int) -> list[tuple[float, str]]:
    """As in 赢单金额最高的单子: what the records are ranked by is the amount that elsewhere is added up."""
    measures = [reading.paths.model.measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity]
    return [(0.1, measure.args[0]) for measure in measures if measure.op == "sum" and measure.args][:1]


def _outcome_of(reading: Reading, index: int) -> tuple[Compare, ...]:
    """As in 成交金额最大的单子: the name of the figure says how the records ended."""
    terms = [term for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity]
    alone = all(term.what == "measure" for term in reading.item(index).terms)
    measures = [reading.paths.model.measures[term.key] for term in terms if alone or term.rank <= 3]
    said = next((conditions_of(measure) for measure in measures if measure.op == "sum" and measure.where), ())
    return said or (_won(reading) if "won" in said_within(reading.item(index).text) else ())


def _won(reading: Reading) -> tuple[Compare, ...]:
    """That a deal is won, where deals are read and nothing else is said of how they ended."""
    return (Compare(path="status", values=("won",)),) if reading.entity == "opportunity" and not reading.signals.has("won", "lost", "open", "closed") else ()


def _brought(reading: Reading) -> tuple[Compare, ...]:
    """As in "our biggest deal ever", 有史以来最大的一单: what a deal came to, and not what was hoped for."""
    ever = reading.signals.has("ever") or any(token.norm == "ever" for token in reading.signals.tokens)
    return _won(reading) if ever and not any(isinstance(part, Compare) and part.path in {"status", "stage"} for part in reading.filters) else ()


def _compares(reading: Reading) -> bool:
    """As in "does her team win more deals than his": two are compared, and no record is looked for."""
    tokens = [token.norm for token in reading.signals.tokens]
    return "than" in tokens and not reading.signals.has("which", "list")


def default_extreme(reading: Reading, fields: dict[str, Field], timely: bool) -> str | None:
    """By what "largest" or "latest" ranks records when nothing is said: their money, or their day."""
    filled = [f for f in fields.values() if reading.paths.vocabulary.content(reading.entity, f.key).count]
    if not timely:
        return worth_field(reading)
    wanted = [f for f in filled if f.type is FieldType.YEAR] or [f for f in filled if f.type.is_time]
    if not reading.signals.descending:
        begun = next((f.key for f in filled if f.type.is_time and f.past == {} and f.key in {"opened_on", "opened_at", "created_on", "created_at"}), None)
        if begun is not None and not any(f.type is FieldType.YEAR for f in filled):
            return begun  # the oldest deal is the one that was opened first
    own = reading.paths.model.entities[reading.entity].time
    return next((f.key for f in wanted if f.key == own), wanted[0].key if wanted else None)
