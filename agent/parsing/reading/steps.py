"""Finds a question inside a question ("the win rate of the three reps with the largest pipeline") and reads both.

The inner noun phrase is read as a question of its own; in the outer one it stands like the name of a record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.parsing.linking.items import STANDING_IN, Item, Linked
from agent.parsing.reading.candidates import readings, score
from agent.parsing.reading.chosen_groups import Settled, chosen
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.phrases import Phrase, find_phrases, is_rank
from agent.parsing.reading.signals import read_signals
from agent.parsing.reading.spanning import UP_TO
from agent.parsing.store_words.vocabulary import Value
from tools.crm.query import Against, Among, And, Compare, Dimension, Exists, Filter, Not, Or, Order, Query
from tools.crm.stepping import chosen_groups
from tools.store.classification import Classification

OF_EACH = {"各", "各自", "各自的", "每个", "每人", "分别", "each", "of each", "for each"}
SHOWING = {"which", "list", "lookup", "filler", "group", "eq", "all", "company", "exists"}


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
        for entity, part, notes in chosen(phrase, linked, paths, speaker, settled) if phrase.group not in read else ():
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
