"""Says that something was done for the first time in a period in two clauses, done then and never before; and runs of months in figures: 一二月份."""

from __future__ import annotations

import re

_WHEN = (
    r"(?:去年|今年|前年|上个?月|这个月|本月|上个?季度|这个?季度|本季度|"
    r"(?:\d{4}年|今年|去年)(?:\d{1,2}月份?|[一二三四]季度|第[一二三四]季度|[上下]半年)?)"
)
_FIRST_HAN = re.compile(
    rf"(?P<when>{_WHEN})(?:度|里|内|才|是|间)?(?:首次|第一次|头一[回次]|初次|新(?=成交|下单|签单|签约))"
    r"(?P<did>成交|下单|赢单|签单|签约|购买|采购|拜访)(?:过|了|的)*(?=[一-鿿]{0,6}(?:客户|公司|单位|企业|医院|门店|学校))"
)
_GLOSS = re.compile(r"[（(](?:之前|以前|此前|从前)(?:从?没有?|未)[^（()）]{1,16}[)）]")
_NOUNS = {"win": "won deals", "deal": "won deals", "order": "orders", "purchase": "orders", "sale": "won deals", "visit": "visits"}
_NOUN = r"(?P<noun>win|deal|order|purchase|sale|visit)"
_PERIOD = r"(?P<when>(?:19|20)\d\d|(?:last|this) (?:year|quarter|month)|q[1-4] (?:19|20)\d\d)"
_FIRST = (
    re.compile(
        rf"\b(?:whose|with their|that had their|who had their) (?:very )?first(?:[- ]ever)? {_NOUN}"
        rf" (?:ever )?(?:fell |was |came |happened |is )?in {_PERIOD}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:who|that) (?:had |placed |made )?(?:their|a) first {_NOUN} in {_PERIOD}\b", re.IGNORECASE),
)
_MONTHS = re.compile(r"(?<![十一二三四五六七八九\d第])(?P<pair>一二|二三|三四|四五|五六|六七|七八|八九)(?:两个)?月份?")
_DIGITS = {han: digit for digit, han in enumerate("一二三四五六七八九", 1)}


def first_times(text: str) -> str:
    """The question with them said so."""
    text = _MONTHS.sub(lambda m: f"{_DIGITS[m['pair'][0]]}-{_DIGITS[m['pair'][1]]}月", text)
    if _FIRST_HAN.search(text):
        text = _FIRST_HAN.sub(lambda m: f"{m['when']}{m['did']}过、{m['when']}以前没{m['did']}过的", _GLOSS.sub("", text), count=1)
    for said in _FIRST:
        text = said.sub(lambda m: f"with {_NOUNS[m['noun'].casefold()]} in {m['when']} and no {_NOUNS[m['noun'].casefold()]} before {m['when']}", text)
    return text
