"""Reads a bracket that says in the store's own word what the phrase before it means: "payment type (款项类型)"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from agent.parsing.language.hyphenated import compound_spans, is_joint
from agent.parsing.language.lengths import UNITS
from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import Token, has_han, term_key, tokenise
from agent.parsing.store_words.addressing import PEOPLE
from agent.parsing.store_words.vocabulary import Term, Value

_BRACKET = re.compile(
    r"\s*[(（]\s*(?P<in>[^()（）]{1,40}?)\s*[)）]"
    r"|\s*,?\s*\bi\.\s?e\.?,?\s+(?P<ie>[^,，()?？]{1,40}?)\s*(?=$|[,，?？.。])[,，]?"
    r"|[，,]\s*(?:也就是说?|即)\s*(?P<zh>[^，,。？?]{1,12}?)[，,]"
)
_LIMITING = re.compile(r"\s*(?:(?:with|no|having|has|have)\b|看|有|无|没有|没)", re.IGNORECASE)
_BY = re.compile(r"^\s*看")
_JOIN = re.compile(r"\s*(?:=|＝|:|：)\s*")
_FLAG = re.compile(r"(?:是否|有无|is |has )?(?P<flag>[^=＝:：]+?)\s*[=＝:：]\s*(?:(?P<yes>是|有|yes|true|y|1)|否|无|no|false|n|0)", re.IGNORECASE)
# （按单数）, （只看有效的）
_NARROWS = re.compile(r"按|以|用|只|仅|限|从|自|不?含|不?包括|(?:by|per|in|only|just|as of|since|incl|excl|including|excluding|not|without)\b", re.IGNORECASE)
_ENDINGS = {"won", "lost"}
TIMES = {*UNITS, "分钟", "minute", "min", "秒", "second"}
_SCALE = re.compile(r"(?:单位[:：]?\s*)?[千万亿]+(?:元|美元|欧元|英镑|人民币)?|(?:in )?(?:thousands|millions|k|kg|km)", re.IGNORECASE)
_LEFT_OUT = re.compile(r"(?:除外|不算|别算|不要|不计|不统计|不算在内)$")
ASKING = {"share", "count", "distinct", "list", "which", "lookup", "group", "average", "median", "most", "least"}
OUTCOMES = {"won", "lost", "open", "closed"}
STANDING_IN = 6  # the rank of words that only stand in for people: "agents (代理)" are the sort of customers
MOST_WORDS = 3
MOST_LETTERS = 4
MOST_UNKNOWN = 2
MOST_BEFORE_HEADER = 8


class Found(Protocol):
    """What is asked of an item here."""

    @property
    def start(self) -> int:
        """Its first token."""

    @property
    def end(self) -> int:
        """The token behind its last one."""

    @property
    def cues(self) -> tuple[str, ...]:
        """What it asks for as a function word."""

    @property
    def values(self) -> tuple[Value, ...]:
        """Values that it names."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Terms that it names."""

    @property
    def means_more(self) -> bool:
        """Whether it is a period, a number or another thing that no word of a header stands for."""


Find = Callable[[str], tuple[tuple[Found, ...], bool]]


def without_glosses(question: str, find: Find) -> str:
    """The question with each such bracket in place of the phrase that it explains.

    ``find`` links words: what they mean, and whether that is all of them. A bracket that narrows what stands before it, such as
    "reps (North and South)", stays, and so does one that is no word of the store.
    """
    at = 0
    while (match := _BRACKET.search(question, at)) is not None:
        before, inside, after = question[: match.start()], _said(_inside(match)), question[match.end() :]
        if _LEFT_OUT.search(inside):  # 一共多少双（取消的除外） says what is not counted, and nothing over again
            question, at = f"{before}，{inside}{after}", match.end()
            continue
        if _LIMITING.match(inside):  # "signed customers (with 首签日期)" says how they are told, and nothing over again
            said = _BY.sub("按", inside)
            question, at = f"{before}，{said} {after}" if has_han(said[0]) else f"{before} {said} {after}", match.end()
            continue
        if term_key(inside).removeprefix("个") in TIMES or _SCALE.fullmatch(inside):  # a unit only says in what
            question = before + after
            at = len(before)
            continue
        explained = _clause(before, inside, find) if match["zh"] else _explained(before, inside, bool(_JOIN.search(_inside(match))), find)
        if explained is None:
            at = match.end()
            continue
        head = before[: explained[0]]
        put = head + inside + _apart(inside, before[explained[1] :]) + before[explained[1] :]
        question, at = put + _apart(put, after) + after, len(put)
    return question


def _apart(before: str, after: str) -> str:
    return " " if before and after[:1].isalnum() and not (has_han(before[-1]) and has_han(after[0])) else ""


def _clause(before: str, inside: str, find: Find) -> tuple[int, int] | None:
    """As in 林嘉怡大区，也就是华南，…: all that stands before it since the last comma is what is named again, names in it too."""
    items, whole = find(inside)
    start = max(before.rfind("，"), before.rfind(",")) + 1
    around, _ = find(before[start:])
    plain = all(item.values or item.terms for item in (*items, *around))
    return (start, len(before)) if whole and items and plain and before[start:].strip() else None


def _inside(match: re.Match[str]) -> str:
    return str(match["in"] or match["ie"] or match["zh"])


def _said(inside: str) -> str:
    """A bracket such as "是否招标 = 是" in the words of a question."""
    flag = _FLAG.fullmatch(inside)
    if flag is None:
        return _JOIN.sub(" ", inside)
    return flag["flag"] if flag["yes"] else f"{'非' if has_han(flag['flag']) else 'not '}{flag['flag']}"


