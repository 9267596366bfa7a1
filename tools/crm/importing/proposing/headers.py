"""Takes headers apart as people write them: marks of required columns, units, prefixes, ids, joined words. Works on both languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tools.crm.importing.values import parse_currency

REQUIRED = re.compile(r"\s*(?:\*+|[(\[]\s*(?:必填项?|必选|required|mandatory)\s*[)\]])\s*$", re.IGNORECASE)
LEADING_NOTE = re.compile(r"^\s*\*?\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*(?=\S)")
# As in "list price in EUR"; lower case would be a word.
TRAILING_UNIT = re.compile(r"\s+in\s+([A-Z]{3,4}|[kT]?[€$£¥])\s*$")
TRAILING_NOTE = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
# Names of fields that an organisation added carry such an ending in the exports of some systems.
ADDED_FIELD = re.compile(r"__(?:c|pc|r)$", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SEPARATORS = re.compile(r"[\s_.\-#:/\\|,;?!'\"“”‘’()\[\]&、，；：？]+")
SEGMENTS = re.compile(r"\s+[-–—]\s+|\s*[:：]\s+|\s*/\s*|\s+of\s+|\s*[>»]\s*")
TRAILING_DIGITS = re.compile(r"(\D)\s?(\d)$")
HAN = re.compile(r"[\u3400-\u9fff]")
SCALES: dict[str, int] = {
    "k": 1_000, "t": 1_000, "000": 1_000, "'000": 1_000, "000s": 1_000, "thousand": 1_000, "thousands": 1_000, "千": 1_000, "万": 10_000, "百万": 1_000_000,
    "m": 1_000_000, "mm": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000, "millions": 1_000_000, "千万": 10_000_000,
    "亿": 100_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000, "billions": 1_000_000_000,
}  # fmt: skip
ALONE = frozenset(SCALES) - {"t", "mm", "千"}  # a tonne, a millimetre
LENGTHS = frozenset(("m", "k"))
MONEYED = re.compile(
    r"额|价|款|费|钱|收入|产值|预算|营收|成本|利润|amount|value|price|revenue|cost|budget|sum|total|turnover|sales|fee|worth|income|profit|pipeline|arr|mrr|deal|"
    r"betrag|wert|umsatz|summe",
    re.IGNORECASE,
)
PLAIN_UNITS = frozenset(("%", "percent", "百分比", "minutes", "minute", "mins", "min", "分钟", "分", "hh:mm:ss", "h:mm", "hh:mm", "人", "个", "台", "套", "年"))
OTHER_UNITS = frozenset(
    (
        "hours",
        "hour",
        "h",
        "hrs",
        "小时",
        "seconds",
        "second",
        "sec",
        "s",
        "秒",
        "ms",
        "days",
        "day",
        "天",
        "日",
        "months",
        "month",
        "月",
        "个月",
        "weeks",
        "周",
    )
)
STRICT_IDS = frozenset(("id", "ids", "guid", "uuid", "identifier"))
SOFT_IDS = frozenset(("number", "no", "nr", "num", "code", "key"))
# As in Kundennummer.
JOINED_NUMBER = re.compile(r"(?<=[^\W\d_]{3})(?:nummer|nr|kennung)$")
STRICT_IDS_ZH = ("唯一标识", "标识", "唯一性id", "唯一id", "id")
SOFT_IDS_ZH = ("编号", "编码", "号码", "代码", "代号", "工号", "序号", "号")
# Words that do not change what a header means.
LIGHT = frozenset(("associated", "related", "primary", "main", "current", "the", "a", "my", "our", "full", "is", "sales"))
LIGHT_ZH = ("关联", "相关", "所属", "对应", "主要", "当前")
WHERE_ZH = "所在"
# Whether somebody is still there asks for the same as whether somebody is there.
STILL_ZH = re.compile(r"^(?:还|仍|目前|现在|是否|是不是)(?=[在有能可为已])")
TIME_WORDS = frozenset(("date", "time", "on", "at", "day", "datetime", "timestamp"))
TIME_WORDS_ZH = ("日期", "时间", "日")


@dataclass(frozen=True, slots=True)
class Header:
    """A header and what its wording says.

    ``spoken`` are its words without marks and units, ``unit`` an ISO currency, ``factor`` that of 万 and the like,
    ``measure`` another unit that it names (hours). ``noted`` marks a remark in brackets that is no unit.
    """

    raw: str
    spoken: str
    segments: tuple[str, ...]
    unit: str | None = None
    factor: int = 1
    percent: bool = False
    measure: str | None = None
    noted: bool = False


def read_header(raw: str) -> Header:
    """Take one header apart."""
    text = ADDED_FIELD.sub("", unicodedata.normalize("NFKC", raw).strip())
    text = REQUIRED.sub("", text).lstrip("*").strip()
    stripped = LEADING_NOTE.sub("", text)
    text = stripped or text
    text = TRAILING_UNIT.sub(r" (\1)", text)
    unit, factor, percent, measure, noted = None, 1, False, None, False
    while match := TRAILING_NOTE.search(text):
        note = match[1].strip().lower().removeprefix("单位").lstrip(":： ")
        if text[: match.start()].strip() == "":
            break
        currency = parse_currency(note.upper()) if len(note) <= 12 else None
        if note in LENGTHS and not MONEYED.search(text):
            measure = note  # 扬程(m) is a length
        elif (scaled := _scaled(note)) is not None:
            unit, factor = scaled
        elif currency:
            unit = currency
        elif note in PLAIN_UNITS:
            percent = percent or note in ("%", "percent", "百分比")
        elif note in OTHER_UNITS:
            measure = note
        elif note and note not in ("s", "primary", "optional", "选填"):
            noted = True
            break
        text = text[: match.start()].strip()
    if text.endswith("%"):
        percent, text = True, text.rstrip("% ")
    words = spoken(text).split()
    if len(words) > 1 and words[-1] in ("pct", "perc", "percent"):
        percent = True
    parts = tuple(spoken(part) for part in SEGMENTS.split(text) if spoken(part))
    return Header(raw, spoken(text), parts if len(parts) > 1 else (), unit, factor, percent, measure, noted)


def _scaled(note: str) -> tuple[str | None, int] | None:
    """The currency and the factor of a note such as 万元, "k€", "USD k", "in thousands"; None for any other."""
    text = note.removeprefix("in ").replace("’", "'").strip()
    if text in ALONE:
        return None, SCALES[text]
    if text == "元":
        return "CNY", 1
    if "/" in text:  # a price by the tonne
        return None
    for scale in sorted(SCALES, key=len, reverse=True):
        for rest in (text.removeprefix(scale), text.removesuffix(scale)):
            named = rest.strip(" .,'").removeprefix("of ").strip()
            currency = "CNY" if named in {"元", "人民币"} else parse_currency(named.upper()) if named and named != text else None
            if currency:
                return currency, SCALES[scale]
    return None


def spoken(text: str) -> str:
    """Words in lower case, one space between them; joined words taken apart; Chinese without spaces."""
    text = unicodedata.normalize("NFKC", text)
    text = CAMEL.sub(" ", text)
    words = SEPARATORS.sub(" ", text).lower().split()
    return "".join(words) if HAN.search(text) else " ".join(words)


def is_chinese(text: str) -> bool:
    """True where a text holds a Han character."""
    return HAN.search(text) is not None


def split_id(text: str) -> tuple[str, Literalness]:
    """A header without the word that marks ids, and how clearly that word does: 2 for id, 1 for number or code, 0 for none."""
    if is_chinese(text):
        for ending in STRICT_IDS_ZH:
            if text.endswith(ending):
                return text[: -len(ending)], 2
        for ending in SOFT_IDS_ZH:
            if text.endswith(ending):
                return text[: -len(ending)], 1
        return text, 0
    words = text.split()
    if words and words[-1] in STRICT_IDS:
        return " ".join(words[:-1]), 2
    if len(words) > 1 and words[-1] in SOFT_IDS:
        return " ".join(words[:-1]), 1
    match = JOINED_NUMBER.search(text)
    return (text[: match.start()], 1) if match else (text, 0)


Literalness = int


def lighten(text: str) -> str:
    """Without the words that do not change the meaning; the text itself where nothing else is left."""
    if is_chinese(text):
        for start in LIGHT_ZH:
            if text.startswith(start) and len(text) > len(start):
                return text[len(start) :]
        if text.startswith(WHERE_ZH) and len(text) > len(WHERE_ZH) + 1:
            return text[len(WHERE_ZH) :]
        return STILL_ZH.sub("", text)
    kept = [_singular(word) for word in text.split() if word not in LIGHT]
    return " ".join(kept) or text


def timeless(text: str) -> str | None:
    """Without the words that say date or time; None where there are none, or nothing else."""
    if is_chinese(text):
        for ending in TIME_WORDS_ZH:
            if text.endswith(ending) and len(text) > len(ending):
                return text[: -len(ending)]
        return None
    words = text.split()
    kept = [word for word in words if word not in TIME_WORDS]
    return " ".join(kept) if kept and len(kept) < len(words) else None


def numbered(text: str) -> tuple[str, int] | None:
    """A header that ends in a single digit, such as phone 2, without it, and the digit."""
    match = TRAILING_DIGITS.search(text)
    return (text[: match.start(2)].strip(), int(match[2])) if match else None


def without_prefix(text: str, prefixes: tuple[str, ...]) -> str | None:
    """A header without the kind of record that it begins with (longest first); None where it begins with none, or is one."""
    for prefix in prefixes:
        if text.startswith(prefix) and len(text) > len(prefix):
            rest = text[len(prefix) :]
            if is_chinese(text):
                return rest
            if rest[0] == " ":
                return rest[1:]
    return None


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
