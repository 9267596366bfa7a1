"""Which group grew or fell most, 哪个区域增长最快: read as a ranking by the figure itself, and turned into one by how far it rose above an earlier period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from agent.parsing.conditions.named_times import period_assumed, window_of
from agent.parsing.language.periods import begun, previous, relative_unit, to_date, year_before
from agent.parsing.language.text import has_han
from agent.parsing.linking.items import Item, Linked
from tools.crm.query import Order, Plan
from tools.crm.semantic import SemanticModel

_ROSE_ZH = r"增长|增加|上升|上涨|提高|提升|涨|增幅|涨幅|增速|增长率|增长速度|增长幅度"
_FELL_ZH = r"下降|下滑|下跌|减少|降低|缩水|萎缩|回落|跌|降|降幅|跌幅|(?<![丢输卖失流跑])掉"
_ROSE_EN = r"grew|grown|growing|grow|increased|increasing|rose|risen|rising|improved|gained"
_FELL_EN = r"fell|fallen|falling|dropped|dropping|declined|declining|decreased|shrank|shrunk|shrinking"
_MOST_ZH = re.compile(rf"(?:(?P<rose>{_ROSE_ZH})|(?P<fell>{_FELL_ZH}))(?:得|了|的|幅度|速度)?最(?P<most>[快多大高猛明慢少小低狠凶惨]|厉害|严重)(?:显|得)?")
_VERB_EN = rf"(?:(?P<rose>{_ROSE_EN})|(?P<fell>{_FELL_EN}))"
_MOST_EN = re.compile(rf"\b(?:has |have |had )?{_VERB_EN} (?:by )?(?:the )?(?P<most>most|least|fastest|slowest|quickest)\b", re.IGNORECASE)
_GROWING_EN = re.compile(rf"\b(?P<most>fastest|slowest|quickest)[ -]{_VERB_EN}\b", re.IGNORECASE)
_GROWTH_EN = re.compile(
    r"\b(?P<most>biggest|largest|highest|greatest|strongest|steepest|smallest|lowest|weakest)"
    r" (?:(?P<rose>growth|increase|rise|gain)|(?P<fell>drop|fall|decline|decrease))(?P<of> (?:in|of))?\b",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"[增涨升跌降减变]|提高|下滑|gr[eo]w|chang|increas|decreas|\bris|rose|gain|improv|declin|drop|shr[iau]nk|\bfall|\bfell", re.IGNORECASE)
_LYING = re.compile(r"falls?|falling|fell", re.IGNORECASE)  # "falls in November", "falls under 50"
_SPEED = re.compile(r"快|慢|fast|slow|quick|增速|率|growth", re.IGNORECASE)
_LEAST = re.compile(r"[慢少小低]|least|slow|smallest|lowest|weakest", re.IGNORECASE)
_AGAINST_EN = r"\b(?:compared (?:to|with)|versus|vs\.?|than|on|over|from) (?:the )?(?:last|previous|prior)"
_A_YEAR_BEFORE = re.compile(
    r"[，,]?\s*(?:[比较]|相?[对比]于?|与|跟|和)?(?:去年|上年)(?:同期|同季|同月)?(?:相?比)?|同比(?:来看)?"
    rf"|{_AGAINST_EN} year\b|\b(?:year[ -]over[ -]year|yoy)\b",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"[，,]?\s*(?:[比较]|与|跟|和)(?:上个?(?:季度|季|月))(?:相?比)?|环比(?:来看)?"
    rf"|{_AGAINST_EN} (?:quarter|month)\b|\b(?:quarter[ -]over[ -]quarter|qoq|month[ -]over[ -]month|mom)\b",
    re.IGNORECASE,
)

Rise = Literal["change", "growth"]


@dataclass(frozen=True)
class Grown:
    """A question for who grew most: the ``ranking`` by the figure that it is read by, and how that is turned.

    ``one_before``: the unit where it is held against the period before, and not against the year before; ``word`` is what says it;
    ``of_all``: all groups are asked for, or one figure without any.
    """

    ranking: str
    by: Rise
    descending: bool
    one_before: str | None
    word: str
    of_all: bool = False


def grown(text: str, link: Callable[[str], Linked]) -> Grown | None:
    """How a question that asks who grew or fell most is read; None where it doesn't, or where an own column of the store says so."""
    match = next((found for pattern in (_MOST_ZH, _MOST_EN, _GROWING_EN, _GROWTH_EN) if (found := pattern.search(text))), None)
    if match is None:
        return None
    items = link(text).items
    if any(item.terms and match["most"] not in item.text and (match["rose"] or match["fell"]) in item.text for item in items):
        return None  # a column of rates of growth
    fell = match["fell"] is not None
    descending = bool(_LEAST.search(match["most"])) == fell
    ranked = _ranked(match, any(_is_measure(item) or "count" in item.cues for item in items), text)
    rest = _ONE_BEFORE.sub(" ", _A_YEAR_BEFORE.sub(" ", ranked)).strip()
    by: Rise = "growth" if _SPEED.search(match[0]) else "change"
    return Grown(rest, by, descending, _unit_before(text), match[0].strip())


