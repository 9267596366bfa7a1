"""Single Chinese characters that nothing here stands for: they count for nothing where a plan's own words hold them, as 额 of 赔付额 or 货 of 到货日."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.parsing.language.text import has_han
from agent.parsing.linking.guessing import GRAMMATICAL
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.renaming import is_empty
from agent.parsing.store_words.own_headers import own_labels, own_names
from tools.crm.query import About, Against, Among, And, Beside, Between, Compare, Exists, Filter, Lasted, Not, Or, Plan, Query, Unlike
from tools.crm.semantic import SemanticModel

MOST = 2
NAME_AND_FIELD = 2
PARTICLES = set("来去出起完掉好会能要没还就已多少几谁哪什么吗呢")
TURNING = set("率未没不非无别勿前后男女新老旧大小高低多少上下早晚快慢超欠差余净毛内外双单全半初末")


def without_soft(linked: Linked) -> tuple[Linked, tuple[str, ...]]:
    """The links without such characters, unknown ones and names of what is not recorded (货 without products), and these; all or none of what is unknown."""
    named = tuple(item for item in linked.items if len(item.text) == 1 and is_empty(item) and not _is_asked(linked, item))
    soft = (*linked.unknown, *dict.fromkeys(item.text for item in named))
    if not 0 < len(soft) <= MOST or any(len(word) != 1 or not has_han(word) or word in TURNING for word in soft):
        return linked, ()
    if any(_is_in_word(linked, word) for word in linked.unknown):
        return linked, ()
    return replace(linked, unknown=(), items=tuple(item for item in linked.items if item not in named)), soft


def _is_in_word(linked: Linked, character: str) -> bool:
    """As 户 in 开户: beside another character that nothing stands for and that is no mere grammar."""
    taken = {at for item in linked.items for at in range(item.start, item.end)}
    places = [at for at, token in enumerate(linked.tokens) if token.text == character and at not in taken]
    beside = (near for at in places for near in (at - 1, at + 1) if 0 <= near < len(linked.tokens) and near not in taken)
    return any(linked.tokens[near].kind == "han" and linked.tokens[near].text not in GRAMMATICAL | PARTICLES for near in beside)


def _is_asked(linked: Linked, item: Item) -> bool:
    """As in 是什么货, 哪些货最好卖: the goods themselves are asked for."""
    before = "".join(token.text for token in linked.tokens[max(item.start - 2, 0) : item.start])
    return before.endswith(("什么", "哪些", "哪种", "哪个", "哪批", "啥", "各种", "每种"))


def says(plan: Plan, characters: tuple[str, ...], model: SemanticModel) -> bool:
    """Whether the words for what a plan asks for hold each of the characters."""
    words = "".join(words_of_plan(plan, model))
    return all(character in words for character in characters)


def words_of_plan(plan: Plan, model: SemanticModel) -> Iterator[str]:
    """What a plan is about, in the words of the export and the Chinese ones of the model."""
    for query in plan.queries:
        yield from _words(query, model)


def _words(query: Query, model: SemanticModel) -> Iterator[str]:
    """What the records, columns and categories of a query are called in the export, else in the model."""
    entity = model.entities[query.entity]
    yield from own_names(entity) if entity.custom_table is not None else entity.words.zh
    for ref in query.measures:
        if ref.measure is not None:
            yield from model.measures[ref.measure].words.zh
    for path in _paths(query):
        yield from _labels(query.entity, path, model)
    yield from _said(query.where, query.entity, model)


def _paths(query: Query) -> Iterator[str]:
    for ref in query.measures:
        yield from (path for path in (ref.path, ref.over, ref.less, ref.of, ref.since, ref.per) if path)
    yield from (dimension.path for dimension in query.dimensions)
    yield from (order.path for order in query.order if order.path)
    yield from query.select[1:] if len(query.select) == NAME_AND_FIELD else ()
    if query.window is not None and query.window.path:
        yield query.window.path


def _labels(entity: str, path: str, model: SemanticModel) -> Iterator[str]:
    field = model.field(entity, path)[1]
    yield from own_labels(field) or field.words.zh


def _said(where: Filter | None, entity: str, model: SemanticModel) -> Iterator[str]:
    match where:
        case And() | Or():
            for part in where.parts:
                yield from _said(part, entity, model)
        case Not():
            yield from _said(where.part, entity, model)
        case Exists():
            yield from model.entities[where.entity].words.zh
            yield from _said(where.where, where.entity, model)
        case Compare():
            yield from _labels(entity, where.path, model)
            yield from where.values
        case Between():
            yield from _labels(entity, where.path, model)
        case Lasted():
            yield from (label for path in (where.path, where.since) for label in _labels(entity, path, model))
        case Beside() | Unlike():
            yield from (label for path in (where.path, where.other) for label in _labels(entity, path, model))
        case Among() | Against():
            yield from _words(where.query, model)
        case About() | None:
            return
