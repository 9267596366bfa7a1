"""Reads the one condition on amounts: that there is a deal worth so much. Knows nothing else of a criterion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from tools.journey.criteria.schemas import DealWorth

_SCALES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9,
    "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "": 1,
}  # fmt: skip
_CURRENCIES = {
    "$": "USD", "usd": "USD", "us$": "USD", "dollars": "USD", "美元": "USD", "€": "EUR", "eur": "EUR", "euros": "EUR", "欧元": "EUR", "¥": "CNY", "￥": "CNY",
    "cny": "CNY", "rmb": "CNY", "yuan": "CNY", "人民币": "CNY",
}  # fmt: skip
_NUMBER = (
    r"(?P<c1>us\$|[$€¥￥]|usd |eur |cny |rmb )?(?P<n>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九]?[十百千]|[一二两三四五六七八九])\s?"
    r"(?P<s>k|thousand|mn|m|million|bn|billion|百万|千万|千|万|亿)?\s?(?P<c2>usd|eur|cny|rmb|yuan|dollars|euros|美元|欧元|人民币|元)?"
)
_STATUS = {
    "open": "open",
    "won": "won",
    "lost": "lost",
    "在谈": "open",
    "进行中": "open",
    "未结": "open",
    "赢单": "won",
    "赢下": "won",
    "丢了": "lost",
    "已赢": "won",
    "成交": "won",
    "丢单": "lost",
    "输单": "lost",
}
_EN = re.compile(
    rf"(?:has |have |there is |there are )?(?:an? |any )?(?P<st>open |won |lost )?(?:deals?|opportunit(?:y|ies))(?: that is| that are| is| are)? "
    rf"(?P<how>worth at least|worth more than|worth over|worth at most|worth less than|worth|of at least|of more than|of at most|above|over|more than|at least|"
    rf"exceeding|below|under|less than|at most) {_NUMBER}(?![\w.])"
)
_EN_OUTCOME = re.compile(
    rf"(?:has |have |there is |there was )?(?:an? |any )?(?:deals?|opportunit(?:y|ies)) (?P<how>worth at least|worth more than|worth over|worth|"
    rf"of at least|of more than|of|above|over) {_NUMBER}(?: or more)?(?: has been| was| is| have been)(?: already| still)? (?P<st>won|lost|open)(?![\w.])"
)
_ZH = (
    re.compile(rf"(?:有|存在)?(?P<st>在谈|进行中|未结|赢单|已赢|成交|丢单|输单)?的?(?:商机|单子|交易|订单)(?:的)?(?:总)?(?:金额|价值)?(?:为)?(?P<how>超过|大于|高于|不低于|至少|不少于|低于|小于|不到|不超过|至多)为?{_NUMBER}"),
    re.compile(rf"(?:有|存在)?(?:金额|价值)(?P<how>超过|大于|高于|不低于|至少|不少于|低于|小于|不到|不超过|至多)为?{_NUMBER}的?(?P<st>在谈|进行中|未结|赢单|已赢|成交|丢单|输单)?的?(?:商机|单子|交易|订单)"),
    re.compile(rf"(?:有|存在)?(?:一笔|一个|某个|至少一个)?{_NUMBER}(?P<how>以上|以下)的?(?P<st>在谈|进行中|未结|赢单|已赢|成交|丢单|输单)?的?(?:商机|单子|交易|订单)(?:已经|已)?(?P<then>赢单|丢单|输单|成交|赢下|丢了)?(?:了)?"),
)  # fmt: skip
_UP = {"worth at least", "worth", "of at least", "of", "at least", "以上", "不低于", "至少", "不少于"}
_MORE = {"worth more than", "worth over", "of more than", "above", "over", "more than", "exceeding", "超过", "大于", "高于"}
_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class FoundWorth:
    """Where it stands, and what it asks for."""

    start: int
    end: int
    value: DealWorth


def find_worth(text: str) -> Iterator[FoundWorth]:
    """Conditions on the worth of a deal; ``text`` is folded and in lower case. "More than" and "at least" are kept the same, to the cent."""
    for pattern in (_EN_OUTCOME, _EN, *_ZH):
        for match in pattern.finditer(text):
            amount = _amount(match["n"], match["s"] or "")
            mark = (match["c1"] or match["c2"] or "").strip()
            how, status = match["how"], (match["st"] or match.groupdict().get("then") or "").strip()
            cent = Decimal("0.01")
            least = amount if how in _UP else amount + cent if how in _MORE else None
            most = None if least is not None else amount if how in ("worth at most", "of at most", "at most", "不超过", "至多", "以下") else amount - cent
            named = cast("Literal['open', 'won', 'lost'] | None", _STATUS.get(status))
            yield FoundWorth(match.start(), match.end(), DealWorth(least=least, most=most, currency=_CURRENCIES.get(mark), status=named))


def _amount(digits: str, scale: str) -> Decimal:
    if digits[0].isdigit():
        return Decimal(digits.replace(",", "")) * _SCALES[scale]
    unit = {"十": 10, "百": 100, "千": 1000}.get(digits[-1], 1)
    return Decimal(_DIGITS.get(digits[0], 1) * unit) * _SCALES[scale]
