"""What was reached of goals that stand in a table of their own, 目标完成率, "who beat their target": read as a question for a figure and one for the goals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agent.parsing.language.incoming import spoken_language
from agent.parsing.language.periods import Period, to_date
from agent.parsing.language.text import has_han, term_key
from agent.parsing.linking.items import Item, Linked
from agent.parsing.linking.quotas import QUOTA, quota_fields
from agent.parsing.messages.goal_columns import OF_SALES, Goal, goal_of, without_formula
from agent.parsing.store_words.vocabulary import Term, Vocabulary
from tools.crm.query import Having

_RATE = re.compile(r"(?:完成|达成|达标|实现)的?(?:率|比例|比率|进度|百分比|情况)|\b(?:attainments?|achievement)\b|\bquota (?:rate|percentage)\b", re.IGNORECASE)
_PART = re.compile(r"百分之(?:多少|几)|几成|\b(?:percent(?:age)?|share|how much|how far|fraction)\b|%|完成得?(?:怎么样|如何|怎样)|完成了?多少", re.IGNORECASE)
_MISSED = re.compile(
    r"(?:没有?|未能?|尚未)(?:能|有)?(?:完成|达成|达到|达标|实现|够到|够上|超过|到)|低于|不到"
    r"|\b(?:miss(?:ed|es|ing)?|below|behind|under|short of|not (?:yet )?(?:hit|met|made|reached|achieved)"
    r"|(?:did|has|have)(?:n't|n’t| not) (?:yet )?(?:hit|met|meet|made|make|reach(?:ed)?|achieved?|beat(?:en)?|exceed(?:ed)?|surpass(?:ed)?))\b",
    re.IGNORECASE,
)
_PASSED = re.compile(r"超过|超额|超了|高于|\b(?:beat|beats|beaten|exceed(?:s|ed)?|above|over|surpass(?:ed)?|outperform(?:ed)?)\b", re.IGNORECASE)
_MADE = re.compile(r"完成了?|达成了?|达到了?|达标了?|够到|\b(?:hit|hits|met|meets?|made|makes?|reach(?:ed|es)?|achiev(?:ed?|es))\b", re.IGNORECASE)
_WHO = re.compile(r"谁|哪些|哪几|哪位|有谁|\b(?:who|whose|which|anyone|anybody)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"多少|几[个位名人]|\bhow many\b", re.IGNORECASE)
_HEADS = re.compile(r"(?:多少|几)[个位名]?人|\bhow many (?:people|persons|of (?:us|them))\b", re.IGNORECASE)
_FORM = re.compile(r"除以|对比|相比|比|按|根据|拿|跟|judged|judging|measured|based|against|versus|vs|over|by|on|divided|of|compared|according", re.IGNORECASE)
_ASKING = (_RATE, _PART, _MISSED, _PASSED, _MADE, _FORM, QUOTA, _WHO, _HEADS)
_SILENT = {"amount", "bottom", "breakdown", "closed", "compare", "count", "each", "eq", "filler", "ge", "group", "gt", "le", "least", "list", "lookup", "lt"}
_SILENT |= {"most", "pronoun", "resolved", "share", "signed", "sold", "sum", "top", "what", "which", "won", "grain_month", "grain_quarter", "grain_year"}
"""Cues that say no more than the way of asking; a denial is never among them."""
_ENDINGS = {(True, True): ("金额", "额", ""), (True, False): ("次数", "数", ""), (False, True): (" value", " amount", ""), (False, False): (" count", "")}
"""How the figure is called that a goal is set for, by whether the head is Chinese, and whether it is money."""

Link = Callable[[str], Linked]


@dataclass(frozen=True)
class Held:
    """A question for what was reached: the ``figures`` by person, in the ways in which they may be called, and the ``column`` of goals in the same period.

    ``bound`` keeps those who reached theirs or did not, ``descending`` ranks; neither shows all, or the one person who is named.
    """

    figures: tuple[str, ...]
    column: str
    goal: Goal
    word: str
    bound: Having | None = None
    descending: bool | None = None
    assumed: Period | None = None


def held_against(text: str, asked: str, vocabulary: Vocabulary, link: Link, today: date) -> Held | None:
    """How a question for what was reached of goals is read; None where it doesn't ask for that, or no table of goals tells which are meant.

    ``asked`` are its own words, ``text`` those that it was put in.
    """
    rate, missed = _RATE.search(asked), _MISSED.search(asked)
    verb = missed or _PASSED.search(asked) or _MADE.search(asked)
    if not rate and not ((QUOTA.search(asked) or "达标" in asked) and verb):
        return None
    goal = None if quota_fields(vocabulary) else goal_of(text, vocabulary)
    if goal is None:
        return None
    text = without_formula(text, goal)
    linked = link(text)
    read = _Words(text, linked, goal)
    if not read.are_explained() or len(read.periods) > 1:
        return None
    chinese = spoken_language(text, linked) == "zh"
    when = read.periods[0].text if read.periods else "今年" if chinese else "this year"
    label = goal.label(chinese)
    column = f"{when}{label}合计" if chinese else f"total {label} in {when}"
    bound = None
    if rate is None and _PART.search(asked) is None and (_WHO.search(asked) or read.counts_people(asked)):
        bound = Having(op="lt" if missed else "gt" if _PASSED.search(asked) else "ge", value="1")
    ranked = bound is not None or bool({"most", "least"} & read.cues)
    descending = (bound.op != "lt" if bound is not None else "least" not in read.cues) if ranked else None
    word = rate[0] if rate else verb[0] if verb else label
    return Held(read.figures(when, chinese, ranked), column, goal, word, bound, descending, None if read.periods else to_date("year", today))


class _Words:
    """The words of such a question: when, whose, by what, and the figure that is held against the goals."""

    def __init__(self, text: str, linked: Linked, goal: Goal) -> None:
        self.text, self.linked, self.goal = text, linked, goal
        self.periods = [item for item in linked.items if item.period is not None]
        self.cues = {cue for item in linked.items for cue in item.cues}
        self.spans = [match.span() for pattern in _ASKING for match in pattern.finditer(text)]
        others = [item for item in linked.items if item.period is None and not self._is_of_goal(item)]
        self.people = [item for item in others if any(value.entity == "member" for value in item.values) and not _names_people(item)]
        self.groups = [item for item in others if _names_people(item) and item not in self.people]
        rest = [item for item in others if item not in self.people and item not in self.groups]
        self.measures = [
            item
            for item in rest
            if not (self._is_of_asking(item) or any(cue.startswith("grain_") for cue in item.cues))
            and any(term.what in {"measure", "entity"} or _is_number(term) for term in item.terms)
        ]
        self.rest = [item for item in rest if item not in self.measures]
        self.measures = [item for item in self.measures if not OF_SALES.fullmatch(item.text)]

    def are_explained(self) -> bool:
        """Whether nothing else is said: every word is one of these, or belongs to the way of asking."""
        if len(self.people) > 1 or len(self.groups) > 1 or any(item.values for item in self.measures):
            return False
        silent = all((item.cues and {*item.cues} <= _SILENT and not item.means_more) or self._is_of_asking(item) for item in self.rest)
        return silent and all(self._is_of_asking(item) or self._is_of_goal(item) for item in self.linked.left)

    def counts_people(self, asked: str) -> bool:
        """As in 没完成指标的业务员有几个, "how many reps missed their target": of how many people it holds."""
        return _HEADS.search(asked) is not None or (bool(self.groups) and not self.measures and _HOW_MANY.search(asked) is not None)

    def figures(self, when: str, chinese: bool, ranked: bool) -> tuple[str, ...]:
        """The question for the figure, in the ways in which it may be called."""
        who = self.people[0].text if self.people else ""
        alone = any(value.title for item in self.people for value in item.values)
        noun = (
            ""
            if alone
            else self.groups[0].text
            if self.groups
            else ("销售" if chinese else "sales rep")
            if ranked or {"group", "breakdown"} & self.cues
            else ""
        )
        if chinese:
            shape = f"{when}{who}每个{noun}的{{}}" if noun else f"{who}{when}{{}}是多少"
        else:
            whose = f" of {who}" if who else ""
            shape = f"{{}}{whose} by {noun} in {when}" if noun else f"what is the {{}}{whose} in {when}"
        return tuple(shape.format(name) for name in self._names(chinese))

    def _names(self, chinese: bool) -> tuple[str, ...]:
        if self.measures:
            name = ("" if chinese else " ").join(item.text for item in self.measures)
            return (name if self.goal.money or not chinese or "次" in name else f"{name}次数",)
        heads = [head for head in sorted(self.goal.heads) if not OF_SALES.fullmatch(head)]
        if not heads:
            return ("赢单金额", "合同金额") if chinese else ("won value", "contract value")
        return tuple(f"{head}{tail}" for head in heads for tail in _ENDINGS[has_han(head), self.goal.money])

    def _is_of_goal(self, item: Item) -> bool:
        key = term_key(item.text)
        said = bool(key) and any(key in word for word in (*self.goal.words, *self.goal.heads))
        return (
            said
            or any((term.entity, term.key) == self.goal.place or (term.what != "field" and term.entity == self.goal.entity) for term in item.terms)
            or bool(QUOTA.fullmatch(item.text))
        )

    def _is_of_asking(self, item: Item) -> bool:
        tokens = self.linked.tokens
        start, end = tokens[item.start].start, tokens[item.end - 1].end
        return any(low <= start and end <= high for low, high in self.spans) or all(
            any(low <= token.start and token.end <= high for low, high in self.spans) for token in tokens[item.start : item.end] if token.kind != "mark"
        )


def _names_people(item: Item) -> bool:
    """As in 业务员, "rep", 办事处: what people are, or what they belong to."""
    return any(
        (term.what == "entity" and term.entity == "member") or term.entity == "member" or (term.what == "field" and term.key == "owner") for term in item.terms
    )


def _is_number(term: Term) -> bool:
    return term.what == "field" and term.key != "owner"
