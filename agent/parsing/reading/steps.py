"""Finds a question inside a question ("the win rate of the three reps with the largest pipeline") and reads both.

The inner noun phrase is read as a question of its own; in the outer one it stands like the name of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from agent.parsing.linking.items import STANDING_IN, Item, Linked
from agent.parsing.reading.candidates import readings, score
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.phrases import Phrase, count_of, find_phrases, is_rank, side_of
from agent.parsing.reading.signals import read_signals
from agent.parsing.reading.spanning import UP_TO
from agent.parsing.store_words.vocabulary import Term, Value
from agent.parsing.targets.records import a_few
from prompts.words import say
from tools.crm.query import Against, Among, And, Assumption, Compare, Dimension, Exists, Filter, MeasureRef, Not, Or, Order, Query
from tools.crm.semantic import FieldType, Measure
from tools.crm.stepping import chosen_groups
from tools.store.classification import Classification

OF_EACH = {"各", "各自", "各自的", "每个", "每人", "分别", "each", "of each", "for each"}
SHOWING = {"which", "list", "lookup", "filler", "group", "eq", "all", "company", "exists"}
Settled = Callable[[Reading], bool]


@dataclass(frozen=True, slots=True)
class Stepped:
    """A reading in two steps. ``sure`` where the words allow no other; else a reading in one step goes first."""

    reading: Reading
    query: Query
    sure: bool


def read_steps(linked: Linked, paths: Paths, speaker: str | None, settled: Settled) -> Stepped | None:
    """The best reading in two steps; None where nothing in the question is one. ``settled`` tells whether a reading explains all words."""
    best: Stepped | None = None
    first = (False, False, 0.0)
    read: set[int] = set()
    for phrase in find_phrases(linked):
        if _is_told_by(phrase, linked) or _ends_span(phrase, linked):
            continue
        for entity, part, notes in _chosen(phrase, linked, paths, speaker, settled) if phrase.group not in read else ():
            read.add(phrase.group)  # the longest phrase that can be read is the one that is meant
            outer = _outer(phrase, entity, part, linked, paths, speaker, settled) or _alone(phrase, part, linked, paths, speaker)
            if outer is None:
                continue
            found = replace(outer, reading=replace(outer.reading, assumptions=(*outer.reading.assumptions, *notes)))
            rank = (found.sure, phrase.criterion, _later(linked, score(found.reading)))
            if best is None or rank > first:
                best, first = found, rank
    return best


def _is_told_by(phrase: Phrase, linked: Linked) -> bool:
    """As in "the three best reps by deal count", 卖得最少的三个产品（按赢单数）: a figure behind "by" only says how the groups are ranked."""
    outside = [at for at in range(len(linked.items)) if not phrase.start <= at < phrase.end]
    by = [at for at in outside if "group" in linked.items[at].cues and linked.items[at].is_only_cue and linked.items[at].text.casefold() not in OF_EACH]
    figures = [at for at in outside if any(term.what == "measure" for term in linked.items[at].terms)]
    told = all(at - 1 in by or _stands_behind_comma(phrase, at, linked) for at in figures)
    return told and len(figures) == 1


def _stands_behind_comma(phrase: Phrase, at: int, linked: Linked) -> bool:
    """As in "leaderboard, top 3 reps, won revenue": nothing else says by what they are ranked, and what is asked of them comes last."""
    if phrase.criterion or at < phrase.end or any(item.terms or item.values for item in (*linked.items[: phrase.start], *linked.items[phrase.end : at])):
        return False
    return any(token.text in {",", "，"} for token in linked.tokens[linked.items[phrase.end - 1].end : linked.items[at].start])


def _ends_span(phrase: Phrase, linked: Linked) -> bool:
    """As in 从登记到第一笔到账多少天: what a time is measured up to is no record that the rest is asked of."""
    items, tokens = linked.items, linked.tokens
    if not any("duration" in item.cues for item in items):
        return False
    places = range(max(phrase.start, 1), min(phrase.end, len(items)))
    return any(UP_TO & {token.norm for token in tokens[items[at - 1].end : items[at].start]} for at in places)


def _later(linked: Linked, fit: float) -> float:
    """Chinese says what chooses before what is chosen, so that the first phrase is the inner one; else the better reading decides."""
    return 0.0 if any(token.kind == "han" for token in linked.tokens) else fit


# -- the inner question -----------------------------------------------------------------------------------------------


def _chosen(
    phrase: Phrase, linked: Linked, paths: Paths, speaker: str | None, settled: Settled
) -> Iterator[tuple[str, Among | Against, tuple[Assumption, ...]]]:
    """What a phrase stands for: the kind of record (or field) that its groups are of, and the filter that keeps them."""
    inside = [item for at, item in enumerate(linked.items[phrase.start : phrase.end], phrase.start) if at == phrase.group or count_of(item) is None]
    averages = any("average" in item.cues or _mean(item, paths) is not None for item in inside)
    if averages and any(side_of(item) for item in inside):
        yield from _beside_average(phrase, linked, paths)
        return
    if not any(is_rank(item) for item in inside):
        yield from _bounded(phrase, linked, paths, speaker, settled)
        return
    limit, notes = _limit(phrase, linked)
    for each in readings(read_signals(Linked(linked.tokens, tuple(inside), ())), paths, speaker)[:20]:
        query = each.query()
        if not query.order or not settled(each) or query.compare or query.only:
            continue
        groups = _told_apart(query, paths)
        if groups is None or not _names(linked.items[phrase.group], groups, paths):
            continue
        ranked = query.model_copy(update={"limit": limit, "select": _shown(query, paths)})
        yield groups, Among(path="", query=ranked), (*each.assumptions, *notes)
        return


def _bounded(phrase: Phrase, linked: Linked, paths: Paths, speaker: str | None, settled: Settled) -> Iterator[tuple[str, Among, tuple[Assumption, ...]]]:
    """As in "reps with more than 100 deals": the groups that pass a bound."""
    inside = Linked(linked.tokens, linked.items[phrase.start : phrase.end], ())
    for each in readings(read_signals(inside), paths, speaker)[:10]:
        query = each.query()
        if query.having and settled(each) and len(query.measures) == len(query.dimensions) == 1:
            groups = _told_apart(query, paths)
            if groups is not None and _names(linked.items[phrase.group], groups, paths) and not _holds_own(inside, groups, paths):
                yield groups, Among(path="", query=query.model_copy(update={"limit": None})), each.assumptions
                return


def _holds_own(inside: Linked, groups: str, paths: Paths) -> bool:
    """As 金额 in 金额超过100万的商机: a figure that the records themselves have is no sum of others that belong to them."""
    named = (term for item in inside.items for term in item.terms if term.what == "field" and term.filled and term.entity == groups)
    return any(paths.model.entities[groups].fields[term.key].type.is_numeric for term in named)


def _beside_average(phrase: Phrase, linked: Linked, paths: Paths) -> Iterator[tuple[str, Against, tuple[Assumption, ...]]]:
    """As in "accounts above the average revenue": records whose field is on that side of its mean over all of them."""
    inside = [item for at, item in enumerate(linked.items[phrase.start : phrase.end], phrase.start) if at != phrase.group]
    op = next(side for item in inside if (side := side_of(item)))
    plain = {"gt", "ge", "lt", "le", "average", "which", "eq", "group", "lookup"}
    named = [item for item in inside if not (item.is_only_cue and set(item.cues) & plain)]
    mean_of = next((measure for item in named if (measure := _mean(item, paths)) is not None), None)
    for entity in _kinds(linked.items[phrase.group], paths):
        fields = paths.model.entities[entity].fields.values()
        numeric = {f.key: f for f in fields if f.type.is_numeric and paths.vocabulary.content(entity, f.key).count}
        asked = [path for item in named for _, path in paths.dimension(entity, item.terms) if path in numeric]
        money = [key for key, field in numeric.items() if field.type is FieldType.MONEY]
        if mean_of is not None and len(named) == 1 and mean_of.entity == entity:
            known = Query(entity=entity, measures=(MeasureRef(measure=mean_of.key),))
            yield entity, Against(path=mean_of.args[0], op=op, query=known), ()
            return
        before = linked.items[phrase.start - 1] if phrase.start else None
        if before is not None and not named and before.terms and side_of(linked.items[phrase.start]):
            continue  # 收入高于平均: what is compared stands before, and is no field of these records
        path = asked[0] if asked else money[0] if money and not named else None
        if path is None or len(named) > 1:
            continue
        mean = Query(entity=entity, measures=(MeasureRef(fold="avg", path=path),))
        labels = {language: paths.model.entities[entity].fields[path].words.label(language) for language in ("en", "zh")}
        said = Assumption(en=say("step_compared_by", "en", field=labels["en"]), zh=say("step_compared_by", "zh", field=labels["zh"]))
        yield entity, Against(path=path, op=op, query=mean), () if asked else (said,)
        return


def _mean(item: Item, paths: Paths) -> Measure | None:
    """The measure that is a mean of a field, where words name one: "average deal size"."""
    named = (paths.model.measures[term.key] for term in item.terms if term.what == "measure" and term.filled)
    return next((measure for measure in named if measure.op == "avg"), None)


def _limit(phrase: Phrase, linked: Linked) -> tuple[int, tuple[Assumption, ...]]:
    """How many groups are meant: as many as are named, one where the noun says so, else a few, which the answer states."""
    if phrase.count is not None:
        return phrase.count, ()
    last = linked.tokens[linked.items[phrase.group].end - 1]
    if last.kind == "han" or last.norm == last.stem:
        return 1, ()
    return a_few()


def _told_apart(query: Query, paths: Paths) -> str | None:
    """The kind of record that a ranking tells apart, else ``entity.field``; None where it ranks something else."""
    if not query.measures:
        return query.entity if query.order and query.order[0].path else None
    if len(query.measures) != 1 or len(query.dimensions) != 1 or query.dimensions[0].grain:
        return None
    field = paths.field(query.entity, query.dimensions[0].path)
    return str(field.to) if field.type is FieldType.REF else f"{field.entity}.{field.key}"


def _names(item: Item, groups: str, paths: Paths) -> bool:
    """Whether these words name such groups."""
    if "." not in groups:
        return groups in _kinds(item, paths)
    return any(term.what == "field" and f"{term.entity}.{term.key}" == groups for term in item.terms)


def _kinds(item: Item, paths: Paths) -> list[str]:
    """The kinds of record that words stand for: by name, or by a field that refers to one."""
    found = [kind for term in item.terms if (kind := _kind(term, paths)) is not None and _is_there(kind, paths)]
    return list(dict.fromkeys(found))


def _is_there(kind: str, paths: Paths) -> bool:
    """Whether there are such records, or others that name them: owners of an export without a list of people."""
    fields = (field for entity in paths.model.entities.values() for field in entity.fields.values() if field.to == kind)
    return bool(paths.vocabulary.rows(kind)) or any(paths.vocabulary.content(field.entity, field.key).count for field in fields)


def _kind(term: Term, paths: Paths) -> str | None:
    if term.what == "entity":
        return term.entity
    return paths.model.entities[term.entity].fields[term.key].to if term.what == "field" else None


def _shown(query: Query, paths: Paths) -> tuple[str, ...]:
    """Of ranked records: what names each, and what it is ranked by."""
    if query.measures or query.order[0].path is None:
        return ()
    title = query.select[0] if query.select else paths.model.entities[query.entity].title
    return tuple(dict.fromkeys((str(title), query.order[0].path)))


# -- the outer question -----------------------------------------------------------------------------------------------


def _outer(phrase: Phrase, groups: str, part: Among | Against, linked: Linked, paths: Paths, speaker: str | None, settled: Settled) -> Stepped | None:
    """The question around the phrase, in which the chosen groups stand like a name."""
    entity, _, field = groups.partition(".")
    title = paths.model.entities[entity].title
    if not field and title is None:
        return None
    first, last = linked.items[phrase.start], linked.items[phrase.end - 1]
    value = Value(entity, field or str(title), STANDING_IN, 1, not field, Classification.INTERNAL)
    name = Item(first.start, last.end, STANDING_IN, values=(value,))
    before, after, shared = _around(phrase, linked)
    asked = {"count", "amount", "duration"}
    if not any(
        (item.terms and not _is_inverse(item) and not _names_value_beside(item, (*before, *after))) or asked & set(item.cues) for item in (*before, *after)
    ) and not isinstance(part, Against):
        return None
    alone = ((name,),) if shared else ()
    for at, around in enumerate((*alone, (name, *shared), (linked.items[phrase.group], name, *shared), (name,))):
        signals = read_signals(Linked(linked.tokens, (*before, *around, *after), ()))
        for each in readings(signals, paths, speaker)[:5]:
            made = _put_in(each, groups, part) if settled(each) else None
            if made is not None and shared and (made.entity == groups) != (at == 0):
                continue  # 今年报修3次以上的客户有几家: whenever they were noted themselves
            if made is not None and _is_apart(linked, [*before, *after], paths):
                made, each = _each(made, each, part)
            if made is not None and _asks_more(made, groups, part, [*before, *after]):
                ranked = any(is_rank(item) for item in (*before, *after))
                own = not made.measures and made.entity == groups and isinstance(part, Among)
                if own and isinstance(part, Among) and not part.query.measures:  # the ranked records, with what else is asked of them
                    if made.window is not None or not isinstance(made.where, Among):
                        continue  # "the biggest deal lost this year" is the biggest of those
                    made = part.query.model_copy(update={"select": tuple(dict.fromkeys((*part.query.select, *made.select)))})
                    each = replace(each, focus="top")
                listed = own and phrase.count is not None and made.select != part.query.select
                return Stepped(
                    _seen(each), made, sure=listed or (not own and (phrase.criterion or ranked or phrase.count is not None or isinstance(part, Against)))
                )
    return None


def _alone(phrase: Phrase, part: Among | Against, linked: Linked, paths: Paths, speaker: str | None) -> Stepped | None:
    """The phrase as the whole question, as in "who are the three reps with the most deals"."""
    around = (*linked.items[: phrase.start], *linked.items[phrase.end :])
    if isinstance(part, Against) or not all((item.is_only_cue and set(item.cues) & SHOWING) or _is_inverse(item) for item in around):
        return None
    start = Reading(part.query.entity, paths, read_signals(linked), focus="top" if part.query.limit else "breakdown")
    return Stepped(start, part.query, sure=phrase.count is not None)


def _is_inverse(item: Item) -> bool:
    """A word for those who belong to somebody: the team of a manager."""
    return any(term.what == "inverse" for term in item.terms)


def _names_value_beside(item: Item, around: tuple[Item, ...]) -> bool:
    """As in "the West office": the name of a field beside the value that it has."""
    keys = {(term.entity, term.key) for term in item.terms if term.what == "field"}
    return any(
        (value.entity, value.field) in keys
        for each in around
        if item in {each} or abs(each.start - item.end) < 2 or abs(item.start - each.end) < 2
        for value in each.values
    )


def _around(phrase: Phrase, linked: Linked) -> tuple[list[Item], list[Item], list[Item]]:
    """What stands before and behind the phrase, and the period in it that counts for both questions: of all reps of 2017, the first ones' rate in 2017."""
    before, after = list(linked.items[: phrase.start]), list(linked.items[phrase.end :])
    inside = linked.items[phrase.start : phrase.end]
    periods = [item for item in inside if item.period is not None]
    shared = [each for each in periods if len(periods) == 1 and (each is inside[0] or (each is inside[-1] and not after))]
    if any(item.period for item in (*before, *after)):
        shared = []
    return [each for each in before if not _refers(each)], [each for each in after if not _refers(each)], shared


