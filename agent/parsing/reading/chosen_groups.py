"""The inner question of two: the groups that a phrase chooses, "the three reps with the most deals", 金额高于平均的商机."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.parsing.linking.items import Item, Linked
from agent.parsing.reading.candidates import readings
from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.phrases import Phrase, count_of, is_rank, side_of
from agent.parsing.reading.signals import read_signals
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.extreme_records import a_few
from prompts.words import say
from tools.crm.query import Against, Among, Assumption, MeasureRef, Query
from tools.crm.semantic import FieldType, Measure

Settled = Callable[[Reading], bool]


def chosen(
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
