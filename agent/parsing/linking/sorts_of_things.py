"""Words for doing something that stand for things where their sort is asked for: the 服务 of 哪类服务, 各项服务 and 服务类型."""

from __future__ import annotations

from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item
from agent.parsing.store_words.vocabulary import Vocabulary

WORD = 2  # characters; a shorter verb stands for no thing
OF_RECORDS = ("哪类", "哪种")
BEFORE = {"类", "种", "项", "款"}
BEHIND = ("类型", "种类", "类别", "品类", "大类", "项目")


def names_sort(tokens: tuple[Token, ...], item: Item) -> bool:
    """Whether a Chinese word for who does or has something stands beside a word for sorts, and so is a thing itself."""
    if not item.is_only_cue or item.cues != ("sold",) or tokens[item.start].kind != "han" or item.end - item.start < WORD:
        return False
    behind = "".join(token.text for token in tokens[item.end : item.end + 2])
    return behind in BEHIND or (item.start > 0 and tokens[item.start - 1].text in BEFORE)


def swallows_records(tokens: tuple[Token, ...], item: Item, vocabulary: Vocabulary) -> bool:
    """As 工单满意度 in 哪类工单满意度最低: the header holds the word for the records whose sort is asked for."""
    before = "".join(token.text for token in tokens[max(item.start - 2, 0) : item.start])
    if before not in OF_RECORDS or item.values or item.cues or not item.terms or any(term.what == "entity" for term in item.terms):
        return False
    entities = {term.entity for term in item.terms}
    inner = ("".join(token.stem for token in tokens[item.start : end]) for end in range(item.start + WORD, item.end))
    return any(term.what == "entity" and term.filled and term.entity in entities for key in inner for term in vocabulary.terms.get(key, ()))