def _refers(item: Item) -> bool:
    """A pronoun beside a phrase refers to it."""
    return item.is_only_cue and "pronoun" in item.cues


def _put_in(reading: Reading, groups: str, part: Among | Against) -> Query | None:
    """The outer query with the groups themselves where their stand-in is; None where it is used otherwise than as a condition."""
    query = reading.query()
    if query.where is None or STANDING_IN in query.only or any(ref.share for ref in query.measures):
        return None
    put = 0

    def changed(here: Filter, entity: str) -> Filter:
        nonlocal put
        match here:
            case Compare() if STANDING_IN in here.values and here.op in {"eq", "ne"} and len(here.values) == 1:
                put += 1
                own = entity == groups
                at = "" if own else here.path
                placed = part.model_copy(update={"path": f"{at}.{part.path}".strip(".") if isinstance(part, Against) else at})
                return Not(part=placed) if here.op == "ne" else placed
            case And() | Or():
                return here.model_copy(update={"parts": tuple(changed(each, entity) for each in here.parts)})
            case Not():
                return here.model_copy(update={"part": changed(here.part, entity)})
            case Exists() if here.where is not None:
                return here.model_copy(update={"where": changed(here.where, here.entity)})
            case _:
                return here

    where = changed(query.where, query.entity)
    return query.model_copy(update={"where": where}) if put == 1 else None


