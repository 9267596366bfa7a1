"""Builds every reading of a question that its items allow, and ranks them."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.conditions import add_conditions, add_presence
from agent.parsing.conditions.happened_then import happened_then
from agent.parsing.linking.items import OUTCOMES, Item
from agent.parsing.reading.acting import is_agent, is_bearer_of_state, is_record_noun, is_state_of_named
from agent.parsing.reading.alternatives import alternatives
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import DOERS, counts_doers, is_object_of_event, names_kind
from agent.parsing.reading.mean_of_each import per_each
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.repeated_states import said_again
from agent.parsing.reading.sharing import is_flag, shared
from agent.parsing.reading.signals import FREE, Signals
from agent.parsing.reading.wanting import is_measured, wanting
from agent.parsing.targets import figures, records
from agent.parsing.targets.asked_columns import with_asked_columns
from agent.parsing.targets.cash_in import received_in
from agent.parsing.targets.unwelcome import descends
from prompts.words import say
from tools.crm.query import Assumption, Between, Compare, Dimension, Exists, Filter, MeasureRef, Order
from tools.crm.semantic import Measure

UNUSED_COST = 1.6
CUE_COST = 0.5
NAMED_ENTITY = 0.1
MAX_CANDIDATES = 400
STATES = {"won", "lost", "open", "closed", "overdue", "unpaid", "resolved", "expiring"}
DOING = {"do", "does", "did", "are", "were", "have", "had", "where", "that", "when"}
DEEDS = {"signed", "won"}
FOR = {"帮", "替", "为"}
SORTS = {"级别", "等级", "层级", "级", "档", "档次", "类型", "类别", "种类", "性质", "level", "tier", "grade", "class", "type", "category", "kind"}
_HOW_MUCH = re.compile(r"多少钱|how much", re.IGNORECASE)
_HOW_MANY_EACH = re.compile(r"各(?:自|个)?(?:都)?有?(?:多少|几)|分别有?(?:多少|几)")
_PERHAPS_FREE = {"won", "opened", "closed", "signed", "resolved", "founded", "open", "mine"}


def readings(signals: Signals, paths: Paths, speaker: str | None) -> list[Reading]:
    """All readings, best first. Each has a ``cost`` and a ``fit``; the score is the one less the other."""
    found: list[Reading] = []
    for entity in _entities(signals, paths):
        start = _speaker(Reading(entity, paths, signals), speaker)
        for target in (*figures(start), *records(start)):
            for each in add_conditions(target):
                found += [_finish(happened_then(add_presence(per_each(_compared(alternatives(one)))))) for one in shared(settle(each))]
                if signals.has("share") and (there := add_presence(each)) is not each:
                    found += [_finish(happened_then(alternatives(one))) for one in shared(settle(there))]  # 有未结商机的客户占比
            if len(found) > MAX_CANDIDATES:
                break
    found.sort(key=lambda each: -score(each))
    return found


def score(reading: Reading) -> float:
    """How well a reading explains the question."""
    return reading.fit - reading.cost


def _entities(signals: Signals, paths: Paths) -> list[str]:
    """Kinds of record that the question may be about, deals last as the default."""
    found: dict[str, None] = {}
    for item in signals.items:
        for term in item.terms:
            if paths.vocabulary.rows(term.entity):
                found.setdefault(term.entity)
        for value in item.values:
            found.setdefault(value.entity)
        for pair in item.pairs:
            if pair.what not in {"day", "filled"} or sum(any(other.entity == pair.entity for other in each.pairs) for each in signals.items) > 1:
                found.setdefault(pair.entity)
    happened = {pair.entity for item in signals.items for pair in item.pairs}
    if len(happened) == 1 and (not found or next(iter(happened)).startswith("custom:")):
        found.setdefault(next(iter(happened)))  # 今年发运的有多少: only one kind of record has such a day
    if signals.has("paid") and signals.has("amount", "count") and paths.vocabulary.rows("payment"):
        found.setdefault("payment")
    if signals.has("paid") and signals.has("amount"):
        found |= dict.fromkeys(kind for kind, amounts in paths.vocabulary.columns.amounts.items() if received_in(amounts) is not None)
    if signals.has("signed") and paths.vocabulary.rows("contract"):
        found.setdefault("contract")
    if paths.vocabulary.rows("opportunity"):
        found.setdefault("opportunity")
    return list(found)


def _speaker(reading: Reading, speaker: str | None) -> Reading:
    """As in "my deals": those of the person who asks."""
    mine = reading.signals.at.get("mine", [])
    if not mine or speaker is None:
        return reading.using(*mine)
    path = next(iter(reading.paths.to_entity(reading.entity, "member")), None)
    if path is None:
        return reading
    if path == "":
        path = str(reading.paths.model.entities[reading.entity].title)
    return reading.using(*mine, filters=(Compare(path=path, values=(speaker,)),))


def settle(reading: Reading) -> Reading:
    """Fold an outcome into the measure: deals + won is the measure "won deals", by close date."""
    if not reading.measures or any(ref.over or ref.less or ref.of or ref.part or ref.since for ref in reading.measures):
        return reading
    status = next((part for part in reading.filters if isinstance(part, Compare) and part.path == "status" and part.op == "eq"), None)
    if status is None:
        return reading
    if _contradicts_itself(reading):
        return replace(reading, measures=tuple(_of_any(reading.paths.model.measures, ref) for ref in reading.measures))
    refs = []
    for ref in reading.measures:
        named = _with_status(reading, ref, status)
        if named is None:
            return reading
        refs.append(MeasureRef(measure=named.key, per=ref.per, share=ref.share))
    return replace(reading, measures=tuple(refs), filters=tuple(part for part in reading.filters if part is not status), fit=reading.fit + 0.1)


def _of_any(measures: dict[str, Measure], ref: MeasureRef) -> MeasureRef:
    """A length of time without its own condition: how long lost deals took, where the sales cycle is that of won ones."""
    measure = measures[ref.measure] if ref.measure is not None else None
    if measure is None or measure.op != "days" or ref.per is not None:
        return ref
    path, since, fold = measure.args
    return MeasureRef(fold=ref.fold or fold, since=since, path=path)


def _with_status(reading: Reading, ref: MeasureRef, status: Compare) -> Measure | None:
    """The named measure that equals this one under the outcome."""
    model = reading.paths.model
    if ref.measure is not None:
        own = model.measures[ref.measure]
        if own.where.get("status") == status.values:
            return own
        narrowed = set(own.where) == {"status"} and set(status.values) < set(own.where["status"])
        if (own.where and not narrowed) or own.op == "rate":
            return None
        op, args = own.op, own.args
    else:
        op, args = str(ref.fold), (ref.path,) if ref.path else ()
    wanted = {"status": status.values}
    return next((m for m in model.measures.values() if m.entity == reading.entity and m.op == op and m.args == args and m.where == wanted), None)


def _compared(reading: Reading) -> Reading:
    """As in "compare West and East": the groups that are named, side by side."""
    compares = [i for kind in ("compare", "breakdown", "group") for i in reading.signals.at.get(kind, ())]
    ratio = all(_is_ratio(reading, ref) for ref in reading.measures) and not reading.dimensions
    comparing = ratio or bool(compares) or (reading.signals.superlative and not reading.dimensions) or reading.signals.has("gt")
    if not reading.measures or not comparing:
        return reading
    parted = {ref.part.path for ref in reading.measures if isinstance(ref.part, Compare)}
    for part in reading.filters:
        if isinstance(part, Compare) and part.path in parted:
            continue  # what a share is taken of is no pair to be set side by side
        if isinstance(part, Compare) and part.op == "eq" and len(part.values) >= 2 and not any(d.path == part.path for d in reading.dimensions):
            used = [*compares, *reading.signals.superlative, *(i for i in reading.signals.at.get("gt", ()) if i not in reading.used)]
            made = reading.using(
                *used,
                dimensions=(*reading.dimensions, Dimension(path=part.path)),
                order=(Order(measure=0, descending=descends(reading)),),
                filters=tuple(other for other in reading.filters if other is not part or not is_flag(reading, part.path)),
            )
            return replace(made, focus="compare", fit=reading.fit + 0.6)
        if isinstance(part, Compare) and part.op == "eq" and len(part.values) >= 2:
            return reading.using(*compares, focus="compare" if len(part.values) == 2 else reading.focus, fit=reading.fit + 0.3)
    if reading.dimensions or reading.compare:
        return reading.using(*compares)
    return reading


def _is_ratio(reading: Reading, ref: MeasureRef) -> bool:
    named = reading.paths.model.measures[ref.measure].op if ref.measure is not None else ""
    return ref.part is not None or ref.fold in {"avg", "median"} or named in {"rate", "avg", "days"}


def _finish(reading: Reading) -> Reading:
    """Charge what was left unexplained."""
    cost = reading.cost - (NAMED_ENTITY if _is_named(reading) else 0.0)
    if reading.focus == "lookup" and not any(isinstance(part, Compare) and part.path == reading.select[0] for part in reading.filters):
        cost += UNUSED_COST  # the name turned out to mean other records than the one looked up
    reading = with_asked_columns(reading.using(*said_again(reading)))
    reading = reading.using(*(index for index in reading.open_items() if _is_object_of_kind(reading, reading.item(index))))
    for index in reading.open_items():
        item = reading.item(index)
        if is_own_mention(reading, item) or (item.cues == ("filler",) and item.source != "exact"):
            continue
        if item.is_only_cue and all(kind in FREE for kind in item.cues):
            cost += UNUSED_COST * (_asks_unanswered_amount(reading, item) or ("breakdown" in item.cues and not reading.measures and _counts_each(item)))
            continue
        if item.is_only_cue and "paid" in item.cues and is_measured(reading, item):
            continue
        if item.is_only_cue and "signed" in item.cues and _begins_measured(reading, item):
            continue
        if item.is_only_cue and "paid" in item.cues and reading.entity in {"opportunity", "account"}:
            cost += 2 * UNUSED_COST  # what was won says nothing of what was paid
        elif item.is_only_cue and any(kind in _PERHAPS_FREE for kind in item.cues):
            cost += CUE_COST + _is_deed_of_deals(reading, item)
        elif item.is_only_cue:
            cost += 0.3 if any(kind in FREE for kind in item.cues) else CUE_COST * 2
        else:
            cost += UNUSED_COST
    cost += UNUSED_COST * (len(wanting(reading)) + _contradicts_itself(reading))
    cost -= _both(reading)
    cost += UNUSED_COST * (_counts_one(reading) + counts_doers(reading))
    cost += UNUSED_COST * any(_is_of_part(reading, part) for part in reading.filters)
    cost += UNUSED_COST * sum(_is_settled_group(reading, dimension.path) for dimension in reading.dimensions)
    cost += UNUSED_COST * sum(_is_both_sides(reading, part) for part in reading.filters)
    said = tuple(read_as(reading.item(index)) for index in sorted(reading.used) if reading.item(index).read_as)
    return replace(reading, cost=cost, assumptions=(*reading.assumptions, *said))


def _begins_measured(reading: Reading, item: Item) -> bool:
    """As in 签了多少保费 of a column 签单保费: the verb is that of the amount itself."""
    fields = reading.paths.model.entities[reading.entity].fields
    folded = {arg for ref in reading.measures for arg in _operands(reading, ref) if arg in fields and fields[arg].custom}
    return any(label.startswith(item.text[0]) for key in folded for label in fields[key].words.zh)


def _is_deed_of_deals(reading: Reading, item: Item) -> float:
    """As in "units that we signed for", of a table of what is installed: its records were neither signed nor won."""
    own = reading.paths.model.entities[reading.entity].custom_table is not None
    return UNUSED_COST if own and DEEDS & set(item.cues) else 0.0


def _counts_each(item: Item) -> bool:
    """As in 各多少家: a list says of no group how many it has."""
    return bool(_HOW_MANY_EACH.search(item.text))


def _asks_unanswered_amount(reading: Reading, item: Item) -> bool:
    """As in 运单合计多少钱 of records of an export's own table: their list, or their number, says nothing of the money."""
    own = reading.paths.model.entities[reading.entity].custom_table is not None
    counted = bool(reading.measures) and all(ref.fold == "count" for ref in reading.measures)
    return own and "amount" in item.cues and bool(_HOW_MUCH.search(item.text)) and (counted or reading.focus in {"list", "exists"})


