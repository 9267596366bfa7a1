"""Numbers as people write them in Chinese and English: 500k, 1.2 million, 三十万, 5%, twelve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from agent.parsing.language.lexicon import currencies
from agent.parsing.language.text import Token

_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_LATIN_SCALES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9,
    "w": 10**4, "hundred": 100,
}  # fmt: skip
_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "dozen": 12}
_AFTER_CHENG = set("交功立单为员本长就熟绩品都果")
_UNNAMED = {"元", "块", "块钱", "元钱"}
UP_TO = {"to", "-", "–", "—", "~", "～", "至", "到"}
_LONGEST_CURRENCY = 4
POINTS = (("个", "百", "分", "点"), ("百", "分", "点"), ("个", "点"), ("percentage", "points"), ("percentage", "point"), ("pct",), ("pp",))

LARGEST = Decimal(10**18)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the question: tokens ``start`` to ``end`` (excluded). ``percent`` is set where a percent sign follows.

    ``currency`` is the one that a mark or a word says: $, 美元; 元 alone says money of no certain currency.
    """

    start: int
    end: int
    value: Decimal
    percent: bool = False
    money: bool = False
    currency: str | None = None


def find_numbers(tokens: tuple[Token, ...]) -> list[Number]:
    """All numbers, longest first at each place; beyond :data:`LARGEST` nothing is counted, so that digits without end stay words."""
    found = []
    at = 0
    while at < len(tokens):
        number = _number_at(tokens, at)
        if number is None:
            at += 1
            continue
        if abs(number.value) < LARGEST:
            found.append(number)
        at = number.end
    return [_in_scale_of(number, after, tokens) for number, after in zip_longest(found, found[1:])]


def _in_scale_of(number: Number, after: Number | None, tokens: tuple[Token, ...]) -> Number:
    """As in "between 1 and 3 million", 10到20万: a bare number before one that has a scale is told in that scale as well."""
    if after is None or number.end - number.start != 1 or number.percent or number.value < 0:
        return number
    between = [token.norm for token in tokens[number.end : after.start]]
    scales = [_HAN_SCALES.get(token.text) or _LATIN_SCALES.get(token.norm) for token in tokens[after.start + 1 : after.end]]
    scale = next((each for each in scales if each), None)
    joined = len(between) == 1 and (between[0] in UP_TO or (between[0] == "and" and number.start > 0 and tokens[number.start - 1].norm == "between"))
    if not joined or scale is None or number.value * scale >= after.value:
        return number
    return replace(number, value=number.value * scale, money=after.money)


def _number_at(tokens: tuple[Token, ...], at: int) -> Number | None:
    start = at
    marked = _currency_at(tokens, at) if tokens[at].kind == "mark" or tokens[at].norm.isascii() else None
    if marked is not None and marked[0] < len(tokens):
        at = marked[0]
    else:
        marked = None
    token = tokens[at]
    if token.norm == "half" and [each.norm for each in tokens[at + 1 : at + 3]] == ["a", "million"]:
        end, code = _currency(tokens, at + 3)
        return Number(start, end, Decimal(500_000), money=True, currency=code or (marked[1] if marked is not None else None))
    if token.kind == "number":
        value, at = Decimal(token.norm), at + 1
    elif token.kind == "han" and (token.text in _DIGITS or token.text in _TENS):
        value, at = _han(tokens, at)
    elif token.kind == "latin" and token.norm in _WORDS:
        value, at = Decimal(_WORDS[token.norm]), at + 1
    else:
        return None
    if tokens[at - 1].kind == "han" and value == 0:
        return None  # 零售 is no number
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "han" and token.text in _HAN_SCALES:
            value *= _HAN_SCALES[token.text]
            rest = _behind_scale(tokens, at)
            if rest is not None:
                value, at = value + rest[0] * _HAN_SCALES[token.text], rest[1] - 1
        elif (
            token.kind == "latin"
            and token.norm in _LATIN_SCALES
            and (len(token.norm) > 2 or token.start == tokens[at - 1].end or tokens[at - 1].kind == "number")
        ):
            value *= _LATIN_SCALES[token.norm]
        else:
            break
        at += 1
    tenths = _tenths(tokens, at) if tokens[at - 1].kind in {"han", "number"} else None
    if tenths is not None:
        return Number(start, tenths[1], value / 10 + tenths[0], percent=True)
    percent = (at < len(tokens) and tokens[at].text in {"%", "％"}) or (at < len(tokens) and tokens[at].stem == "percent")
    if (
        start
        and tokens[start - 1].text in {"-", "−"}
        and tokens[start - 1].end == tokens[start].start
        and (start == 1 or tokens[start - 2].end < tokens[start - 1].start)
    ):
        value, start = -value, start - 1
    if percent:
        return Number(start, at + 1, value / 100, percent=True)
    if (points := _points(tokens, at)) is not None:
        return Number(start, points, value / 100, percent=True)
    end, currency = _currency(tokens, at)
    if marked is not None:
        currency = currency or marked[1]
    return Number(start, end, value, money=marked is not None or end > at, currency=currency)


