"""People by their surname and a form of address, as colleagues call them in Chinese: 张工, 王总, 李经理."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import Token
from tools.crm.semantic import FieldType, SemanticModel

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Value, Vocabulary

PEOPLE = ("member", "contact", "lead")
TITLES = ("总监", "经理", "主任", "主管", "老师", "院长", "处长", "科长", "部长", "厂长", "校长", "局长", "医生", "大夫", "工", "总", "董", "姐", "哥")
BEGINS_A_WORD = {
    "工": frozenset("单作厂程序艺具期时资业人地况件种号会商"),
    "总": frozenset("共数额量计价部体和是有分"),
    "董": frozenset("事"),
}
ROLE = re.compile(r"(?:人|员|经理|工程师|顾问|代表|主管|销售|客服|专员|售前|教师|医生)$")
FAMILIAR = {"小", "老"}
_FORMS = {"mr", "mrs", "ms", "miss", "dr", "prof"}
LONGEST = max(map(len, TITLES))


def addressed(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Where such words end that begin at ``start``, with everybody whom they may mean."""
    if tokens[start].text in FAMILIAR and start + 1 < len(tokens):
        called = vocabulary.surnames.get(tokens[start + 1].text, ())
        after = tokens[start + 2].text if start + 2 < len(tokens) and tokens[start + 2].kind == "han" else ""
        if called and not _begins_word(tokens[start + 1].text + after, vocabulary):
            yield start + 2, called
    if tokens[start].text == "姓" and start + 1 < len(tokens) and (named := vocabulary.surnames.get(tokens[start + 1].text)):
        yield start + 2, named  # 姓沈的那位
    people = vocabulary.surnames.get(tokens[start].text)
    if people and _is_apart(tokens, start):
        yield start + 1, people  # "how much did 沈 sell"
    if not people:
        return
    for end in range(start + 2, min(start + 1 + LONGEST, len(tokens)) + 1):
        title = "".join(token.text for token in tokens[start + 1 : end])
        after = tokens[end].text if end < len(tokens) and tokens[end].kind == "han" else ""
        if title in TITLES and (not after or after not in BEGINS_A_WORD.get(title, ())):
            yield end, _of_role(people, title, vocabulary)


def _is_apart(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether one Chinese character stands alone among words of the other script."""
    beside = [tokens[near].kind for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return "latin" in beside and "han" not in beside and "number" not in beside


def surnamed(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """As in "deals of Chen", "Chen (陈)": a Chinese surname in Latin letters, or followed by the character that it is."""
    token = tokens[start]
    if token.norm in _FORMS and start + 1 < len(tokens):
        yield from surnamed(tokens, start + 1, vocabulary)
        return
    called = start > 0 and tokens[start - 1].norm in _FORMS
    if (start == 0 and not called) or not _is_capitalised(token) or token.stem in stopwords() or token.norm in cues():
        return
    if _is_beside_name(tokens, start):
        return  # a name in full, or a first name
    after = tokens[start + 1 : start + 4]
    bracketed = len(after) == 3 and after[0].text in "(（" and after[2].text in ")）"
    written = after[1].text if bracketed else None
    people = [value for first, held in vocabulary.surnames.items() if _spelt(first) == token.norm and written in {None, first} for value in held]
    if not called and written is None:
        people += [value for held in vocabulary.surnames.values() for value in held if _spelt(value.text[1:]) == token.norm]
    if people:
        yield start + (4 if bracketed else 1), tuple(dict.fromkeys(people))


def _is_beside_name(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether another word in capitals stands right before or behind, which is no form of address and does not open the question."""
    before, after = tokens[start - 1 : start] if start > 1 else (), tokens[start + 1 : start + 2]
    return any(_is_capitalised(other) and other.norm not in _FORMS for other in (*before, *after))


def _is_capitalised(token: Token) -> bool:
    return token.kind == "latin" and token.text[:1].isupper() and token.text[1:].islower()


@cache
def _spelt(character: str) -> str:
    from pypinyin import lazy_pinyin  # its dictionary takes a fifth of a second to load

    return "".join(lazy_pinyin(character))


def is_person(value: Value, model: SemanticModel) -> bool:
    """Whether a value is the name of somebody: of a record of people, of a person that records refer to, or in a column for a role."""
    entity = model.entities[value.entity]
    field = entity.fields[value.field]
    if value.entity in PEOPLE:
        return value.title and value.field == entity.title
    return field.to == "member" or (field.custom and field.type is FieldType.TEXT and any(ROLE.search(label) for label in field.words.zh))


def _of_role(people: tuple[Value, ...], title: str, vocabulary: Vocabulary) -> tuple[Value, ...]:
    """As in 李经理 where a column holds the 实施经理: those whom a column for that role names, where there are any."""
    own = [value for value in people if any(label.endswith(title) for label in vocabulary.model.entities[value.entity].fields[value.field].words.zh)]
    return tuple(own) if own and len(title) > 1 else people


def _begins_word(text: str, vocabulary: Vocabulary) -> bool:
    """Whether two characters are a word of the store or of its questions: 小于 and 小高… are no people."""
    return text in vocabulary.terms or text in vocabulary.values or text in cues()