def _explained(before: str, inside: str, limits: bool, find: Find) -> tuple[int, int] | None:
    """Where the words that a bracket explains begin and end; None where it explains none."""
    items, whole = find(inside)
    named = [item for item in items if item.values or item.terms]
    tokens = tokenise(before)
    if _NARROWS.match(inside):
        return None
    if not whole or not named or any(item.means_more for item in items) or not tokens or tokens[-1].kind not in {"latin", "han"}:
        return None
    around, _ = find(before)
    taken = {at for item in around if item.means_more or item.values for at in range(item.start, item.end)}
    last = next((item for item in around if item.end == len(tokens)), None)
    if "group" in items[0].cues or (last is not None and _only_asks(last)):
        return None  # 占比是多少（按单数）: how to count, and no other word for what stands before
    if last is not None and not any(item.values for item in named) and _tells_column(last, named):
        return None  # "in Wuhan (所在地市)", "pass rate (过没过)": the bracket says in which column that is
    end = len(tokens)
    start = end - 1 if last is None else last.start
    if (
        last is not None
        and any(term.what == "entity" and not (term.rank >= STANDING_IN and term.entity in PEOPLE) for term in last.terms)
        and not any(term.what == "entity" for item in named for term in item.terms)
    ):
        if limits or any(item.values for item in named):
            end = start  # "key accounts (A类)": accounts of that kind
    elif last is not None and (last.means_more or any(value.title for value in last.values)):
        return None
    far = _only_unknown(tokens, around) if tokens[-1].kind == "latin" and last is not None and any(term.filled for term in last.terms) else None
    if last is not None and far is not None and far[1] <= last.start:
        return (tokens[far[0]].start, tokens[far[1] - 1].end)  # "entrapment calls (是否困人)": what is unknown is what needs the other word
    if start == end and (same := next((item for item in around if item.end == end and _name_the_same(item, named)), None)) is not None:
        return (tokens[same.start].start, tokens[end - 1].end)
    own = {(value.entity, value.field) for item in named for value in item.values}
    headed = last is not None and any((term.entity, term.key) in own for term in last.terms)  # 合同评审阶段（Contract Review）
    start = _begins(tokens, start, taken, around, MOST_BEFORE_HEADER if headed and tokens[-1].kind == "han" else None)
    ends = _ENDINGS & set(cues().get(tokens[start - 1].stem, ())) if start else frozenset[str]()
    if ends and ends & set(cues().get(term_key(inside), ())):
        return (tokens[start - 1].start, tokens[start - 1].end)  # "lost tenders (落标)": what is said again is how they ended
    while start < end and (said := _ended(tokens, start, end)):
        start += said  # "lost value (our quotes)" explains of what amount, and not that the deals were lost
    if limits and start == end < len(tokens):
        return (tokens[start].start, tokens[start].start)  # "tenders (是否招标 = 是)": which of them
    return (tokens[start].start, tokens[end - 1].end) if start < end else None


def _only_unknown(tokens: tuple[Token, ...], around: tuple[Found, ...]) -> tuple[int, int] | None:
    """The one run of words that nothing is known of; none where there are several, or more words than name one thing."""
    known = {at for item in around for at in range(item.start, item.end)}
    compounds = compound_spans(tokens)
    inside = {at for first, last in compounds for at in range(first, last)} - known
    left = [at for at, token in enumerate(tokens) if at not in known and (at in inside or _says_something(token, "latin"))]
    together = bool(left) and left[-1] - left[0] == len(left) - 1
    return (left[0], left[-1] + 1) if together and len(left) - 2 * bool(inside) <= MOST_UNKNOWN else None


def _name_the_same(item: Found, named: list[Found]) -> bool:
    """Whether the words before the records stand for the column, or one of the values, that the bracket names."""
    fields = {(term.entity, term.key) for each in named for term in each.terms if term.what == "field"}
    fields |= {(value.entity, value.field) for each in named for value in each.values}
    own = {(value.entity, value.field) for value in item.values} | {(term.entity, term.key) for term in item.terms if term.what == "field"}
    return not item.means_more and bool(own & fields)


def _begins(tokens: tuple[Token, ...], start: int, taken: set[int], around: tuple[Found, ...], longest: int | None = None) -> int:
    """Where a noun phrase begins that ends with the word at ``start``: the words that say more of it, as far as they are neither function words nor names."""
    kind, end = tokens[-1].kind, len(tokens)
    known = {at for item in around for at in range(item.start, item.end)}
    taken = taken | {at for item in around if _only_asks(item) for at in range(item.start, item.end)}
    most = longest or (MOST_WORDS if kind == "latin" else MOST_LETTERS)
    while start > 0:
        joined = start > 2 and is_joint(tokens, start - 1)  # "in-person": the words of a compound say what they say together
        before = start - 3 if joined else start - 2 if start > 1 and tokens[start - 1].text == "-" else start - 1
        if not (joined or _says_something(tokens[before], kind)) or before in taken or (end - before > most and before in known):
            break
        start = before
    return start


def _ended(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """The number of words at a place that say how deals ended."""
    sizes = (size for size in (2, 1) if start + size < end and OUTCOMES & set(cues().get("".join(t.stem for t in tokens[start : start + size]), ())))
    return next(sizes, 0)


def _tells_column(last: Found, named: list[Found]) -> bool:
    columns = {(term.entity, term.key) for item in named for term in item.terms if term.what == "field"}
    rated = {(term.entity, term.key) for term in last.terms if "share" in last.cues}
    return bool(columns & (rated | {(value.entity, value.field) for value in last.values}))


def _only_asks(item: Found) -> bool:
    return bool(ASKING & set(item.cues)) and not (item.values or item.terms)


def _says_something(token: Token, kind: str) -> bool:
    return token.kind == kind and token.stem not in cues() and token.stem not in stopwords() and token.norm not in stopwords()
