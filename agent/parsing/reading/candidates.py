"""Builds every reading of a question that its items allow, and ranks them."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.conditions import add_conditions, add_presence
from agent.parsing.conditions.happened_then import happened_then
from agent.parsing.conditions.overdue import unpaid_in_time
from agent.parsing.linking.items import Item
from agent.parsing.reading.alternatives import alternatives
from agent.parsing.reading.bearers_of_records import of_bearers
from agent.parsing.reading.clauses import with_clauses
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import counts_doers, counts_firms, counts_whose_they_are
from agent.parsing.reading.mean_of_each import per_each
from agent.parsing.reading.mentioned_again import is_object_of_kind, is_own_mention, operands
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.reasons import of_reasons
from agent.parsing.reading.repeated_states import said_again
from agent.parsing.reading.settling import contradicts_itself, settle
from agent.parsing.reading.sharing import is_flag, shared
from agent.parsing.reading.signals import FREE, Signals
from agent.parsing.reading.wanting import is_measured, wanting
from agent.parsing.targets import figures, records
from agent.parsing.targets.asked_columns import with_asked_columns
from agent.parsing.targets.cash_in import by_day_of_receipt, received_in
from agent.parsing.targets.columns_of_those import with_columns_of_those
from agent.parsing.targets.unwelcome import descends
from prompts.words import say
from tools.crm.query import Assumption, Compare, Dimension, Exists, Filter, MeasureRef, Order

UNUSED_COST = 1.6
CUE_COST = 0.5
NAMED_ENTITY = 0.1
MAX_CANDIDATES = 400
DEEDS = {"signed", "won"}
_HOW_MUCH = re.compile(r"多少钱|how much", re.IGNORECASE)
_HOW_MANY_EACH = re.compile(r"各(?:自|个)?(?:都)?有?(?:多少|几)|分别有?(?:多少|几)")
_PERHAPS_FREE = {"won", "opened", "closed", "signed", "resolved", "founded", "open", "mine"}


def readings(signals: Signals, paths: Paths, speaker: str | None) -> list[Reading]:
    """All readings, best first. Each has a ``cost`` and a ``fit``; the score is the one less the other."""
    found: list[Reading] = []
    for entity in _entities(signals, paths):
        start = _speaker(Reading(entity, paths, signals), speaker)
        for target in (target for begun in (start, *with_clauses(start)) for target in (*figures(begun), *records(begun))):
            for each in add_conditions(by_day_of_receipt(target)):
                done = [happened_then(add_presence(per_each(_compared(alternatives(one))))) for one in map(of_reasons, shared(settle(each)))]
                found += [_finish(one) for made in done for one in (made, *of_bearers(made))]
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
    if signals.has("amount") and any((pair.entity, pair.what) == ("payment", "day") for item in signals.items for pair in item.pairs):
        found.setdefault("payment")  # 各区域下月应收多少钱
    if signals.has("overdue") and unpaid_in_time(paths.vocabulary, ""):
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


def _compared(reading: Reading) -> Reading:
    """As in "compare West and East": the groups that are named, side by side."""
    compares = [i for kind in ("compare", "breakdown", "group") for i in reading.signals.at.get(kind, ())]
    ratio = all(_is_ratio(reading, ref) for ref in reading.measures) and not reading.dimensions
    comparing = ratio or bool(compares) or (reading.signals.superlative and not reading.dimensions) or reading.signals.has("gt")
    if not reading.measures or not comparing:
        return reading
    parted = {ref.part.path for ref in reading.measures if isinstance(ref.part, Compare)}
    implied = [part for part in reading.filters if isinstance(part, Compare) and _says_closed(reading, part) and not reading.dimensions]
    if implied and all(_is_rate_of_outcomes(reading, ref) for ref in reading.measures):
        rest = tuple(part for part in reading.filters if part not in implied)
        return reading.using(*compares, filters=rest, fit=reading.fit + 0.4)  # the win rate of decided deals is the win rate
    for part in reading.filters:
        if isinstance(part, Compare) and (part.path in parted or _says_closed(reading, part)):
            continue  # what a share is taken of is no pair to be set side by side, nor are the two ways to be closed
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


def _says_closed(reading: Reading, part: Compare) -> bool:
    """Whether a condition only says that deals are closed, either way: 从立项到办结."""
    timed = reading.signals.has("closed") or any(ref.since is not None for ref in reading.measures)
    timed = timed and not reading.signals.has("won", "lost") and "ends" not in reading.notes
    said = timed or any(_is_rate_of_outcomes(reading, ref) for ref in reading.measures)
    return part.path == "status" and set(part.values) == {"won", "lost"} and said


def _is_rate_of_outcomes(reading: Reading, ref: MeasureRef) -> bool:
    """As the win rate: of those that were won it is always one."""
    measures = reading.paths.model.measures
    return ref.measure is not None and measures[ref.measure].op == "rate" and any("status" in measures[arg].where for arg in measures[ref.measure].args)


def _is_ratio(reading: Reading, ref: MeasureRef) -> bool:
    named = reading.paths.model.measures[ref.measure].op if ref.measure is not None else ""
    return ref.part is not None or ref.fold in {"avg", "median"} or named in {"rate", "avg", "days"}


def _finish(reading: Reading) -> Reading:
    """Charge what was left unexplained."""
    cost = reading.cost - (NAMED_ENTITY if _is_named(reading) else 0.0)
    if reading.focus == "lookup" and not any(isinstance(part, Compare) and part.path == reading.select[0] for part in reading.filters):
        cost += UNUSED_COST  # the name turned out to mean other records than the one looked up
    reading = with_columns_of_those(with_asked_columns(reading.using(*said_again(reading))))
    reading = reading.using(*(index for index in reading.open_items() if is_object_of_kind(reading, reading.item(index))))
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
    cost += UNUSED_COST * (len(wanting(reading)) + contradicts_itself(reading))
    cost -= _both(reading)
    cost += UNUSED_COST * (_counts_one(reading) + counts_doers(reading)) + CUE_COST * (counts_firms(reading) + 4 * counts_whose_they_are(reading))
    cost += UNUSED_COST * any(_is_of_part(reading, part) for part in reading.filters)
    cost += UNUSED_COST * sum(_is_settled_group(reading, dimension.path) for dimension in reading.dimensions)
    cost += UNUSED_COST * sum(_is_both_sides(reading, part) for part in reading.filters)
    said = tuple(read_as(reading.item(index)) for index in sorted(reading.used) if _is_read_as(reading, index))
    return replace(reading, cost=cost, assumptions=(*reading.assumptions, *said))


def _begins_measured(reading: Reading, item: Item) -> bool:
    """As in 签了多少保费 of a column 签单保费: the verb is that of the amount itself."""
    fields = reading.paths.model.entities[reading.entity].fields
    folded = {arg for ref in reading.measures for arg in operands(reading, ref) if arg in fields and fields[arg].custom}
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


def _is_read_as(reading: Reading, index: int) -> bool:
    """Whether a word was read as one of the store's; not 高 in "which is higher" where the store has a category High that no condition is about."""
    item = reading.item(index)
    if not item.read_as or not item.values or not item.cues or item.terms:
        return bool(item.read_as)
    said = " ".join(str(part) for part in reading.filters)
    return any(repr(value.text) in said for value in item.values)


def read_as(item: Item) -> Assumption:
    """What the answer says about a word that was read as one of the store's."""
    return Assumption(en=say("word_read_as", "en", word=item.text, meant=item.read_as), zh=say("word_read_as", "zh", word=item.text, meant=item.read_as))
