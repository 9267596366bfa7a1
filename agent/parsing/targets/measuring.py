"""Figures that a question may be after: named measures, counts, folds of a field, defaults for "best"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.language.lexicon import said_within
from agent.parsing.language.text import term_key
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.label_heads import is_ordinal, is_score
from agent.parsing.store_words.unit_names import time_unit
from agent.parsing.targets.attained import attained
from agent.parsing.targets.averaging import averaged
from agent.parsing.targets.cash_in import cash_in
from agent.parsing.targets.contrasting import paired
from agent.parsing.targets.counted import counted, counts_category, paid_how_much
from agent.parsing.targets.counted_sums import counted_and_summed
from agent.parsing.targets.dating import dated
from agent.parsing.targets.extremes import asks_extreme, extreme, extreme_of, measured_by
from agent.parsing.targets.goods import goods
from agent.parsing.targets.grouping import grouped
from agent.parsing.targets.judging import JUDGED, judges_people
from agent.parsing.targets.lasting import lasting
from agent.parsing.targets.mentions import mentions_entity, named_by_value
from agent.parsing.targets.met import firms, met
from agent.parsing.targets.named_measures import FOLDS, fold_items, is_bounded, lists_bounded, named_measures
from agent.parsing.targets.overdue_money import overdue_money
from agent.parsing.targets.overspending import overspent
from agent.parsing.targets.own_figures import own_figures, pieces, placed
from agent.parsing.targets.pairing import counted_and_added
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
from tools.crm.query import Assumption, Compare, MeasureRef
from tools.crm.semantic import FieldType

UNSOLD = {"product", "account", "member", "target", "budget"}


def figures(reading: Reading) -> Iterator[Reading]:
    """Readings that aggregate: named measures, counts, folds of a field; then by group where the question groups."""
    for measured in _measured(reading):
        if not counts_nothing(measured):
            yield from grouped(measured)
    yield from overspent(reading)
    yield from taking_longest(reading)
    yield from placed(reading)


def _measured(reading: Reading) -> Iterator[Reading]:
    if reading.entity == "opportunity" and (sold := list(pieces(reading))):
        yield from sold  # 卖了多少台: what is counted so is what the deals are of, and never the deals
        return
    yield from attained(reading)
    yield from named_measures(reading)
    yield from counted_and_added(reading)
    yield from counted_and_summed(reading)
    yield from several_folds(reading)
    yield from counted(reading)
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
    yield from firms(reading)
    yield from variety(reading)


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
    return ranks and not counts_category(reading)


def _worth(reading: Reading) -> Iterator[Reading]:
    """As in "how much did they win", 赢了多少钱: the money of the entity, where no measure is named."""
    cue = [index for index in reading.signals.at.get("amount", []) if not is_bounded(reading, index) and reading.item(index).currency is None]
    cue += paid_how_much(reading)
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
        ref, cue = MeasureRef(fold=mean, path=filled[0]), [*cue, *fold_items(reading)]
    mentions = [index for index in range(len(reading.signals.items)) if mentions_entity(reading, index) and not named_by_value(reading, index)]
    yield measured_by(reading, *cue, *mentions[:1], measures=(ref,), fit=0.45)


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
            if not kinds and (field.type is not FieldType.RATE or told_apart) and not (is_bounded(reading, index) and lists_bounded(reading)):
                fold: Fold = "avg" if pointed else "sum"  # 评分最低的工程师: points and rates are never added up
                yield measured_by(reading, index, measures=(MeasureRef(fold=fold, path=path),), fit=0.0).paying(cost + 0.2)
