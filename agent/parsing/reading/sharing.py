"""Shares: a group's part of the whole, a category's, an outcome's; and which of two conditions is the part."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.parsing.linking.items import OUTCOMES, Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.portions import INSIDE, portioned
from tools.crm.query import Compare, Dimension, Filter, MeasureRef, Order
from tools.crm.semantic import FieldType

_PERCENT = re.compile(r"\b(?:in|as an?) (?:%|per ?cent|percentage|percentages)(?: terms| points?)?(?: |$)")
_GREW = re.compile(r"(?:增长|增|上涨|涨|上升|升|提升|下降|降|下跌|跌)了?(?:多少)?")
IN_PERCENT = {"百分之几", "百分之多少", "几成", "百分比"}
WITHIN = {"in", "among", "within", "在"}
LEADING = {"end", "ends", "ended", "ending", "result", "results", "resulted", "resulting"}


def shared(reading: Reading) -> list[Reading]:
    """As in "share of revenue by product", "what share comes from GTX Pro": each group's part of the whole."""
    rates = reading.signals.at.get("growth_rate", [])
    if reading.compare is not None and reading.measures and (rates or _in_percent(reading) or _grew_on_year(reading)):
        return [reading.using(*rates, focus="growth")]
    shares = reading.signals.at.get("share", [])
    told = [index for index in shares if index not in reading.used and reading.item(index).text in IN_PERCENT]
    if told and reading.measures and all(_is_rate(reading, ref) for ref in reading.measures):
        reading, shares = reading.using(*told), [index for index in shares if index not in told]  # 赢单率是百分之几
    rates = [index for index in shares if reading.item(index).is_rate]
    if any(ref.part for ref in reading.measures):
        return [reading.using(*shares)]
    if rates and (not reading.measures or reading.dimensions or reading.compare is not None or not set(rates) <= reading.used):
        return []  # 各产品的合格率 is no group's share of the whole, nor is it a list of what has passed
    if not shares or not reading.measures or (set(shares) <= reading.used and not rates):
        return [reading]
    if reading.compare is not None or (reading.signals.has("change", "yearago", "previous") and not reading.dimensions):
        return [reading.using(*shares, focus="growth")]  # "by what percentage did it change"
    measures = (reading.measures[0].model_copy(update={"share": True}), *reading.measures[1:])
    noted = reading.signals.at.get("recorded_only", [])
    if len(reading.dimensions) == 1 and is_flag(reading, reading.dimensions[0].path) and not reading.signals.has("group", "breakdown", "which"):
        rest = (*reading.filters, *(Compare(path=reading.dimensions[0].path, op="not_null") for _ in noted[:1]))
        return [replace(reading.using(*shares, *noted, measures=measures, filters=rest, only=("true",)), focus="share", fit=reading.fit + 0.4)]
    if reading.dimensions and (_is_share_of_those(reading, shares[0]) or _counts_unnamed(reading)):
        return []
    if (one := _one_of_groups(reading, shares[0])) is not None:
        rest = tuple(part for part in reading.filters if part is not one)
        rest = (*rest, *(Compare(path=one.path, op="not_null") for _ in noted[:1]))
        made = reading.using(*shares, *noted, measures=measures, filters=rest, only=one.values)
        return [replace(made, order=(Order(measure=0),), focus="share", fit=reading.fit + 0.4)]
    if reading.dimensions:
        return [reading.using(*shares, measures=measures, focus="breakdown", fit=reading.fit + 0.4)]
    portion = portioned(reading, shares) if not rates else None
    if portion is not None:
        return [portion]
    outcome = [] if _is_part_of_outcome(reading) or _is_bounded(reading) else _outcome_share(reading, shares)
    if outcome:
        return outcome
    said_again = _part_said_again(reading, shares[0])
    if said_again is not None:
        path = said_again.path
        rest = tuple(each for each in reading.filters if not (isinstance(each, Compare) and each.path == path and set(each.values) <= {*said_again.values}))
        rest = tuple(each for each in rest if not (isinstance(each, Compare) and each.path == path and len(each.values) == 1))
        made = reading.using(*shares, measures=measures, filters=rest, dimensions=(Dimension(path=path),), only=said_again.values)
        return [replace(made, order=(Order(measure=0),), focus="share", fit=reading.fit + 0.6)]
    for part in _parts_of_whole(reading, shares):
        if isinstance(part, Compare) and part.op == "eq":
            if part.path == "status" and _is_bounded(reading):
                return []
            rest = tuple(other for other in reading.filters if other is not part)
            if (rates or noted) and not _is_always_filled(reading, part.path):
                rest = (*rest, Compare(path=part.path, op="not_null"))
            made = reading.using(*shares, *noted, measures=measures, filters=rest, dimensions=(Dimension(path=part.path),), only=part.values)
            return [replace(made, order=(Order(measure=0),), focus="share", fit=reading.fit + 0.4)]
    return [reading]


