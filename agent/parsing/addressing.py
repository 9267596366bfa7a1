"""People by their surname and a form of address, as colleagues call them in Chinese: 张工, 王总, 李经理."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.text import Token

if TYPE_CHECKING:
    from agent.parsing.vocabulary import Value, Vocabulary

PEOPLE = ("member", "contact", "lead")
TITLES = ("总监", "经理", "主任", "主管", "老师", "院长", "处长", "科长", "部长", "厂长", "校长", "局长", "医生", "大夫", "工", "总", "董", "姐", "哥")
BEGINS_A_WORD = {
    "工": frozenset("单作厂程序艺具期时资业人地况件种号会商"),
    "总": frozenset("共数额量计价部体和是有分"),
    "董": frozenset("事"),
}
LONGEST = max(map(len, TITLES))


def addressed(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Where such words end that begin at ``start``, with everybody whom they may mean."""
    people = vocabulary.surnames.get(tokens[start].text)
    if not people:
        return
    for end in range(start + 2, min(start + 1 + LONGEST, len(tokens)) + 1):
        title = "".join(token.text for token in tokens[start + 1 : end])
        after = tokens[end].text if end < len(tokens) and tokens[end].kind == "han" else ""
        if title in TITLES and (not after or after not in BEGINS_A_WORD.get(title, ())):
            yield end, people