def _counts_one(reading: Reading) -> bool:
    """Whether records are counted of which the question names one by its number: there is one, which nobody asks."""
    counts = [ref.fold == "count" or (ref.measure is not None and reading.paths.model.measures[ref.measure].op == "count") for ref in reading.measures]
    if not counts or not all(counts) or reading.dimensions:
        return False
    numbers = {(value.entity, value.field) for index in reading.used for value in reading.item(index).values if reading.paths.vocabulary.is_number(value)}
    called = [part for part in reading.filters if isinstance(part, Compare) and part.op == "eq" and (reading.entity, part.path) in numbers]
    return any(len(part.values) == 1 for part in called)


def _contradicts_itself(reading: Reading) -> bool:
    """Whether a condition lets none of the records count that a figure is about: the sales cycle, of won deals, of those lost."""
    named = [reading.paths.model.measures[ref.measure] for ref in reading.measures if ref.measure]
    wheres = [reading.paths.model.measures[measure.args[1]].where if measure.op == "rate" else measure.where for measure in named]
    equal = [part for part in reading.filters if isinstance(part, Compare) and part.op == "eq"]
    return any(where.get(part.path) and not set(part.values) & set(where[part.path]) for where in wheres for part in equal)


def _is_of_part(reading: Reading, part: Filter) -> bool:
    """As in the renewal rate of what is active: the records of one state have no share in another."""
    if not isinstance(part, Compare) or part.op != "eq":
        return False
    asked = [ref.part for ref in reading.measures if isinstance(ref.part, Compare) and ref.part.path == part.path]
    return any(not set(each.values) <= set(part.values) for each in asked)


