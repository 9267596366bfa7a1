"""Groups that a question asks for, with or without "by", and their ranking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.conditions.calendar_columns import calendar_column, is_told_by_columns
from agent.parsing.conditions.flags import names_the_rest
from agent.parsing.conditions.named_times import named_time
from agent.parsing.linking.compounding import KIND_FIELDS
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.happening import is_object_of_verb
from agent.parsing.reading.signals import GRAINS
from agent.parsing.targets.doers import doer
from agent.parsing.targets.group_places import group_places, groupable, is_mean_over, spreads_mean
from agent.parsing.targets.group_words import (
    asks_which_of_two,
    each_of_those,
    is_told_which,
    names_several,
    repeats_titles,
)
from agent.parsing.targets.mentions import WHO, is_numeric, is_relative, mentions_entity, sizes_records
from agent.parsing.targets.one_of_records import singles_out_record
from agent.parsing.targets.per_record import per_record
from agent.parsing.targets.ranked_parties import are_chosen_among, is_one_of_sort, ranked_parties
from agent.parsing.targets.unwelcome import descends
from agent.parsing.targets.whose import holders_through, is_whose, whose
from prompts.words import say
from tools.crm.query import Assumption, Dimension, Grain, Having, Order
from tools.crm.semantic import FieldType

_FIRM = re.compile(r"是?哪(?:一|几)?(?:家|个客户|家客户)")
_KIND = re.compile(r"(?:类型|类别|种类|分类)$|\b(?:type|kind|category)$", re.IGNORECASE)
_WHICH_KIND = re.compile(r"是?哪(?:一|几)?[类种]")
RECEIVABLE = "receivable_balance"
MOST_OF = {"most", "fewest", "least", "more", "fewer", "less", "top", "最多", "最少", "更多", "更少"}
KINDS = {"各类", "各种", "每类", "每种", "各类型", "不同类型", "不同种类"}


def grouped(reading: Reading) -> Iterator[Reading]:
    """The figure itself, and by the groups that the question names."""
    reading = per_record(_by_reason(reading))
    asked = list(group_places(reading))
    grain = reading.signals.grain
    if grain is not None and _sets_against(reading, grain):
        named = [index for kind, each in GRAINS.items() if each == grain for index in reading.signals.at.get(kind, ())]
        reading, grain = reading.using(*named), None
    if grain is not None:
        path = _default_time(reading)
        if path is not None:
            places = [index for kind in ("grain_day", "grain_week", "grain_month", "grain_quarter", "grain_year") for index in reading.signals.at.get(kind, ())]
            dated = reading.paths.vocabulary.filled(reading.entity, path) and not is_told_by_columns(reading)
            own = None if dated else calendar_column(reading, grain)
            over = Dimension(path=path, grain=grain) if own is None else Dimension(path=own)
            timed = reading.using(*places, dimensions=(*reading.dimensions, over), focus="trend" if own is None else "breakdown", fit=reading.fit + 0.5)
            if reading.signals.superlative:
                timed = _ranked(timed, "top")
            yield from _with_groups(timed, asked) if asked else [timed]
            return
    kinds = _by_kind(reading)
    if kinds is None and not asked:
        kinds = each_of_those(reading)
    if kinds is not None and not asked:
        yield _ranked(kinds, "top" if kinds.signals.superlative else "breakdown")
    elif kinds is not None and not any(_of_each_kind(reading, index) for index in asked):
        yield from _with_groups(kinds, asked)  # 每个片区各类客户的数量
        return
    if not asked:
        items = reading.signals.items
        several = sum(bool(item.values) for item in items) > 1  # "who is higher, West or East?"
        bare = not any(groupable(reading, index) for index in reading.open_items() if items[index].period is None)  # 三季度跟四季度哪个高
        several = several or (sum(item.period is not None for item in items) > 1 and (bare or not reading.signals.has("which", "list")))
        if reading.signals.superlative <= reading.used or several:
            yield reading
        yield from _asked_group(reading)
        return
    yield from _with_groups(reading, asked)


def _sets_against(reading: Reading, grain: Grain) -> bool:
    """As in 十月份和十一月份哪个月多: two periods to be compared, rather than all of that length."""
    return [item.period.grain for item in reading.signals.items if item.period is not None] == [grain, grain] and bool(reading.signals.superlative)


def _by_reason(reading: Reading) -> Reading:
    """As in "why do we lose deals": by the reason that was noted, where the question does not name that field itself."""
    why, key = reading.signals.at.get("why", []), "lost_reason"
    fields = reading.paths.model.entities[reading.entity].fields
    if not why or key not in fields or not reading.signals.has("lost") or not reading.paths.vocabulary.filled(reading.entity, key):
        return reading
    if any(path == key for item in reading.signals.items for _, path in reading.paths.dimension(reading.entity, item.terms)):
        return reading.using(*why)
    return reading.using(
        *why,
        *reading.signals.superlative,
        dimensions=(*reading.dimensions, Dimension(path=key)),
        order=(Order(measure=0),),
        focus="breakdown",
        fit=reading.fit + 0.8,
    )


def _by_kind(reading: Reading) -> Reading | None:
    """As in 各类互动, "different kinds of tickets": by the field that says of what kind a record is."""
    cue = [i for i in reading.signals.at.get("group", ()) if reading.item(i).text in KINDS or reading.item(i).text.casefold() in KINDS]
    cue += which_kind(reading) if reading.signals.superlative else []
    fields = reading.paths.model.entities[reading.entity].fields
    known = (key for key in KIND_FIELDS if key in fields and reading.paths.vocabulary.content(reading.entity, key).count)
    key = next(known, None) or _own_kind(reading) if cue else None
    if key is None:
        return None
    return reading.using(*cue, dimensions=(*reading.dimensions, Dimension(path=key)), fit=reading.fit + 0.6, focus="breakdown")


def which_kind(reading: Reading) -> list[int]:
    """As in 赢单率最低的是哪类项目: the word that asks for a kind, right before the records."""
    asked = [index for index in reading.signals.at.get("which", ()) if _WHICH_KIND.fullmatch(reading.item(index).text)]
    behind = ((index, reading.signals.items[index + 1]) for index in asked if index + 1 < len(reading.signals.items))
    return [index for index, item in behind if not item.values and any(term.what == "entity" and term.entity == reading.entity for term in item.terms)]


def _own_kind(reading: Reading) -> str | None:
    """The one category of an own table by whose header its records are of types: 故障类型, ``clm_type``."""
    fields = reading.paths.model.entities[reading.entity].fields.values()
    kinds = [f.key for f in fields if f.custom and f.type in {FieldType.TEXT, FieldType.STAGE} and any(_KIND.search(word) for word in f.words.en)]
    return kinds[0] if len(kinds) == 1 and len(reading.paths.vocabulary.content(reading.entity, kinds[0]).values) > 1 else None


def _with_groups(reading: Reading, places: list[int]) -> Iterator[Reading]:
    if is_mean_over(reading) and not any(dimension.grain for dimension in reading.dimensions):
        return
    found = [reading]
    for index in places:
        options = _options(reading, index)[:3]
        found = [_add_group(one, index, path, cost - options[0][0]) for one in found for cost, path in options]
    spread = 1.0 if spreads_mean(reading) else 0.0
    for each in found:
        made = replace(each, fit=each.fit + 0.5 - spread, focus="trend" if each.focus == "trend" else "breakdown")
        yield _ranked(made, "top" if made.signals.superlative else "breakdown")


def _options(reading: Reading, index: int) -> list[tuple[float, str]]:
    """The groups that an item may name; a column of the own table itself before one of that name in the records that it refers to."""
    options = [(cost, path) for cost, path in reading.paths.dimension(reading.entity, reading.item(index).terms) if not is_numeric(reading, path)]
    entity = reading.paths.model.entities[reading.entity]
    if _of_each_kind(reading, index) and (by_kind := [(cost, kind) for cost, path in options if (kind := _kind_at(reading, path)) is not None]):
        return by_kind
    own = [(cost, path) for cost, path in options if path in entity.fields and entity.fields[path].custom]
    return own if own and entity.custom_table is not None else options


def _of_each_kind(reading: Reading, index: int) -> bool:
    """As in 各类客户的成交额: not the records that it names, but their kinds are the groups."""
    before = reading.item(index - 1) if index else None
    return before is not None and before.end == reading.item(index).start and before.text.casefold() in KINDS


def _kind_at(reading: Reading, path: str) -> str | None:
    """The field that says of what kind the records at the end of a path are."""
    target = reading.paths.field(reading.entity, path).to
    key = next((key for key in KIND_FIELDS if target is not None and reading.paths.vocabulary.content(target, key).values), None)
    return f"{path}.{key}" if key is not None else None


def _add_group(reading: Reading, index: int, path: str, cost: float) -> Reading:
    if path == "status" and _has_outcome(reading) and reading.paths.vocabulary.filled(reading.entity, "stage"):
        path = "stage"  # open deals differ by their stage alone
    field = reading.paths.field(reading.entity, path)
    if any(dimension.path == path and (dimension.grain or reading.signals.grain) for dimension in reading.dimensions):
        return reading.using(index).paying(cost)  # monthly, by order date
    if field.type.is_time and path in reading.paths.model.entities[reading.entity].fields and any(each.grain for each in reading.dimensions):
        timed = tuple(each.model_copy(update={"path": path}) if each.grain else each for each in reading.dimensions)
        return reading.using(index, dimensions=timed).paying(cost)  # per quarter, by decision date: the day that tells the quarter
    grain = "month" if field.type.is_time else None
    return reading.using(index, dimensions=(*reading.dimensions, Dimension(path=path, grain=grain))).paying(cost)


def _has_outcome(reading: Reading) -> bool:
    """Whether what is counted is limited to one outcome already."""
    measures = (reading.paths.model.measures[ref.measure] for ref in reading.measures if ref.measure)
    return "stage" in reading.paths.model.entities[reading.entity].fields and any(len(measure.where.get("status", ())) == 1 for measure in measures)


def _asked_group(reading: Reading) -> Iterator[Reading]:
    """As in "which rep won most", "top 5 accounts by revenue", 销售额最高的产品, "reps with more than 100 deals": a group without "by"."""
    signals = reading.signals
    wants = bool(signals.superlative) or signals.has("rank", "share", "breakdown")
    bounded = signals.has("gt", "ge", "lt", "le", "eq")
    compares = any(index not in reading.used for index in signals.at.get("compare", ()))
    if (not wants and not bounded and not compares and not signals.has("which")) or singles_out_record(reading):
        return
    places = [index for index in range(len(signals.items)) if index not in reading.used and index not in signals.superlative and groupable(reading, index)]
    places = [index for index in places if not reading.item(index).period and not _beside_value(reading, index)]
    if signals.has("share") and not signals.has("group") and all(index + 1 in signals.at["share"] for index in signals.at.get("which", ())):
        places = [index for index in places if not _is_within_whole(reading, index)]
    if signals.has("share") and not signals.has("which", "group"):
        places = [index for index in places if not is_told_which(reading, index)]
    asking = (*signals.at.get("which", ()), *signals.at.get("lookup", ()))
    if asks_which_of_two(reading):
        places = []
    if names_several(reading):
        places = [index for index in places if not is_told_which(reading, index)]
    who = [index for index in asking if signals.items[index].text.casefold() in WHO and not is_relative(reading, index)]
    who += [at for at, _, kind in whose(reading) if kind == reading.entity and at not in asking]  # 谁处理的工单最多
    if who and any(term.what == "kind" and term.entity == reading.entity for item in signals.items for term in item.terms):
        places = [index for index in places if not any(term.entity == "account" for term in reading.item(index).terms)]  # 谁拜访客户最勤
    if who:
        places = [index for index in places if not is_object_of_verb(reading, index)]  # "who logged most client visits"
        places = [index for index in places if not (mentions_entity(reading, index) and not reading.item(index).values)]  # 谁的在谈项目金额最大
    places = [index for index in places if not is_whose(reading, index)]
    for index in places:
        options = _options(reading, index)[:2]
        options = [(cost, path) for cost, path in options if not reading.paths.field(reading.entity, path).type.is_time]
        if signals.has("share") and not signals.has("group", "breakdown"):
            options = [(cost, path) for cost, path in options if reading.paths.field(reading.entity, path).type is not FieldType.FLAG]  # of key accounts
        options = [(cost, path) for cost, path in options if not _is_condition(reading, index, path)]
        if any(path == reading.paths.model.entities[reading.entity].title and not repeats_titles(reading, index, path) for _, path in options):
            continue
        for cost, path in options:
            made = _add_group(reading, index, path, cost - options[0][0])
            bonus = 0.45 if wants else 0.05
            yield _ranked(replace(made, fit=made.fit + bonus), "top" if wants and signals.superlative else "breakdown")
    if (
        not places
        and not reading.dimensions
        and not sizes_records(reading)
        and (signals.place > 1 or signals.has("rank"))
        and not any(item.values for item in signals.items)
    ):
        yield from _of_people(reading)
    for _, path in ranked_parties(reading) if wants and all(mentions_entity(reading, index) for index in places) else ():
        own = [index for index in range(len(signals.items)) if mentions_entity(reading, index) and not reading.item(index).values]
        yield _ranked(reading.using(*own[:1], dimensions=(*reading.dimensions, Dimension(path=path)), fit=reading.fit + 0.75), "top")
    firms = [index for index in asking if _FIRM.fullmatch(signals.items[index].text)]
    firms += [index for index in who if index not in firms] if are_chosen_among(reading) else []
    customers = any(value.entity == "account" and not value.title for item in signals.items for value in item.values)
    for path in [each for each in reading.paths.to_entity(reading.entity, "account") if each][:1] if firms and customers and not places and wants else ():
        made = reading.using(*firms, dimensions=(*reading.dimensions, Dimension(path=path)), fit=reading.fit + 0.4)
        yield _ranked(made, "top")  # 战略客户里赢单最多的是哪家
    theirs, through = holders_through(reading)
    for path in through if not places and wants else ():
        made = reading.using(*theirs, dimensions=(*reading.dimensions, Dimension(path=path)), fit=reading.fit + 0.6)
        yield _ranked(made, "top")  # whose customers opened most tickets
    among = (bool(firms) and customers) or is_one_of_sort(reading)
    if (
        who
        and not among
        and not places
        and not _ranks_the_records(reading)
        and (wants or bounded)
        and sum(bool(item.values) and not item.cues for item in signals.items) < 2
        and (responsible := doer(reading)) is not None
    ):
        made = reading.using(*who, dimensions=(*reading.dimensions, Dimension(path=responsible)), fit=reading.fit + 0.4)
        yield _ranked(made, "top") if wants else replace(_ranked(made, "breakdown"), focus="breakdown")


def _is_condition(reading: Reading, index: int, path: str) -> bool:
    """As in "the win rate of women-founded firms": a flag by its bare name says which records, not by what they are told apart."""
    asking = reading.item(index).text.casefold().startswith(("是否", "有无", "whether", "is ", "has "))
    told_apart = asking or reading.signals.has("share", "breakdown") or names_the_rest(reading, index) or _is_named_twice(reading, index)
    return reading.paths.field(reading.entity, path).type is FieldType.FLAG and not told_apart


def _is_within_whole(reading: Reading, index: int) -> bool:
    """As in "of the contacts with customers of Ningbo, what share …": what stands between "of" and the share is the whole."""
    leading = reading.signals.tokens[0].norm in {"of", "among", "from", "out"}
    return leading and index < min(reading.signals.at["share"])


def _ranks_the_records(reading: Reading) -> bool:
    """As in "who's our biggest customer": the adjective says which of the records is meant, and not who has most of them."""
    for index in reading.signals.superlative:
        behind = reading.signals.items[index + 1 : index + 2]
        sized = reading.item(index).text.casefold() not in MOST_OF
        if sized and any(term.what == "entity" and term.entity == reading.entity for item in behind for term in item.terms):
            return True
    return False


def _is_named_twice(reading: Reading, index: int) -> bool:
    """As in 招标的和非招标的哪个多."""
    named = {(term.entity, term.key) for term in reading.item(index).terms if term.what == "field"}
    others = (item for other, item in enumerate(reading.signals.items) if other != index)
    return bool(named) and any(named == {(term.entity, term.key) for term in item.terms if term.what == "field"} for item in others)


def _sizes_records(reading: Reading) -> bool:
    """As in "the second-largest win", 今年第二大的赢单: records have a size, and the number of them has none."""
    counted = all(ref.measure and reading.paths.model.measures[ref.measure].op == "count" for ref in reading.measures)
    text = "".join(reading.item(index).text.casefold() for index in reading.signals.superlative)
    return counted and not reading.signals.has("count") and any(size in text for size in ("大", "larg", "big"))


def _of_people(reading: Reading) -> Iterator[Reading]:
    """As in 业绩排名, "runner-up by deals won": a ranking of nobody in particular is one of the people responsible; the answer says so."""
    if _sizes_records(reading):
        return
    for path in [each for each in reading.paths.to_entity(reading.entity, "member") if each][:1]:
        label = reading.paths.field(reading.entity, path).words
        said = Assumption(en=say("ranked_by_person", "en", group=label.label("en").lower()), zh=say("ranked_by_person", "zh", group=label.label("zh")))
        made = reading.using(dimensions=(*reading.dimensions, Dimension(path=path)), fit=reading.fit + 0.2)
        ranked = _ranked(made, "top" if reading.signals.superlative else "breakdown")
        yield replace(ranked, assumptions=(*ranked.assumptions, said))


def _beside_value(reading: Reading, index: int) -> bool:
    """A field's name beside one of its own values is no group: "sector medical"."""
    for near in (index - 1, index + 1):
        if 0 <= near < len(reading.signals.items):
            for value in reading.item(near).values:
                if any(term.what == "field" and term.entity == value.entity and term.key == value.field for term in reading.item(index).terms):
                    return True
    return False


