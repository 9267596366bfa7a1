"""Asks back where records are meant by a name that several of the speaker's bear, told apart by what sets them apart.

What the question says beside the name may leave one of them; then that one is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from agent.answer import Language
from agent.naming_records import Known, Meant, Mention, mentions, with_records
from agent.parsing import Parse
from agent.parsing.language.incoming import clean
from agent.parsing.linking.links import link
from agent.parsing.parsed import Choice
from agent.parsing.saying import say_back
from agent.parsing.store_words.bearers import telling_fields
from agent.parsing.store_words.contents import is_code
from agent.parsing.wording.rewording import reword
from agent.turn import Turn
from prompts.words import say
from tools.crm.query import And, Compare, Filter, Plan, Query
from tools.crm.results import ResultRow
from tools.crm.semantic.model import RECORD_ID
from tools.crm.tools import CrmCall, query_records
from tools.store.errors import PlumbError

LANGUAGES: tuple[Language, ...] = ("en", "zh")
MOST_CHOICES = 6
MOST_TELLING = 8
Name = tuple[str, str]


def tell_apart(parsed: Parse, question: str, turn: Turn) -> Parse:
    """The parse as it is, with the one record that is meant by such a name, or with one choice per record.

    As it is, too, where they are too many to choose from: then the name is that of a sort rather than of one.
    """
    if parsed.explains or not (parsed.plan or parsed.clarify):
        return parsed
    plans = [parsed.plan] if parsed.plan is not None else [choice.plan for choice in parsed.clarify]
    if not any(_shared(plan, turn) for plan in plans):
        return parsed
    said = _said_of(question, turn)
    made = [each for plan in plans for each in _readings(plan, said, turn)]
    if len(made) == 1:
        return parsed.model_copy(update={"plan": made[0], "clarify": ()})
    choices = {(each.said_back_zh if parsed.language == "zh" else each.said_back_en): each for each in made}
    if len(choices) == 1 or len(choices) < len(made):
        return parsed
    offered = tuple(Choice(said_back=text, plan=plan) for text, plan in list(choices.items())[:MOST_CHOICES])
    return parsed.model_copy(update={"plan": None, "clarify": offered})


def _shared(plan: Plan, turn: Turn) -> list[Mention]:
    """The mentions of names that several records bear."""
    vocabulary, model = turn.catalog.vocabulary, turn.catalog.model
    found = []
    for number, query in enumerate(plan.queries):
        own = _looked_up(query, turn) if plan.focus_of(number) == "lookup" else ()
        for each in (*mentions(query, model), *own):
            if vocabulary.content(each.entity, str(model.entities[each.entity].title)).values.get(each.name, 0) > 1:
                found.append(each)
    return found


def _looked_up(query: Query, turn: Turn) -> Iterator[Mention]:
    """The record of which something is looked up."""
    title = turn.catalog.model.entities[query.entity].title
    parts = query.where.parts if isinstance(query.where, And) else (query.where,)
    for part in parts:
        if isinstance(part, Compare) and part.op == "eq" and part.path == title and len(part.values) == 1 and not any(part.records):
            yield Mention(query.entity, part.values[0], tuple(other for other in parts if other is not None and other is not part))


def _said_of(question: str, turn: Turn) -> dict[Name, tuple[tuple[str, ...], ...]]:
    """The numbers of the records that the question's own words allow, by name, for each time that a name is there."""
    linked = link(reword(clean(question)), turn.catalog.vocabulary, turn.today, turn.readable())
    found: dict[Name, tuple[tuple[str, ...], ...]] = {}
    for item in linked.items:
        for value in item.values:
            if value.records:
                found[(value.entity, value.text)] = (*found.get((value.entity, value.text), ()), value.records)
    return found


def _readings(plan: Plan, said: dict[Name, tuple[tuple[str, ...], ...]], turn: Turn) -> list[Plan]:
    """The plan once for each way in which its names can be meant."""
    options: dict[Name, list[tuple[Known, ...]]] = {}
    for each in _shared(plan, turn):
        name = (each.entity, each.name)
        if name not in options:
            options[name] = _ways(each, plan, said.get(name, ()), turn)
    ways = [meant for meant in product(*options.values())]
    if len(ways) > MOST_CHOICES:
        return [plan]
    return [_filled(plan, dict(zip(options, way, strict=True)), turn) for way in ways]


def _ways(mention: Mention, plan: Plan, said: tuple[tuple[str, ...], ...], turn: Turn) -> list[tuple[Known, ...]]:
    """The records that a name can mean: one at a time, or all at once where each is named by itself. An empty one means whichever bears it."""
    asked = plan.queries[0].select if plan.focus == "lookup" and plan.queries[0].entity == mention.entity else ()
    bearers = _bearers(mention, asked, turn)
    if len(bearers) < 2 or (asked and _alike(plan.queries[0], bearers, turn)):
        return [()]
    known = {each.record: each for each in bearers}
    if said and all(len(records) == 1 for records in said):
        together = tuple(known[records[0]] for records in dict.fromkeys(said) if records[0] in known)
        if together:
            return [together]
    allowed = {record for records in said for record in records} & set(known) or set(known)
    return [(each,) for each in bearers if each.record in allowed]