def _is_both_sides(reading: Reading, part: Filter) -> bool:
    """Whether a condition leaves both those that a flag is true of and those that it is not, and so none out."""
    return isinstance(part, Compare) and len(part.values) > 1 and is_flag(reading, part.path)


def _is_settled_group(reading: Reading, path: str) -> bool:
    """Whether a condition leaves one group only: those without an owner, by owner."""
    flag = is_flag(reading, path)
    here = [part for part in reading.filters if isinstance(part, Compare) and part.path == path]
    return any(part.op == "is_null" or (flag and part.op == "eq" and len(part.values) == 1) for part in here)


def _both(reading: Reading) -> float:
    """As in "accounts that bought both X and Y": the reading with a condition for each."""
    both = any(token.norm == "both" for token in reading.signals.tokens)
    return 0.8 if both and sum(isinstance(part, Exists) for part in reading.filters) > 1 else 0.0


def _is_named(reading: Reading) -> bool:
    """Whether the question says what kind of record it is about."""
    return any(term.what == "entity" and term.entity == reading.entity and term.rank < 4 for item in reading.signals.items for term in item.terms)


def read_as(item: Item) -> Assumption:
    """What the answer says about a word that was read as one of the store's."""
    return Assumption(en=say("word_read_as", "en", word=item.text, meant=item.read_as), zh=say("word_read_as", "zh", word=item.text, meant=item.read_as))


