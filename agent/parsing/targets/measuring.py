"""Figures that a question may be after: named measures, counts, folds of a field, defaults for "best"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.conditions.moves import tells_moves
from agent.parsing.conditions.values import AFTER
from agent.parsing.language.lexicon import said_within
from agent.parsing.language.text import Token, term_key
from agent.parsing.linking.compounding import KIND_FIELDS
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.signals import GRAINS
from agent.parsing.store_words.label_heads import is_ordinal, is_score
from agent.parsing.store_words.unit_names import time_unit
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.answering import counts_staff
from agent.parsing.targets.attained import attained
from agent.parsing.targets.averaging import averaged
from agent.parsing.targets.cash_in import cash_in
from agent.parsing.targets.contrasting import paired
from agent.parsing.targets.counted_sums import HALVES, SIDE_BY_SIDE, counted_and_summed
from agent.parsing.targets.dating import dated
from agent.parsing.targets.extremes import asks_extreme, extreme, extreme_of, measured_by, others_grouped
from agent.parsing.targets.goods import goods
from agent.parsing.targets.grouping import grouped
from agent.parsing.targets.judging import JUDGED, judges_people
from agent.parsing.targets.lasting import lasting
from agent.parsing.targets.mentions import asks_which_one, is_plain_count, mentions_entity, mentions_kind, named_by_value
from agent.parsing.targets.met import met
from agent.parsing.targets.overdue_money import overdue_money
from agent.parsing.targets.overspending import overspent
from agent.parsing.targets.own_figures import own_figures, pieces, placed
from agent.parsing.targets.pairing import counted_and_added, joined, same_records
from agent.parsing.targets.per_unit import per_unit
from agent.parsing.targets.proportions import proportions
from agent.parsing.targets.ranked_parties import ranked_parties
from agent.parsing.targets.rating import own_rated, rated
from agent.parsing.targets.recorded import counts_nothing, recorded
from agent.parsing.targets.scoring import scored_share
from agent.parsing.targets.several_folds import Fold, several_folds
from agent.parsing.targets.sizing import amount_asked
from agent.parsing.targets.taking_longest import taking_longest
from agent.parsing.targets.variety import variety
from agent.parsing.targets.whose import different_ones
from tools.crm.measuring import conditions_of
from tools.crm.query import Assumption, Compare, MeasureRef
from tools.crm.semantic import FieldType, Measure
from tools.trace.cells import CellType

PEOPLE = {"people", "persons", "人", "employees", "staff"}
UNSOLD = {"product", "account", "member", "target", "budget"}
_BARE = re.compile(r"(?:一共|总共|合计|总计|共计|共|累计|加起来)?(?:有|是)?多少(?:来着)?")
FOLDS = {"average": "avg", "median": "median", "sum": "sum", "most": "max", "least": "min", "latest": "max", "earliest": "min"}


def figures(reading: Reading) -> Iterator[Reading]:
    """Readings that aggregate: named measures, counts, folds of a field; then by group where the question groups."""
    for measured in _measured(reading):
        if not counts_nothing(measured):
            yield from grouped(measured)
    yield from overspent(reading)
    yield from taking_longest(reading)
    yield from placed(reading)


def _measured(reading: Reading) -> Iterator[Reading]:
    if reading.entity == "opportunity" and (counted := list(pieces(reading))):
        yield from counted  # 卖了多少台: what is counted so is what the deals are of, and never the deals
        return
    yield from attained(reading)
    yield from _named(reading)
    yield from counted_and_added(reading)
    yield from counted_and_summed(reading)
    yield from several_folds(reading)
    yield from _counted(reading)
    yield from averaged(reading)
    yield from _folded(reading)
    yield from extreme_of(reading)
    yield from rated(reading)
    yield from own_rated(reading)
    yield from proportions(reading)
    yield from scored_share(reading)
    yield from paired(reading)
    yield from per_unit(reading)
    yield from _best(reading)
    yield from lasting(reading)
    yield from goods(reading)
    yield from recorded(reading)
    yield from _worth(reading)
    yield from cash_in(reading)
    yield from overdue_money(reading)
    yield from dated(reading)
    yield from own_figures(reading)
    yield from met(reading)
    yield from variety(reading)


def _named(reading: Reading) -> Iterator[Reading]:
    """Measures that the question names; several different ones together."""
    model = reading.paths.model
    places = [
        (index, term)
        for index in range(len(reading.signals.items))
        for term in reading.item(index).terms
        if term.what == "measure" and term.entity == reading.entity and term.filled
    ]
    places = [(index, term) for index, term in places if not _is_denied(reading, index)]
    places = [(index, term) for index, term in places if not (is_plain_count(reading, term) and mentions_kind(reading, index))]
    if not places:
        return
    if len({index for index, _ in places}) > 1:
        best = {index: min((term for i, term in places if i == index), key=lambda term: term.rank) for index, _ in places}
        leads = _leads(reading, best)
        best = {index: term for index, term in best.items() if index not in leads}
        once = {term.key: term for term in reversed(best.values())}
        distinct = [term for term in dict.fromkeys(best.values()) if term is once[term.key] and not _is_implied(reading, term, best)]
        refs = same_records([model.measures[term.key] for term in distinct], reading)
        counted = _in_numbers(reading, best)
        if counted is not None:
            yield measured_by(reading, *best, measures=(MeasureRef(measure=counted.key),), fit=1.2)
        elif (len(refs) > 1 or leads or len(once) < len(best)) and not _is_ranked_by(reading, best):
            beside = any(joined(reading, one, other) for one in best for other in best if one < other)
            several = measured_by(reading, *best, *leads, measures=refs, fit=1.0 if beside else 0.5)
            alike = len({frozenset(model.measures[str(ref.measure)].where.items()) for ref in refs}) == 1
            note = HALVES if alike else SIDE_BY_SIDE
            yield replace(several, notes=several.notes | {note: ""}) if beside and not reading.signals.superlative else several
    for index, term in places:
        measure = model.measures[term.key]
        refold = _refold(reading, measure)
        if measure.op == "count" and measure.where and _lists_bounded(reading):
            continue
        bare = all(_BARE.fullmatch(reading.item(i).text) for i in reading.signals.at.get("count", ()))  # 回款多少 asks for money as well
        count = "count" in reading.signals.at and measure.op != "count" and not bare
        fit = 0.6 - 0.05 * term.rank + (0.2 if index in reading.signals.at.get("open", ()) else 0.0)
        counting = reading.signals.at.get("count", []) if measure.op == "count" else []
        if measure.op == "count" and reading.signals.has("amount"):
            fit -= 0.6
        if measure.op == "sum" and bare and reading.signals.has("count"):
            fit += 0.3  # 回款多少
            counting = reading.signals.at["count"]
        if measure.op == "sum" and _is_bounded(reading, index) and (counting or reading.signals.has("count", "list") or _mentioned_besides(reading, index)):
            fit -= 1.4 if _counts_besides(reading, index) else 0.8  # 成交金额不少于1万的赢单有多少: the amount is a condition
        bounded = reading.signals.has("gt", "ge", "lt", "le", "between") and not reading.signals.has("which")
        listed = reading.signals.has("list", "which") or bounded  # "open deals above 60k" wants to see them
        if measure.op == "count" and listed and not counting and not reading.signals.superlative:
            fit -= 0.8 if bounded and measure.where else 0.5
        if refold is None and measure.op == "sum" and measure.where and reading.signals.has("average", "median"):
            filters = conditions_of(measure)
            fold = next(FOLDS[kind] for kind in ("average", "median") if reading.signals.has(kind))
            folded = MeasureRef(fold=fold, path=measure.args[0])
            yield measured_by(replace(reading, filters=(*reading.filters, *filters)), index, *_fold_items(reading), measures=(folded,), fit=fit + 0.2)
            continue
        if (
            measure.op == "days"
            and reading.signals.superlative
            and not reading.signals.timely
            and not asks_which_one(reading)
            and not others_grouped(reading, index)
        ):
            furthest = MeasureRef(measure=term.key, fold="max" if reading.signals.descending else "min")
            yield reading.using(index, *reading.signals.superlative, measures=(furthest,), fit=reading.fit + fit + 0.1)
        if measure.op == "sum" and measure.where and reading.signals.has("count") and not bare:
            same = (m for m in model.measures.values() if m.op == "count" and m.entity == measure.entity and m.where == measure.where)
            mentioned = [other for other in range(len(reading.signals.items)) if other != index and mentions_entity(reading, other)]
            both = any(joined(reading, place, index) for place in reading.signals.at["count"])  # "the number and value of won deals"
            for counted in same:  # "our pipeline in number of deals"
                refs = (MeasureRef(measure=counted.key), *((MeasureRef(measure=measure.key),) if both else ()))
                yield measured_by(reading, index, *reading.signals.at["count"], *mentioned[:1], measures=refs, fit=fit + 0.3)
        if measure.op == "sum" and asks_extreme(reading, index):
            yield extreme(reading, index, measure.args[0], conditions_of(measure))
        if measure.op == "count" and measure.where and reading.signals.has("when") and reading.signals.superlative and measure.time:
            found = MeasureRef(fold="max" if reading.signals.descending else "min", path=measure.time)
            used = (index, *reading.signals.superlative, *reading.signals.at["when"])
            yield reading.using(*used, measures=(found,), filters=(*reading.filters, *conditions_of(measure)), fit=reading.fit + 0.9)
        if measure.op == "count" and measure.where and reading.signals.has("average") and not reading.signals.has("group"):
            money = next((f.key for f in model.entities[reading.entity].fields.values() if f.type is FieldType.MONEY), None)
            mean = next((m for m in model.measures.values() if m.op == "avg" and m.where == measure.where and m.entity == measure.entity), None)
            if mean is not None or money is not None:
                averaged_ = MeasureRef(measure=mean.key) if mean else MeasureRef(fold="avg", path=money)
                limits = () if mean else conditions_of(measure)
                yield reading.using(index, *_fold_items(reading), measures=(averaged_,), filters=(*reading.filters, *limits), fit=reading.fit + 0.4)
        if measure.op == "days" and reading.signals.has("median"):
            yield measured_by(reading, index, *reading.signals.at["median"], measures=(MeasureRef(measure=term.key, fold="median"),), fit=fit + 0.2)
            continue
        if refold is not None:
            yield measured_by(reading, index, *_fold_items(reading), measures=(refold,), fit=fit + 0.2)
        if not (reading.signals.has("average", "median") and measure.op in {"sum", "count"} and refold is not None):
            meant = reading.signals.at.get("average", []) if measure.op in {"avg", "days", "rate"} else []  # "average sales cycle"
            meant = [*meant, *(reading.signals.at.get("duration", ()) if measure.op == "days" else ())]  # 平均周期多少天
            yield measured_by(reading, index, *counting, *meant, measures=(MeasureRef(measure=term.key),), fit=fit - (0.8 if count else 0.0))


def _is_ranked_by(reading: Reading, named: dict[int, Term]) -> bool:
    """As in "which sector do we win best in, by win rate": the figure that "by" leads to is the one to rank by, and not one of two."""
    leading = {*reading.signals.at.get("group", ()), *reading.signals.at.get("rank", ())}
    return bool(reading.signals.superlative) and sum(index - 1 in leading for index in named) == 1 and any("won" in reading.item(index).cues for index in named)


def _is_bounded(reading: Reading, index: int) -> bool:
    """Whether a comparator and a number follow, or a number with its comparator: "amount over 10k", 金额1万以上."""
    items = reading.signals.items[index + 1 : index + 3]
    bounds = {"gt", "ge", "lt", "le", "between", "eq"}
    return any(item.number is not None for item in items) and any(bounds & set(item.cues) for item in reading.signals.items[index + 1 : index + 4])


def _lists_bounded(reading: Reading) -> bool:
    """As in 金额大于29000的赢单有哪些: the records within a bound are to be listed, not counted or added up."""
    signals, fields = reading.signals, reading.paths.model.entities[reading.entity].fields
    if not signals.has("list") or signals.has("count", "amount", "sum", "which", "group", "share", "average"):
        return False
    return any(
        term.what == "field" and term.entity == reading.entity and fields[term.key].type.is_numeric and _is_bounded(reading, index)
        for index, item in enumerate(signals.items)
        for term in item.terms
    )


def _counts_besides(reading: Reading, index: int) -> bool:
    """Whether another word names records that are counted: won deals."""
    measures = reading.paths.model.measures
    terms = (term for other, item in enumerate(reading.signals.items) if other != index for term in item.terms)
    return any(term.what == "measure" and term.entity == reading.entity and measures[term.key].op == "count" for term in terms)


def _mentioned_besides(reading: Reading, index: int) -> bool:
    return any(mentions_entity(reading, other) for other in range(len(reading.signals.items)) if other != index)


def _is_implied(reading: Reading, term: Term, named: dict[int, Term]) -> bool:
    """As in "average deal size of won deals": a count of records that another measure is about anyway."""
    others = list(named.values())
    if any(joined(reading, index, other) for index, own in named.items() if own is term for other in named if named[other] is not term):
        return False  # "won deals and won value"
    model = reading.paths.model.measures
    own = model[term.key]
    if own.op != "count":
        return False
    same = any(model[other.key].where == own.where and model[other.key].op not in {"count", "rate"} for other in others)
    limited = bool(own.where) and any(not model[other.key].where and model[other.key].op in {"sum", "avg"} for other in others)
    return same or limited  # 在跟的商机总金额: the amount of the deals that are open


def _in_numbers(reading: Reading, named: dict[int, Term]) -> Measure | None:
    """As in "our pipeline by number of deals", "as deal counts": how many there are of what another figure is the money of."""
    model = reading.paths.model.measures
    plain = [index for index, term in named.items() if is_plain_count(reading, term)]
    money = [model[term.key] for term in named.values() if model[term.key].op == "sum" and model[term.key].where]
    if len(named) != 2 or len(plain) != 1 or len(money) != 1:
        return None
    start = reading.item(plain[0]).start
    if start == 0 or reading.signals.tokens[start - 1].norm not in {"by", "as", "in", "on"}:
        return None
    return next((m for m in model.values() if m.op == "count" and m.entity == reading.entity and m.where == money[0].where), None)


def _leads(reading: Reading, named: dict[int, Term]) -> set[int]:
    """As in "average won-deal sales cycle": a mean right before another mean or a duration only says of what that is one."""
    model = reading.paths.model.measures
    return {
        index for index, term in named.items()
        if model[term.key].op == "avg" and index + 1 in named and model[named[index + 1].key].op in {"days", "avg"}
        and reading.item(index + 1).start == reading.item(index).end
    }  # fmt: skip


def _is_denied(reading: Reading, index: int) -> bool:
    """Whether a negation stands right before the item: "not won", 没有赢."""
    denials = {*reading.signals.at.get("not", ()), *reading.signals.at.get("without", ())}
    before = index - 1
    return before in denials and reading.item(before).is_only_cue and reading.item(before).text not in AFTER


def _best(reading: Reading) -> Iterator[Reading]:
    """As in "the best rep", "which product sells best": by what is won, when nothing else is said; the answer states it."""
    quality = [
        i for i in reading.signals.superlative if term_key(reading.item(i).text) in {"best", "top", "worst", "最好", "最强", "最佳", "最差", "第一", "冠军"}
    ]
    performing = reading.signals.at.get("performing", [])
    if _ranks_customers(reading):
        quality = quality or list(reading.signals.superlative)
    if reading.entity != "opportunity":
        return
    if _only_moves(reading):
        yield measured_by(reading, measures=(MeasureRef(measure="won_value"),), fit=0.6)
        return
    if not (quality or (performing and reading.signals.superlative)):
        return
    measure = reading.paths.model.measures["lost_count" if _names_loss(reading) else "won_value"]
    said = Assumption(en=f"Ranked by {measure.words.label('en').lower()}.", zh=f"按{measure.words.label('zh')}排名。")
    made = measured_by(reading, *performing, measures=(MeasureRef(measure=measure.key),), fit=0.1)
    judges = measure.key == "won_value" and judges_people(reading)
    notes = {**made.notes, JUDGED: measure.key} if judges else made.notes
    yield replace(made, assumptions=(*made.assumptions, said), notes=notes)
    for other in ("won_count", "win_rate") if judges else ():
        made = measured_by(reading, *performing, measures=(MeasureRef(measure=other),), fit=0.1)
        yield replace(made, notes={**made.notes, JUDGED: other})


def _only_moves(reading: Reading) -> bool:
    """As in 今年比去年涨了还是跌了, "up or down on last year": sales that move, where nothing says what does; never how many records there are."""
    signals = reading.signals
    named = any(term.what in {"measure", "entity"} or (term.what == "field" and term.key == "amount") for item in signals.items for term in item.terms)
    told = signals.has("count", "amount", "won", "lost", "open", "closed", "signed", "opened", "sells", "average", "most", "least", "list")
    moves = signals.has("change") or (signals.has("yearago", "previous") and signals.has("lookup"))  # 今年比去年怎么样
    return moves and any(item.period is not None for item in signals.items) and not named and not told


def _names_loss(reading: Reading) -> bool:
    """Whether the question names the reason for which deals are lost."""
    return any(term.key == "lost_reason" and term.filled for item in reading.signals.items for term in item.terms if term.what == "field")


def _ranks_customers(reading: Reading) -> bool:
    """As in "our biggest customer": customers and a superlative, and nothing that says by what."""
    terms = [term for item in reading.signals.items for term in item.terms if term.rank < 4]
    names_other = any((term.what == "measure" and term.entity != "account") or (term.what == "entity" and term.entity == "opportunity") for term in terms)
    sized = any(field.type.is_numeric for term in terms if term.what == "field" for field in [reading.paths.model.entities[term.entity].fields[term.key]])
    customers = any(term.what == "entity" and term.entity == "account" for term in terms) or any(path == "account" for _, path in ranked_parties(reading))
    ranks = customers and not names_other and not sized and not reading.signals.timely
    return ranks and not _counts_category(reading)


def _counts_category(reading: Reading) -> bool:
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


def _worth(reading: Reading) -> Iterator[Reading]:
    """As in "how much did they win", 赢了多少钱: the money of the entity, where no measure is named."""
    cue = [index for index in reading.signals.at.get("amount", []) if not _is_bounded(reading, index) and reading.item(index).currency is None]
    cue += _paid_how_much(reading)
    if reading.entity == "payment" and cue:
        cue = [*dict.fromkeys((*cue, *reading.signals.at.get("paid", ())))]
    fields = [f for f in reading.paths.model.entities[reading.entity].fields.values() if f.type is FieldType.MONEY]
    filled = [f.key for f in fields if reading.paths.vocabulary.content(reading.entity, f.key).count]
    if reading.paths.model.entities[reading.entity].custom_table is not None and (cue or filled):
        filled = [own] if (own := amount_asked(reading)) is not None else []
    asked = cue or any(reading.item(index).currency for index in reading.signals.at.get("amount", ()))
    if not asked or not filled or (reading.entity in UNSOLD and reading.signals.has("sells", "won", "lost", "signed")):
        return  # GTX 系列卖了多少钱 asks for what was won, not for prices
    named = next(
        (m for m in reading.paths.model.measures.values() if m.entity == reading.entity and m.op == "sum" and m.args == (filled[0],) and not m.where), None
    )
    ref = MeasureRef(measure=named.key) if named else MeasureRef(fold="sum", path=filled[0])
    mean = next((FOLDS[kind] for kind in ("average", "median") if reading.signals.has(kind)), None)
    if mean is not None:  # 平均每单成交多少钱
        ref, cue = MeasureRef(fold=mean, path=filled[0]), [*cue, *_fold_items(reading)]
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index) and not named_by_value(reading, index)]
    yield measured_by(reading, *cue, *mentions[:1], measures=(ref,), fit=0.45)


def _paid_how_much(reading: Reading) -> list[int]:
    """As in 实收了多少: what is paid is money, where nothing says that payments are counted."""
    if reading.entity != "payment":
        return []
    paid = reading.signals.at.get("paid", ())
    behind = [place for place in reading.signals.at.get("count", ()) if place - 1 in paid and _BARE.fullmatch(reading.item(place).text)]
    return [place for index in behind for place in (index - 1, index)]


def _refold(reading: Reading, measure: Measure) -> MeasureRef | None:
    """As in "average won value": the mean of what the measure sums. Only where the measure has no condition of its own, or one that a filter repeats."""
    fold = next((FOLDS[kind] for kind in ("average", "median") if reading.signals.has(kind)), None)
    if fold is None or measure.op != "sum":
        return None
    same = [
        other
        for other in reading.paths.model.measures.values()
        if other.entity == measure.entity and other.op == fold and other.args == measure.args and other.where == measure.where
    ]
    return MeasureRef(measure=same[0].key) if same else MeasureRef(fold=fold, path=measure.args[0]) if not measure.where else None


def _is_money(reading: Reading, index: int) -> bool:
    measures = (reading.paths.model.measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity)
    return any(measure.type is CellType.MONEY for measure in measures)


def _fold_items(reading: Reading) -> list[int]:
    return [index for kind in ("average", "median") for index in reading.signals.at.get(kind, ())]


def _counted(reading: Reading) -> Iterator[Reading]:
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
    if _counts_sales(reading, cue) or _paid_how_much(reading) or _counts_people(reading, cue):
        asked -= 0.8
    if _counts_others(reading, cue) and not tells_moves(reading):
        asked -= 0.8
    if reading.signals.has("when") and not cue:
        asked -= 0.8  # 预计什么时候成交 asks for the day of a deal, not for how many there are
    if mentions:
        taken = [index for index in mentions if not named_by_value(reading, index)][:1]
        if any(_is_money(reading, index) for index in mentions) and all(reading.item(i).text == "多少" or "sum" in reading.item(i).cues for i in cue):
            asked -= 0.4
        yield measured_by(reading, *taken, *reading.signals.at.get("count", ()), measures=(ref,), fit=asked + 0.25)
    elif _counts_category(reading) or _parts_category(reading):
        yield measured_by(reading, measures=(ref,), fit=0.3)  # "who handles the most complaints"
    elif (kinds := _kinds_of_part(reading)) and (entity.key in kinds or entity.key == "opportunity"):
        yield measured_by(reading, measures=(ref,), fit=0.3 if entity.key in kinds else -1.2)  # 全包的占多少, "share of annual plans"
    elif cue or entity.key == "opportunity":
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
                yield measured_by(reading, index, *distinct, *cue, measures=(MeasureRef(fold="count_distinct", path=path),), fit=0.4).paying(cost)


def _kinds_of_part(reading: Reading) -> set[str]:
    """As in 全包的占多少, 电汇和银承各占多少: where nothing says what a share is of, but values of one column of one kind of record alone, it is of those."""
    signals = reading.signals
    if not signals.has("share") or signals.superlative or signals.has("won", "lost", "open", "closed", "sells", "amount", "compare", "without"):
        return set()
    if any(item.terms or item.pairs or item.is_rate for item in signals.items):
        return set()
    kinds = {(value.entity, value.field) for item in signals.items for value in item.values}
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


def _ranks_category(reading: Reading) -> bool:
    """As in 评分最低的产品线: what stands right behind "lowest" is a column that tells the records apart, so that its groups are ranked."""
    fields = reading.paths.model.entities[reading.entity].fields
    behind = [reading.item(index + 1) for index in reading.signals.superlative if index + 1 < len(reading.signals.items)]
    return any(
        term.what == "field" and term.entity == reading.entity and term.filled and fields[term.key].type in {FieldType.TEXT, FieldType.STAGE}
        for item in behind
        for term in item.terms
    )


def _folded(reading: Reading) -> Iterator[Reading]:
    """Mean, median, sum, extremes of a numeric field that the question names."""
    for index in range(len(reading.signals.items)):
        for cost, path in reading.paths.dimension(reading.entity, reading.item(index).terms)[:2]:
            field = reading.paths.field(reading.entity, path)
            if not field.type.is_numeric or "." in path or is_ordinal(field):
                continue
            kinds = [kind for kind in ("average", "median", "sum") if reading.signals.has(kind)]
            pointed = field.type is FieldType.RATE or is_score(field)
            if not kinds and asks_extreme(reading, index) and not (pointed and _ranks_category(reading)):
                won = (Compare(path="status", values=("won",)),) if "won" in said_within(reading.item(index).text) and reading.entity == "opportunity" else ()
                yield extreme(reading, index, path, won)
            timed = [*(reading.signals.at.get("duration", ()) if time_unit(field) else ())]  # 停机一共多少小时
            timed += [i for i in reading.signals.at.get("count", ()) if i == index - 1 and reading.item(i).is_only_cue]  # 平均多少席位
            for kind in kinds:
                yield measured_by(reading, index, *reading.signals.at[kind], *timed, measures=(MeasureRef(fold=FOLDS[kind], path=path),), fit=0.55).paying(cost)
            told_apart = bool(reading.signals.superlative) or reading.signals.has("group", "breakdown", "rank")
            if not kinds and (field.type is not FieldType.RATE or told_apart) and not (_is_bounded(reading, index) and _lists_bounded(reading)):
                fold: Fold = "avg" if pointed else "sum"  # 评分最低的工程师: points and rates are never added up
                yield measured_by(reading, index, measures=(MeasureRef(fold=fold, path=path),), fit=0.0).paying(cost + 0.2)


def _counts_others(reading: Reading, cue: list[int]) -> bool:
    """As in "how many calls with customers": what stands right after "how many" is counted, and it is another kind of record."""
    for index in range(cue[0] + 1, min(cue[0] + 4, len(reading.signals.items))) if cue else ():
        kinds = {term.entity for term in reading.item(index).terms if term.what in {"entity", "kind", "inverse", "measure"}}
        if kinds:
            return reading.entity not in kinds
        if not reading.item(index).values and not reading.item(index).is_only_cue:
            return False
    return False
