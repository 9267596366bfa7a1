"""Which characters and marks cut a text, and where a day may begin. Data only."""

from __future__ import annotations

import re

from tools.journey.reading.lexicon import Tags

WORD = re.compile(r"[a-z\u00c0-\u024f][a-z0-9\u00c0-\u024f]*(?:['&-][a-z0-9\u00c0-\u024f]+)*|\d+(?:[.,:%/]\d+)*%?")
HAN = re.compile(r"[\u3400-\u9fff]")
CONTRACTIONS = frozenset({"'ll", "'ve", "'re", "'s", "'d", "'m"})
CONTRACTING = frozenset(["i", "we", "you", "he", "she", "it", "they", "that", "there", "who", "what", "u"])
CONTRACTED = re.compile(r"'(?:ll|ve|re|s|d|m)(?![a-z])")
ADDRESS = re.compile(r"\S+@\S+|\w+://\S+|www\.\S+")
ENDS = frozenset("。！？!?；;\n\r")
PAUSES = frozenset('，,：:—()（）[]【】“”"…|')
AFTER_TOTAL = frozenset("部价额量计共体结数是算的会装包线")
ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|no|vs|approx|dept|inc|ltd|co|corp|fig|st|sr|jr|e\.g|i\.e|etc|incl|ca|min|max|rev|attn|est"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri))$"
)
NOTHING: Tags = {}
DAY_BEGINS = frozenset("0123456789今昨前明后大上下这本个周星礼去年月季节春国元五中暑寒一二三四六七八九十两几半最近日早晚凌傍刚当之过")
DAY_WORDS = frozenset({
    "on", "the", "by", "till", "until", "from", "this", "last", "next", "coming", "in", "within", "a", "an",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "few", "couple", "today", "tonight",
    "yesterday", "tomorrow", "tmrw", "tmr", "day", "end", "early", "late", "mid", "start", "beginning", "later", "since", "before",
    "after", "eow", "eod", "eom", "eoy", "q1", "q2", "q3", "q4", "h1", "h2", "year-end", "month-end", "jan",
    "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun",
})  # fmt: skip
"""Words with which a day may begin; months and days of the week by their first three letters."""
BEHIND = frozenset({"AFTER", "MISS"})
SLASHED: dict[str, Tags] = {"b/c": {"BOUND": "because"}, "w/o": {"NEG": "without"}, "w/": {"PREP": "with"}}
DATED: Tags = {"DATE": ""}
END: Tags = {"END": ""}
PAUSE: Tags = {"PAUSE": ""}
LIST: Tags = {"CONJ": "、"}


def mark(character: str) -> Tags:
    """What a mark does in a text."""
    if character in ENDS:
        return END
    if character in PAUSES:
        return PAUSE
    if character == "、":
        return LIST
    return PAUSE if character in "•*→>" else NOTHING