def _is_apart(linked: Linked, around: list[Item], paths: Paths) -> bool:
    """Whether the figure is wanted of each group: 分别, "each", or "win rates" of several."""
    if any({"group", "breakdown"} & set(item.cues) for item in around):
        return True
    ops = {"rate", "avg", "days"}  # what is no number of records: several of these are one of each
    measures = [item for item in around if any(term.what == "measure" and paths.model.measures[term.key].op in ops for term in item.terms)]
    words = [linked.tokens[item.end - 1] for item in measures]
    return any(word.kind == "latin" and word.norm != word.stem for word in words)


def _each(query: Query, reading: Reading, part: Among | Against) -> tuple[Query, Reading]:
    """As in "of each of the three reps", 分别: the figure by the groups that were chosen."""
    at = next((each.path for each in chosen_groups(query.where) if each.query == part.query), "")
    if not at or not query.measures or query.dimensions:
        return query, reading
    grouped = query.model_copy(update={"dimensions": (Dimension(path=at),), "order": (Order(measure=0),)})
    return grouped, replace(reading, focus="breakdown")


def _seen(reading: Reading) -> Reading:
    """Fields of several records are a list."""
    return replace(reading, focus="list") if reading.focus == "lookup" else reading


def _asks_more(query: Query, groups: str, part: Among | Against, around: list[Item]) -> bool:
    """Whether the outer question asks for more than to see the groups: a figure, or records of another kind."""
    if query.measures or query.entity != groups:
        return True
    return isinstance(part, Against) or any(item.terms for item in around)