def is_own_mention(reading: Reading, item: Item) -> bool:
    """The entity said once more, or a reference that a filter or group already walks over ("rep" in "which rep", "customers")."""
    kinds = {reading.entity, *(part.entity for part in reading.filters if isinstance(part, Exists) and part.entity.startswith("custom:"))}
    if any(term.what == "entity" and term.entity in kinds for term in item.terms):
        return True
    if (
        any(term.what == "measure" and term.entity == reading.entity and not reading.paths.model.measures[term.key].where for term in item.terms)
        and reading.measures
    ):
        own = reading.paths.model.measures
        return any(own[term.key].op == "count" for term in item.terms if term.what == "measure")
    folded = {arg for ref in reading.measures for arg in _operands(reading, ref)}
    if any(term.what == "field" and term.entity == reading.entity and term.key in folded for term in item.terms):
        return True
    grouped = {dimension.path for dimension in reading.dimensions}
    if any(term.what == "field" and term.entity == reading.entity and term.key in grouped for term in item.terms):
        return True  # 各种拜访方式: the kind of the record named once more
    if any(term.what == "inverse" for term in item.terms) and _stands_by_value(reading, item):
        return True
    if any(term.what == "measure" and any(ref.measure == term.key for ref in reading.measures) for term in item.terms) and reading.signals.has("share"):
        return True  # "won value of West as a share of the won value"
    if _is_group_of(reading, item) or _names_filtered_field(reading, item) or _names_day_used(reading, item):
        return True
    outcomes = {kind for kind in OUTCOMES if kind in item.cues}
    if outcomes and any(
        outcomes & (set(reading.item(other).cues) | _said_status(reading, reading.item(other))) for other in reading.used if reading.item(other) is not item
    ):
        return True  # "how long have open deals been open"
    if any(term.what == "field" and term.entity == reading.entity and term.key in _bounded(reading) for term in item.terms):
        return True  # "customers that employ more than 10,000 people"
    if any(term.what == "inverse" and path.split(".")[-1] == term.key for term in item.terms for path in _touched(reading)):
        return True  # "whose team", where the groups are the managers
    if any(term.what == "field" and term.entity == reading.entity and order.path == term.key for term in item.terms for order in reading.order):
        return True  # "which account employs the most people"
    walked = {path.split(".")[0] for path in _touched(reading)}
    model = reading.paths.model.entities[reading.entity]
    targets = {model.fields[key].to for key in walked if key in model.fields}
    return any(term.what == "entity" and term.entity in targets for term in item.terms)