def unsaid(text: str, link: Callable[[str], Linked], plan: Plan) -> Item | None:
    """The word of a question for growth that its plan says nothing of, as in 各区域赢单额增长率 read as the figure itself."""
    tells = plan.focus in {"growth", "changes", "compare", "trend"} or any(
        query.compare is not None or len(query.measures) > 1 or any(each.grain for each in query.dimensions) for query in plan.queries
    )
    return None if tells or not _CHANGING.search(text) else next(_words_for_growth(link(text).items), None)


def is_missed(text: str, link: Callable[[str], Linked], not_understood: tuple[str, ...]) -> Item | None:
    """The word of a question for growth that was refused for what it is held against alone, as in 各区域同比增长."""
    against = bool(not_understood) and all(_A_YEAR_BEFORE.fullmatch(word) or _ONE_BEFORE.fullmatch(word) for word in not_understood)
    return next(_words_for_growth(link(text).items), None) if against else None


def _words_for_growth(items: tuple[Item, ...]) -> Iterator[Item]:
    if not any("trend" in item.cues for item in items):
        said = (item for item in items if {"change", "growth_rate"} & {*item.cues} and not item.values and not item.terms)
        yield from (item for item in said if not _LYING.fullmatch(item.text))


def by_growth(text: str, word: Item, linked: Linked) -> Grown:
    """That question as one for the figure; where it names none, for what was won."""
    start, end = linked.tokens[word.start].start, linked.tokens[word.end - 1].end
    figure = "" if any(_is_measure(item) or "count" in item.cues for item in linked.items) else "赢单金额" if has_han(word.text) else "won value"
    rest = _ONE_BEFORE.sub(" ", _A_YEAR_BEFORE.sub(" ", f"{text[:start]}{figure}{text[end:]}")).strip()
    return Grown(rest, "growth", True, _unit_before(text), word.text, of_all=True)


def _unit_before(text: str) -> str | None:
    """Whether it is held against the period before, and which: the last quarter or month where none is named."""
    before = _ONE_BEFORE.search(text)
    return None if before is None else "quarter" if re.search(r"季|quarter|qoq", before[0], re.IGNORECASE) else "month"


def _ranked(match: re.Match[str], measured: bool, text: str) -> str:
    """The question with a superlative of the figure in place of its change; of none, of what was won."""
    before, after = text[: match.start()], text[match.end() :]
    if has_han(match[0]):
        return f"{before}{'' if measured else '赢单金额'}最高{after}"
    if match.re is _GROWTH_EN:
        return f"{before}highest{'' if match['of'] and measured else ' won value'}{after}"
    if match.re is _GROWING_EN:
        return f"{before}highest {after}" if measured else f"{before}{after} with the highest won value"
    owned = "'s " in before or "’s " in before
    return f"{before}is the highest{after}" if measured and owned else f"{before}has the highest {'' if measured else 'won value '}{after}"


def _is_measure(item: Item) -> bool:
    return any(term.what == "measure" for term in item.terms) and not any(term.what in {"entity", "field"} for term in item.terms)


def risen(plan: Plan, asked: Grown, linked: Linked, model: SemanticModel, today: date) -> Plan | None:
    """The ranking by the figure turned into one by how far it rose; None where it ranks no groups, or no single period is meant."""
    query = plan.queries[0]
    periods = [item.period for item in linked.items if item.period is not None]
    groups = len(query.dimensions) == 1 or (asked.of_all and not query.dimensions)
    ranked = len(query.order) == 1 and query.order[0].measure is not None
    if len(plan.queries) > 1 or len(query.measures) != 1 or not groups or not (ranked or asked.of_all) or len(periods) > 1:
        return None
    if query.compare is not None or query.having or query.measures[0].share or any(each.grain for each in query.dimensions):
        return None
    named = periods[0] if periods else None
    if (named is None) != (query.window is None):
        return None
    if asked.one_before:
        period = named or relative_unit(asked.one_before, -1, today)
        before = previous(period)
    else:
        period = begun(named or to_date("year", today), today)
        before = year_before(period)
    if before is None:
        return None
    path = query.window.path if query.window is not None else None
    rate = query.measures[0].part is not None or (query.measures[0].measure is not None and model.measures[query.measures[0].measure].op == "rate")
    by: Rise = "change" if rate else asked.by  # a share rises by points
    order = (Order(measure=0, by=by, descending=asked.descending),) if query.dimensions else ()
    notes = () if named is not None else (period_assumed(window_of(period, path)),)
    limit = query.limit or (None if asked.of_all else 5)
    both = {"window": window_of(period, path), "compare": window_of(before, path), "order": order, "limit": limit}
    return plan.model_copy(
        update={"queries": (query.model_copy(update=both),), "focus": "top" if query.dimensions else "growth", "assumptions": (*plan.assumptions, *notes)}
    )