def _ranked(reading: Reading, focus: str) -> Reading:
    signals = reading.signals
    if signals.superlative:
        limit = signals.top if signals.top is not None else None
        descending = descends(reading)
        used = tuple(signals.superlative)
        limit = limit or (5 if focus == "top" else None)
        if signals.timely and not any(dimension.grain for dimension in reading.dimensions):
            reading = reading.paying(4.0)  # the first and the last are no order of figures
        return reading.using(*used, order=(Order(measure=0, descending=descending),), limit=limit, skip=signals.place - 1, focus=focus)
    if focus == "trend" or any(dimension.grain for dimension in reading.dimensions):
        return reading
    owing = signals.has("which", "list") and not signals.has("group", "rank", "share", "breakdown") and not reading.having
    if owing and [ref.measure for ref in reading.measures] == [RECEIVABLE]:
        reading = replace(reading, having=(Having(op="gt", value="0"),))  # "which customers still owe us": not those that have paid
    return reading.using(*signals.at.get("rank", ()), order=(Order(measure=0, descending=signals.descending),))


def _default_time(reading: Reading) -> str | None:
    """The day by which a trend counts: the one that a verb names (新建), else the measure's, else the entity's."""
    named = named_time(reading)
    if named is not None:
        return named
    for ref in reading.measures:
        if ref.measure is not None and reading.paths.model.measures[ref.measure].time:
            return reading.paths.model.measures[ref.measure].time
    return reading.paths.model.entities[reading.entity].time