def _is_object_of_kind(reading: Reading, item: Item) -> bool:
    """As in 拜访了多少次客户, "how many visits to customers": those whom the records of the kind named beside are with anyway."""
    at = reading.signals.items.index(item)
    beside = [next((near for near in places if not reading.item(near).is_only_cue), at) for places in _around(reading, at)]
    if _is_doer(reading, item):
        return any(term.what == "entity" and reading.paths.link_to(reading.entity, term.entity) is not None for term in item.terms)
    if _is_beneficiary(reading, item):
        return True
    if _is_owner_of_figure(reading, item, at) or _is_payer(reading, item) or _is_subject(reading, item, at):
        return True
    if is_object_of_event(reading, at) and reading.entity not in DOERS:
        return True
    if is_agent(reading, at) or is_bearer_of_state(reading, at) or is_record_noun(reading, at) or is_state_of_named(reading, at):
        return True
    named = any(near in reading.used and names_kind(reading.item(near), reading.entity) for near in beside)
    return named and any(term.what == "entity" and reading.paths.link_to(reading.entity, term.entity) is not None for term in item.terms)


def _is_beneficiary(reading: Reading, item: Item) -> bool:
    """As in 帮客户拿到多少赔款: for whom it was done, whoever they are, of records of an own table."""
    before = reading.signals.tokens[item.start - 1].text if item.start else ""
    told_apart = reading.dimensions or item.values or reading.signals.has("which", "group")
    own = reading.paths.model.entities[reading.entity].custom_table is not None
    return (
        own and before in FOR and bool(reading.measures) and not told_apart and any(term.what == "entity" and term.entity == "account" for term in item.terms)
    )


def _is_payer(reading: Reading, item: Item) -> bool:
    """As in 客户一共付了多少钱: those who pay, whoever they are."""
    paid = any(index in reading.used for index in reading.signals.at.get("paid", ()))
    told_apart = reading.dimensions or reading.signals.superlative or reading.signals.has("which", "group")
    return reading.entity == "payment" and paid and not told_apart and any(term.what == "entity" and term.entity == "account" for term in item.terms)


def _is_owner_of_figure(reading: Reading, item: Item, at: int) -> bool:
    """As in 客户停机多少小时, "customer downtime": right before a figure that only records of theirs have."""
    if not reading.measures or reading.dimensions or item.values or reading.signals.has("which", "group", "average") or reading.signals.superlative:
        return False
    following = reading.signals.items[at + 1] if at + 1 < len(reading.signals.items) else None
    folded = {arg for ref in reading.measures for arg in _operands(reading, ref)}
    named = {ref.measure for ref in reading.measures}
    told = following is not None and any(
        term.entity == reading.entity and (term.key in folded or (term.what == "measure" and term.key in named and _is_mean(reading, term.key)))
        for term in following.terms
    )
    if following is None or following.start != item.end or not told:
        return False
    return any(term.what == "entity" and reading.paths.link_to(reading.entity, term.entity) is not None for term in item.terms)


def _is_mean(reading: Reading, key: str) -> bool:
    return reading.paths.model.measures[key].op in {"avg", "days"}


def _is_subject(reading: Reading, item: Item, at: int) -> bool:
    """As in 客户取消订阅最主要的原因: at the beginning, those who do what the records are told of by, whoever they are; the groups are others."""
    following = reading.signals.items[at + 1] if at + 1 < len(reading.signals.items) else None
    if at or item.values or following is None or following.start != item.end or at + 1 not in reading.used or not (reading.measures and reading.dimensions):
        return False
    linked = {link.key for term in item.terms if term.what == "entity" and (link := reading.paths.link_to(reading.entity, term.entity)) is not None}
    if not linked or any(dimension.path.split(".")[0] in linked for dimension in reading.dimensions):
        return False
    return any(value.entity == reading.entity and value.field in {"status", "stage"} for value in following.values) and not following.terms


