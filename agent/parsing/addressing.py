"""People by their surname and a form of address, as colleagues call them in Chinese: 张工, 王总, 李经理."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.lexicon import cues
from agent.parsing.text import Token
from tools.crm.semantic import FieldType, SemanticModel

if TYPE_CHECKING:
    from agent.parsing.vocabulary import Value, Vocabulary

PEOPLE = ("member", "contact", "lead")
TITLES = ("总监", "经理", "主任", "主管", "老师", "院长", "处长", "科长", "部长", "厂长", "校长", "局长", "医生", "大夫", "工", "总", "董", "姐", "哥")
BEGINS_A_WORD = {
    "工": frozenset("单作厂程序艺具期时资业人地况件种号会商"),
    "总": frozenset("共数额量计价部体和是有分"),
    "董": frozenset("事"),
}
ROLE = re.compile(r"(?:人|员|经理|工程师|顾问|代表|主管|销售|客服|专员|售前|教师|医生)$")
FAMILIAR = {"小", "老"}
LONGEST = max(map(len, TITLES))


def addressed(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Where such words end that begin at ``start``, with everybody whom they may mean."""
    if tokens[start].text in FAMILIAR and start + 1 < len(tokens):
        called = vocabulary.surnames.get(tokens[start + 1].text, ())
        after = tokens[start + 2].text if start + 2 < len(tokens) and tokens[start + 2].kind == "han" else ""
        if called and not _begins_word(tokens[start + 1].text + after, vocabulary):
            yield start + 2, called
    people = vocabulary.surnames.get(tokens[start].text)
    if not people:
        return
    for end in range(start + 2, min(start + 1 + LONGEST, len(tokens)) + 1):
        title = "".join(token.text for token in tokens[start + 1 : end])
        after = tokens[end].text if end < len(tokens) and tokens[end].kind == "han" else ""
        if title in TITLES and (not after or after not in BEGINS_A_WORD.get(title, ())):
            yield end, _of_role(people, title, vocabulary)


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