def _is_rate(reading: Reading, ref: MeasureRef) -> bool:
    return ref.measure is not None and reading.paths.model.measures[ref.measure].op == "rate"


def _one_of_groups(reading: Reading, share: int) -> Compare | None:
    """As in 价格太高占丢单原因的多少: the one group whose part is asked for, and no condition that would leave nothing but that group."""
    before = share > 0 and bool(reading.item(share - 1).values)
    if len(reading.dimensions) != 1 or reading.signals.has("breakdown", "which") or reading.signals.superlative:
        return None
    if reading.signals.has("group") and not before:
        return None
    own = [part for part in reading.filters if isinstance(part, Compare) and (part.path, part.op, len(part.values)) == (reading.dimensions[0].path, "eq", 1)]
    return own[0] if len(own) == 1 else None


def _part_said_again(reading: Reading, share: int) -> Compare | None:
    """As in （已结案加拒赔），拒赔占多大比例: the one of several values of a column that is said once more, right before its share is asked for."""
    before = reading.item(share - 1) if share else None
    if before is None or not before.values:
        return None
    for part in reading.filters:
        if not isinstance(part, Compare) or part.op != "eq" or len(part.values) < 2:
            continue
        meant = {value.text for value in before.values if value.text in part.values}
        said = [at for at, item in enumerate(reading.signals.items[:share]) if meant & {value.text for value in item.values}]
        if len(meant) == 1 and len(said) > 1:
            return Compare(path=part.path, values=tuple(meant))
    return None


def _is_of_other_outcome(reading: Reading, share: int, status: str) -> bool:
    """As in （赢单加丢单），丢单占多大比例: whether another outcome is the one whose share is asked for."""
    before = reading.item(share - 1) if share else None
    if before is None or before.end != reading.item(share).start:
        return False
    said = {kind for kind in before.cues if kind in OUTCOMES}
    return bool(said) and status not in said


def _is_bounded(reading: Reading) -> bool:
    """As in 金额不少于5000的赢单占比: the bound says which of those that were won, so that these are the whole."""
    items, tokens = reading.signals.items, reading.signals.tokens
    for at, item in enumerate(items[1:], 1):
        bound = items[at - 1].number is not None and items[at - 1].period is None
        if bound and OUTCOMES & set(item.cues) and [token.text for token in tokens[items[at - 1].end : item.start]] == ["的"]:
            return True
    return False


def _is_share_of_those(reading: Reading, share: int) -> bool:
    """As in "share of customers with an open deal", 有未结商机的客户占比: how many of them, and not each one's part."""
    if reading.signals.has("group", "breakdown", "which") or len(reading.dimensions) != 1:
        return False
    target, tokens = reading.paths.field(reading.entity, reading.dimensions[0].path).to, reading.signals.tokens
    if reading.item(share).text.casefold().endswith("of"):
        named = reading.signals.items[share + 1 : share + 2]
    else:
        before = reading.signals.items[share - 1] if share else None
        told = before is not None and tokens[before.start - 1].text == "的" and "有" in {token.text for token in tokens[: before.start]}
        named = (before,) if told and before is not None else ()
    return any(term.what == "entity" and term.entity == target for item in named for term in item.terms)