def _around(reading: Reading, at: int) -> tuple[range, range]:
    """The places before an item, nearest first, and those behind."""
    return range(at - 1, -1, -1), range(at + 1, len(reading.signals.items))


def _is_doer(reading: Reading, item: Item) -> bool:
    """As in "which product do customers raise most tickets about": those who do it, whoever they are."""
    tokens = reading.signals.tokens
    before = tokens[item.start - 1] if item.start else None
    last = tokens[item.end - 1]
    return before is not None and before.norm in DOING and last.kind == "latin" and last.norm != last.stem and item.start > 1


def _names_filtered_field(reading: Reading, item: Item) -> bool:
    """As in 欧洲区: the name of a field right beside the value that it is limited to."""
    at = reading.signals.items.index(item)
    if _says_of_which_sort(reading, item, at):
        return True
    keys = {term.key for term in item.terms if term.what == "field"}
    beside = [next((near for near in places if "filler" not in reading.item(near).cues), at) for places in _around(reading, at)]
    if keys & {"status", "stage"} and STATES & {cue for near in beside if near < at and near in reading.used for cue in reading.item(near).cues}:
        return True  # 逾期状态
    states = [value.field for near in beside if near < at and near in reading.used for value in reading.item(near).values]
    if keys & {"status", "stage"} and {"status", "stage"} & set(states):
        return True  # On Hold 状态 of an export that calls it a stage
    return bool(keys & {value.field for near in beside if near in reading.used for value in reading.item(near).values})


def _says_of_which_sort(reading: Reading, item: Item, at: int) -> bool:
    """As in Major 级别的案件, "Key level accounts": a word for kinds or degrees in general, right behind the one that is meant."""
    before = reading.signals.items[at - 1] if at else None
    named = before is not None and at - 1 in reading.used and before.end == item.start and bool(before.values)
    return named and item.text.casefold() in SORTS and not item.values


def _is_group_of(reading: Reading, item: Item) -> bool:
    """As in "which manager's team", 哪个经理的团队: a word for people behind the word that tells whose."""
    if not item.terms or any(term.filled and term.what != "inverse" for term in item.terms):
        return False
    at = reading.signals.items.index(item)
    before = [near for near in (at - 1, at - 2) if near >= 0 and near in reading.used]
    return any(
        (term.what == "field" and reading.paths.model.entities[term.entity].fields[term.key].to == "member") or term.entity == "member"
        for near in before
        for term in reading.item(near).terms
    ) or any(value.entity == "member" for near in before for value in reading.item(near).values)


def _names_day_used(reading: Reading, item: Item) -> bool:
    """As in "departed last month (ATD)": the day by which a verb of the question has limited the records already."""
    days = {reading.window.path} if reading.window is not None else set()
    days |= {part.path for part in reading.filters if isinstance(part, Compare) and part.op in {"not_null", "is_null"}}
    own = reading.paths.model.entities[reading.entity].fields
    named = [term for term in item.terms if term.what == "field" and term.entity == reading.entity and own[term.key].type.is_time]
    return any(term.key in days for term in named) and not item.means_more


def _stands_by_value(reading: Reading, item: Item) -> bool:
    """As in "the Central team": a word for a group of people beside the value that tells which."""
    at = reading.signals.items.index(item)
    return any(reading.signals.items[near].values and near in reading.used for near in (at - 1, at + 1) if 0 <= near < len(reading.signals.items))


def _operands(reading: Reading, ref: MeasureRef) -> tuple[str, ...]:
    """The fields that a measure folds."""
    return reading.paths.model.measures[ref.measure].args if ref.measure else (ref.path,) if ref.path else ()


def _said_status(reading: Reading, item: Item) -> set[str]:
    """The outcomes that a counting measure of the item is limited to."""
    measures = [reading.paths.model.measures[term.key] for term in item.terms if term.what == "measure" and term.entity == reading.entity]
    return {status for measure in measures if measure.op == "count" for status in measure.where.get("status", ())}


def _bounded(reading: Reading) -> set[str]:
    """The fields that a bound is set on."""
    if not any(item.number is not None for item in reading.signals.items):
        return set()
    bounds = (part for part in reading.filters if isinstance(part, Between) or (isinstance(part, Compare) and part.op in {"gt", "ge", "lt", "le"}))
    return {part.path for part in bounds}


def _touched(reading: Reading) -> list[str]:
    return [part.path for part in reading.filters if isinstance(part, Compare)] + [dimension.path for dimension in reading.dimensions]