def _filled(plan: Plan, meant: Meant, turn: Turn) -> Plan:
    """The plan with its records, said back anew."""
    meant = {name: known for name, known in meant.items() if known}
    if not meant:
        return plan
    model = turn.catalog.model
    queries = tuple(with_records(query, model, meant) for query in plan.queries)
    return plan.model_copy(update={"queries": queries, **{f"said_back_{lang}": _said_back(plan, queries, meant, turn, lang) for lang in LANGUAGES}})


def _said_back(plan: Plan, queries: tuple[Query, ...], meant: Meant, turn: Turn, language: Language) -> str:
    """The queries in words, with whom each name means also where these don't say it: groups of a comparison, a share."""
    joint = "；" if language == "zh" else "; "
    text = joint.join(say_back(query, turn.catalog.model, language, plan.focus == "lookup") for query in queries)
    comma = say("join_comma", language)
    apart = {name: comma.join(known.apart) for (_, name), records in meant.items() for known in records}
    if all(each in text for each in apart.values()):
        return text
    named = dict.fromkeys(each.name for query in plan.queries for each in mentions(query, turn.catalog.model))
    names = [say("told_apart", language, name=name, apart=apart[name]) if name in apart else name for name in named]
    return say("said_meant", language, text=text, names=comma.join(names))


# -- the records of a name --------------------------------------------------------------------------------------------


def _bearers(mention: Mention, asked: tuple[str, ...], turn: Turn) -> list[Known]:
    """The records of a name that the speaker may see and that fulfil what is said beside it, with what tells each from the others.

    Where fields of them are ``asked`` for, these tell nothing, and a mere number is no reason to ask back: all are shown at once.
    """
    entity = turn.catalog.model.entities[mention.entity]
    paths = tuple(path for path in _telling(mention.entity, turn) if path not in asked)
    where: Filter = Compare(path=str(entity.title), values=(mention.name,))
    query = Query(entity=mention.entity, select=(RECORD_ID, *paths), where=And(parts=(where, *mention.beside)) if mention.beside else where)
    rows = sorted(_rows(query, turn), key=lambda row: str(row.cells[RECORD_ID].value))
    if not 1 < len(rows) <= MOST_CHOICES:
        return []
    columns = {path: [_value(row, path) for row in rows] for path in (RECORD_ID, *paths)}
    telling = _chosen(columns)
    if asked and not any(_tells(columns[path]) for path in telling if path != RECORD_ID):
        return []
    told = [tuple(value for path in telling if (value := columns[path][at]) is not None) for at in range(len(rows))]
    return [Known(str(columns[RECORD_ID][at]), each) for at, each in enumerate(told)] if len(set(told)) == len(rows) else []


def _chosen(columns: dict[str, list[str | None]]) -> list[str]:
    """The number of each record, where people know it by one, and the first field by which each differs from all others, or the records at all."""
    numbered = [RECORD_ID] if all(value is not None and is_code(value) for value in columns[RECORD_ID]) else []
    fields = [path for path in columns if path != RECORD_ID]
    each = [path for path in fields if _tells(columns[path])]
    some = [path for path in fields if len(set(columns[path])) > 1]
    if each or numbered:
        return [*numbered, *(each or some)[:1]]
    return some[:2]


def _tells(values: list[str | None]) -> bool:
    return None not in values and len(set(values)) == len(values)


def _telling(entity: str, turn: Turn) -> tuple[str, ...]:
    vocabulary, clearance = turn.catalog.vocabulary, turn.principal.clearance
    fields = telling_fields(vocabulary.model.entities[entity], vocabulary.contents)
    return tuple(field.key for field in fields if field.classification <= clearance)[:MOST_TELLING]


def _alike(query: Query, bearers: Sequence[Known], turn: Turn) -> bool:
    """Whether a lookup finds the same for each record of the name."""
    found = _rows(query, turn)
    return len(found) == len(bearers) and len({tuple(_value(row, path) for path in query.select) for row in found}) == 1


def _rows(query: Query, turn: Turn) -> tuple[ResultRow, ...]:
    call = CrmCall(turn.session, turn.catalog.model, turn.principal, turn.scope, turn.rates(), turn.texts)
    try:
        return query_records(call, Plan(queries=(query,)))[0].rows
    except PlumbError:
        return ()  # the answer itself will say why


def _value(row: ResultRow, path: str) -> str | None:
    return row.cells[path.replace(".", "_")].value
