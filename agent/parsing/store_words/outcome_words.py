"""Words for how deals ended with what is counted of them: 中标率, 签单额, 输单数; those of signing where the won stage is called so or no contracts are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import has_han
from agent.parsing.store_words.contracted_deals import contract_value_words
from agent.parsing.store_words.signed_deals import is_stage

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

_WON = ((("率",), "win_rate"), (("金额", "额", "总额"), "won_value"), (("数", "数量", "量", "单数"), "won_count"))
_LOST = ((("率",), "loss_rate"), (("金额", "额", "总额"), "lost_value"), (("数", "数量", "量", "单数"), "lost_count"))
_AMONG_OTHERS, _FIRST = 4, 0


def outcome_words(vocabulary: Vocabulary) -> Iterator[tuple[str, str, int]]:
    """Each with its measure, and its rank among the words of that."""
    yield from contract_value_words(vocabulary)
    ends = {"won": (_WON, _AMONG_OTHERS), "lost": (_LOST, _AMONG_OTHERS)}
    if is_stage(vocabulary):
        ends["signed"] = (_WON, _FIRST)  # 签约额 is a word for contracts elsewhere
    for phrase, kinds in cues().items():
        for kind, (made, rank) in ends.items():
            if kind in kinds and len(kinds) == 1 and 2 <= len(phrase) <= 3 and has_han(phrase):
                yield from ((phrase + ending, key, rank) for endings, key in made for ending in endings)
    for made, kind in ((_WON, "won"), (_LOST, "lost")):
        for word in _stage_words(vocabulary, kind):
            yield from ((word + ending, key, _AMONG_OTHERS) for endings, key in made for ending in endings)


def _stage_words(vocabulary: Vocabulary, kind: str) -> Iterator[str]:
    """As in 出单率 of a stage 已出单: what the export itself calls deals that ended so, where one stage alone does."""
    words = vocabulary.model.entities["opportunity"].fields["stage"].values.get(kind)
    said = [word.removeprefix("已") for word in words.zh] if words is not None else []
    own = [word for word in said if 2 <= len(word) <= 3 and has_han(word) and not cues().get(word)]
    yield from own if len(said) == 1 else ()