def _counts_unnamed(reading: Reading) -> bool:
    """As in 国有客户占全部客户的比例 of deals by customer: nothing says that each customer's part is asked for, nor of what."""
    ref, signals = reading.measures[0], reading.signals
    if signals.has("group", "breakdown", "which", "rank") or signals.superlative or len(reading.dimensions) != 1:
        return False
    counts = ref.fold == "count" if ref.measure is None else reading.paths.model.measures[ref.measure].op == "count"
    named = any(term.entity == reading.entity and term.what in {"entity", "kind", "measure"} for item in signals.items for term in item.terms)
    return counts and not named and reading.paths.field(reading.entity, reading.dimensions[0].path).to is not None


def _counts_some(reading: Reading, item: Item) -> bool:
    """Whether it names records that are told apart from others: won deals."""
    measures = (reading.paths.model.measures[term.key] for term in item.terms if term.what == "measure" and term.entity == reading.entity)
    return any(measure.op == "count" and measure.where for measure in measures)


def _in_percent(reading: Reading) -> bool:
    """As in "how much did it grow, in percent": the change as a share of what there was."""
    return bool(_PERCENT.search(" ".join(token.norm for token in reading.signals.tokens)))


def _grew_on_year(reading: Reading) -> bool:
    """As in 比去年同期涨了多少: over the same days of a year before, growth is told as a rate."""
    return reading.signals.has("yearago") and any(_GREW.fullmatch(reading.item(index).text) for index in reading.signals.at.get("change", ()))


def _is_always_filled(reading: Reading, path: str) -> bool:
    field = reading.paths.field(reading.entity, path)
    return reading.paths.vocabulary.content(field.entity, field.key).count >= reading.paths.vocabulary.rows(field.entity)


def _is_part_of_outcome(reading: Reading) -> bool:
    """As in "share of referrals in won deals", 新业务占赢单数的比例: the outcome is what the value has a share of."""
    if _is_said_behind_outcome(reading):
        return True
    at = reading.notes.get("measure_item")
    named = at is not None and any(term.what == "measure" and reading.paths.model.measures[term.key].where for term in reading.item(int(at)).terms)
    return named and any(isinstance(part, Compare) and part.op == "eq" and part.path != "status" for part in reading.filters)


def _is_said_behind_outcome(reading: Reading) -> bool:
    """As in 赢的单子里，伙伴推荐来的占百分之几: of what was won, which stands first, the part that is said right before the share is asked for."""
    share = min(reading.signals.at.get("share", [0]))
    ended = [index for index, item in enumerate(reading.signals.items) if OUTCOMES & set(item.cues) or _counts_some(reading, item)]
    parts = [part for part in reading.filters if isinstance(part, Compare) and part.op == "eq" and part.path not in {"status", "stage"}]
    places = [at for part in parts if (at := _place_of(reading, part)) is not None]
    if ended and places and max(ended) < share < min(places):  # 丢的单里，多大比例是因为价格
        between = reading.signals.tokens[reading.item(max(ended)).end : reading.item(share).start]
        return reading.signals.tokens[0].norm in {"of", "among"} or any(token.text in INSIDE for token in between)
    return bool(ended and places) and max(ended) < max(places) < share


