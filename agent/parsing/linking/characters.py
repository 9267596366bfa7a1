"""A single Chinese character that an export's own longer word is called by: 标 for 投标, 装 for 装机, 盒 where 盒数 are counted."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.guessing import GRAMMATICAL
from agent.parsing.linking.items import QUALITY, Item, item_of, weigh
from agent.parsing.linking.light_verbs import LIGHT
from agent.parsing.store_words.label_parts import events_of
from agent.parsing.store_words.own_headers import own_labels, own_names, without_unit
from agent.parsing.store_words.vocabulary import Term, Vocabulary

# what tables and columns are called besides the thing itself: 登记, 记录, 档案, 清单, 明细, 台账, 日期, 编号, 金额
PLACED = set("登记录档案清单明细台账列表信息纪要日期时间编号码名称数量金额款项价费率人员客户公司部门类型状态说明备注一二三")
AROUND = GRAMMATICAL | set("了过着得来还要没都就又再也已未能会可谁几多少")
OF_SHORT = 5
UNITS_OF_NOUNS = "辆只间张本匹支艘架头"  # with their noun they make a word for what there is of it: 车辆, 船只, 房间


def single_characters(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """What unknown single characters stand for, each between words that are understood: no part of a longer word."""
    known = {at for item in items for at in range(item.start, item.end)}
    for at in unknown:
        if tokens[at].kind != "han" or not all(_ends_word(tokens, near, known) for near in (at - 1, at + 1)):
            continue
        terms = _counted(vocabulary, tokens[at].text, items) or tuple(_called(vocabulary, tokens[at].text, items))
        if terms:
            yield weigh(tokens, at, at + 1, QUALITY["part"]), item_of(tokens, at, at + 1, terms=terms, source="part")


def verbs_apart(tokens: tuple[Token, ...], unknown: list[int], vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """As in 开过标 where there is a 开标日: a verb and its object that name a day, with what has happened said between them."""
    for middle in range(1, len(tokens) - 1):
        first, last = middle - 1, middle + 1
        if tokens[middle].text in {"了", "过"} and {first, last} & set(unknown) and tokens[first].kind == tokens[last].kind == "han":
            terms = vocabulary.label_parts.get(tokens[first].text + tokens[last].text, ())
            if terms:
                yield weigh(tokens, first, last + 1, QUALITY["part"]), item_of(tokens, first, last + 1, terms=tuple(terms), source="part")


def _ends_word(tokens: tuple[Token, ...], at: int, known: set[int]) -> bool:
    return not 0 <= at < len(tokens) or tokens[at].kind != "han" or at in known or tokens[at].text in AROUND


def _called(vocabulary: Vocabulary, letter: str, items: tuple[Item, ...]) -> Iterator[Term]:
    """The records of the one own table whose names, or whose day, have the character: 标 and 投 of 投标, 装 of 装机日; others only beside their name."""
    found = []
    named = {term.entity for item in items for term in item.terms if term.what == "entity"}
    if own := [key for key in sorted(named) if vocabulary.rows(key) and _happens(vocabulary, key, letter)]:
        yield from (Term("entity", key, key, OF_SHORT) for key in own)  # 合同…签, where deliveries have a 签收日期 as well
        return
    for entity in vocabulary.model.entities.values() if letter not in PLACED else ():
        if not vocabulary.rows(entity.key) or (entity.custom_table is None and entity.key not in named):
            continue
        time = entity.fields.get(entity.time or "") if entity.custom_table is not None else None  # 收 and 签 are said of much
        labels = own_labels(time) if time is not None and letter not in LIGHT else ()  # 收 is no short 验收
        events = (event for label in labels for event in events_of(label))
        if any(letter in word for word in (*own_names(entity), *events)):
            found.append(Term("entity", entity.key, entity.key, OF_SHORT))
    yield from found if len(found) == 1 else ()


def _happens(vocabulary: Vocabulary, key: str, letter: str) -> bool:
    """Whether the day of records of a shipped kind is called by the character: 签订日期 of contracts."""
    entity = vocabulary.model.entities[key]
    time = entity.fields.get(entity.time or "")
    if entity.custom_table is not None or time is None or letter in LIGHT:
        return False
    return any(letter in event for label in (*time.words.zh, *own_labels(time)) for event in events_of(label))


def _counted(vocabulary: Vocabulary, letter: str, items: tuple[Item, ...]) -> tuple[Term, ...]:
    """The column that counts such pieces: 盒数, 车辆数, or 拒收盒数 where something else of its header is said; else the plainest."""
    found: list[tuple[int, Term]] = []
    for entity in vocabulary.model.entities.values():
        for spec in entity.fields.values():
            endings = (*((f"{letter}数",) if entity.custom_table is not None else ()), *(f"{letter}{unit}数" for unit in UNITS_OF_NOUNS if spec.custom))
            labels = [label for label in own_labels(spec) if has_han(label) and without_unit(label).endswith(endings)]
            if labels and spec.type.is_numeric and vocabulary.content(entity.key, spec.key).count:
                found.append((len(labels[0]), Term("field", entity.key, spec.key, OF_SHORT)))
    said = {(term.entity, term.key) for item in items for term in item.terms if term.what == "field"}
    named = [term for _, term in found if (term.entity, term.key) in said]
    least = min((size for size, _ in found), default=0)
    return tuple(named or [term for size, term in found if size == least])