def _points(tokens: tuple[Token, ...], at: int) -> int | None:
    """Where 个点, 个百分点 or "percentage points" behind a number ends, which are percent; 三个点位 are places."""
    words = [token.norm for token in tokens[at : at + 5]]
    for said in POINTS:
        if tuple(words[: len(said)]) == said and (at + len(said) >= len(tokens) or tokens[at + len(said)].text not in {"位", "钟", "儿", "子"}):
            return at + len(said)
    return None


def _behind_scale(tokens: tuple[Token, ...], at: int) -> tuple[Decimal, int] | None:
    """As in 两万九, 三万五千: what stands behind the scale, as a part of it, and where it ends."""
    if at + 1 >= len(tokens) or tokens[at + 1].text not in _DIGITS or tokens[at - 1].kind != "han" or tokens[at + 1].text in {"零", "〇"}:
        return None
    rest, end = _han(tokens, at + 1)
    if end < len(tokens) and tokens[end].text == "万" and tokens[at].text == "亿":
        return rest / Decimal(10**4), end + 1
    bare = end == at + 2  # a digit alone counts tenths of the scale
    return (rest / 10 if bare else rest / _HAN_SCALES[tokens[at].text]), end


def _tenths(tokens: tuple[Token, ...], at: int) -> tuple[Decimal, int] | None:
    """As in 七成, 八成五: tenths, where 成 begins no other word (成交, 成功)."""
    if at >= len(tokens) or tokens[at].text != "成" or (at + 1 < len(tokens) and tokens[at + 1].text in _AFTER_CHENG):
        return None
    if at + 1 < len(tokens) and tokens[at + 1].text in _DIGITS:
        return Decimal(_DIGITS[tokens[at + 1].text]) / 100, at + 2
    return Decimal(0), at + 1


def _han(tokens: tuple[Token, ...], at: int) -> tuple[Decimal, int]:
    """Chinese numerals up to thousands: 三十, 一百二十, 十二, 二〇一七."""
    total, digit, positional, seen_unit = 0, -1, "", False
    while at < len(tokens) and tokens[at].kind == "han":
        letter = tokens[at].text
        if letter in _DIGITS:
            digit = _DIGITS[letter]
            positional += str(digit)
        elif letter in _TENS:
            total += (1 if digit < 0 else digit) * _TENS[letter]
            digit, seen_unit = -1, True
        else:
            break
        at += 1
    if not seen_unit and len(positional) > 1:
        return Decimal(positional), at
    return Decimal(total + max(digit, 0)), at


def find_currencies(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, str]]:
    """Words for currencies with the first token, the one after the last, and the ISO code."""
    for at in range(len(tokens)):
        found = _currency_at(tokens, at) if tokens[at].kind != "mark" else None
        if found is not None:
            yield at, found[0], found[1]


def _currency(tokens: tuple[Token, ...], at: int) -> tuple[int, str | None]:
    """The end of a word for money that follows a number, and the currency that it names."""
    named = _currency_at(tokens, at)
    if named is not None:
        return named
    return at + next((n for n in (2, 1) if "".join(token.text for token in tokens[at : at + n]) in _UNNAMED and at + n <= len(tokens)), 0), None


def _currency_at(tokens: tuple[Token, ...], at: int) -> tuple[int, str] | None:
    """Where a word or a mark for a currency ends, and which one it is."""
    known = currencies()
    for length in range(min(_LONGEST_CURRENCY, len(tokens) - at), 0, -1):
        code = known.get("".join(token.stem for token in tokens[at : at + length]))
        if code is not None:
            return at + length, code
    return None