def _outcome_share(reading: Reading, shares: list[int]) -> list[Reading]:
    """As in "what percentage of deals did we win": of all deals, or of those decided? Both readings are kept, to be asked about."""
    model = reading.paths.model
    name = reading.measures[0].measure
    status = model.measures[name].where.get("status", ()) if name and model.measures[name].op == "count" else ()
    every = next((m for m in model.measures.values() if m.entity == reading.entity and m.op == "count" and not m.where), None)
    if len(status) != 1 or every is None or _is_of_other_outcome(reading, shares[0], status[0]):
        return []
    rest = tuple(part for part in reading.filters if not (isinstance(part, Compare) and part.path == "status"))
    decided = reading.signals.at.get("closed", [])
    if decided:  # "of the deals he has finished, what percentage did he win"
        rate = next((m for m in model.measures.values() if m.op == "rate" and m.args[:1] == (name,)), None)
        return [reading.using(*shares, *decided, measures=(MeasureRef(measure=rate.key),), filters=rest, fit=reading.fit + 0.6)] if rate else []
    of_all = reading.using(*shares, measures=(MeasureRef(measure=every.key, share=True),), filters=rest, dimensions=(Dimension(path="status"),), only=status)
    readings_ = [replace(of_all, order=(Order(measure=0),), focus="share", fit=reading.fit + 0.4, about="share")]
    rate = next((m for m in model.measures.values() if m.op == "rate" and m.args[:1] == (name,)), None)
    if rate is not None:
        of_closed = reading.using(*shares, measures=(MeasureRef(measure=rate.key),), filters=rest)
        readings_.append(replace(of_closed, fit=reading.fit + 0.4, about="share"))
    return readings_


def _parts_of_whole(reading: Reading, shares: list[int]) -> list[Filter]:
    """The conditions, first the one that the share is of: as in "of Ningbo's shipments, what share went by sea", A 客户的拜访中有 B 的占比."""
    places = {part: at for part in reading.filters if isinstance(part, Compare) and part.op == "eq" and (at := _place_of(reading, part)) is not None}
    if len(places) < 2:
        return list(reading.filters)
    order = sorted(places, key=lambda part: places[part])
    before = [part for part in order if places[part] < shares[0]]
    after = [part for part in order if places[part] > shares[0]]
    if before and after:
        possessed = _is_of_what_follows(reading, shares[0])
        first = before[-1] if possessed else after[-1]
    elif after:
        first = after[0] if _word_before(reading, places[after[-1]]) in WITHIN and not _follows_verb(reading, places[after[-1]]) else after[-1]
    else:
        first = before[0] if _word_before(reading, places[before[-1]]) in WITHIN else before[-1]
    return [first, *(part for part in reading.filters if part is not first)]


def _place_of(reading: Reading, part: Compare) -> int | None:
    """The item that a condition was made of."""
    field = reading.paths.field(reading.entity, part.path)
    for index in sorted(reading.used):
        item = reading.item(index)
        if any(value.text in part.values for value in item.values):
            return index
        if field.type is FieldType.FLAG and any(term.what == "field" and (term.entity, term.key) == (field.entity, field.key) for term in item.terms):
            return index
    return None


def _is_of_what_follows(reading: Reading, share: int) -> bool:
    """As in "Baltica's share of", "as a share of", 占: what stands before is the part of what stands behind."""
    item = reading.item(share)
    behind = reading.signals.tokens[item.end].norm if item.end < len(reading.signals.tokens) else ""
    text = item.text.casefold()
    if text.startswith(("what", "which", "how")):
        return False
    return text.startswith("占") or "of" in {behind, text.split()[-1]}


def _word_before(reading: Reading, index: int) -> str:
    start = reading.item(index).start
    words = [token.norm for token in reading.signals.tokens[:start] if token.norm not in {"the", "our", "all"}]
    if len(words) > 1 and words[-1] == "in" and words[-2] in LEADING:
        return ""  # "calls that ended in no answer"
    return words[-1] if words else ""


def _follows_verb(reading: Reading, index: int) -> bool:
    """As in "ended in No Answer": what the records did, and not within what they are."""
    before = reading.signals.items[index - 1] if index else None
    return before is not None and before.is_only_cue and "filler" not in before.cues and reading.item(index).start - before.end <= 1


def is_flag(reading: Reading, path: str) -> bool:
    """Whether a path ends in a yes or no."""
    return reading.paths.field(reading.entity, path).type is FieldType.FLAG
