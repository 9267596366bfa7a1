"""Words that turn the meaning of a sentence, in classes: exchanging one within its class says the same, across classes it doesn't."""

from __future__ import annotations

import re
from collections.abc import Collection

CLASSES: dict[str, str] = {
    "negation": r"\b(?:no|not|never|none|without|except|excluding|exclusive of|other than|outside|neither|nor|cannot|lack\w*|miss\w*|fail(?:s|ed)? to|"
    r"\w+n['’]t)\b|没有|无法|以外|之外|除外|排除|不含|不是|并非|尚未|从未|(?<!没)[未无非不否勿](?![低超少高及])|没(?!有)",
    "most": r"\b(?:most|highest|largest|biggest|best|top|greatest|first|maximum|peak(?:s|ed|ing)?|longest|high point)\b|"
    r"最[高多大好长]|居首|第一|首位|榜首|峰值|高点",
    "lead": r"\b(?:lead(?:s|ing|er)?|led|ahead|tops?|in front)\b|领先",
    "least": r"\b(?:least|lowest|fewest|smallest|worst|bottom|minimum|shortest|trough|low point|the low|a low)\b|最[低少小差短]|垫底|末位|谷底|低点",
    "latest": r"\b(?:latest|newest|most recent|youngest)\b|最[近新晚]",
    "earliest": r"\b(?:earliest|oldest)\b|最[早老]",
    "more": r"\b(?:more|higher|greater|larger|longer|above|over|exceed\w*|beyond|better|surpass\w*|outperform\w*|beat\w*)\b|[高多大长]于|超过|超出|"
    r"高出|多出|以上|(?<![最不增提升])[多高](?![少低])|大于",
    "less": r"\b(?:less|fewer|lower|smaller|shorter|below|under|behind|trail\w*|worse)\b|[低少小短]于|低出|少了|不足|(?<![最不多减降])[少低]|落后",
    "at_least": r"\b(?:at least|or more|or later|or above|minimum of)\b|不[低少早]于|及以[后上]|至少",
    "at_most": r"\b(?:at most|or less|or earlier|or below|or fewer|(?<!add )(?<!adds )(?<!adding )up to)\b|不[超高多]过|不[晚多高]于|及以[前下]|至多|最多为",
    "rise": r"\b(?:ris(?:e|es|ing|en)|rose|grew|grow\w*|increas\w*|climb\w*|gain\w*|went up|(?:is|was|are|were) up)\b|升至|上升|增[长加至]|涨|升到|提[升高]",
    "fall": r"\b(?:fall(?:s|en|ing)?|fell|drop\w*|declin\w*|decreas\w*|shr[aiu]nk\w*|slid\w*|down|dip\w*)\b|降至|下[降滑跌]|减少|降到|跌",
    "level": r"\b(?:level|same|equal|unchanged|tied?|ties|share the|shared|even|identical)\b|持平|相同|并列|一样|相等",
    "won": r"\b(?:w[io]n|wins|winning|winner|closed[- ]won)\b|赢|成交|签单|中标|拿下",
    "lost": r"\b(?:los[te]|loses|losing|loss(?:es)?)\b|[输丢]",
    "open": r"\b(?:open|ongoing|pipeline|active|unclosed|in progress)\b|未结|在途|在谈|进行中|未关闭",
    "closed": r"\b(?:closed|decided|concluded)\b(?![- ]won)|(?<!未)关闭|已结|结单|了结",
    "average": r"\b(?:average\w*|mean|avg)\b|平均|均值",
    "median": r"\bmedian\b|中位",
    "share": r"\b(?:share|proportion|percentage|accounts? for|represents?|makes? up)\b|占|份额|比重",
    "counting": r"\b(?:numbers?|counts?) of\b|数量|数目|个数",
    "distinct": r"\b(?:distinct|different|unique)\b|不同|去重",
    "before_time": r"\b(?:before|prior to|until)\b|[年月日]\s*之前|早于|以前",
    "after_time": r"\b(?:after|since)\b|[年月日]\s*之后|晚于|以后|以来",
    "yes": r"\byes\b|^有[，,：:]",
    "overlap": r"\boverlap\w*\b|重叠",
    "chance": r"\b(?:chance|coincidence|random\w*|noise)\b|偶然|随机",
    "hedge": r"\b(?:about|around|roughly|nearly|almost|approximately|approx|some|likely|probably|perhaps|maybe|may|might|could|possibly|at around|or so)\b|"
    r"大?约(?!定)|左右|将?近(?=\s)|大概|可能|或许|估计|差不多|上下",
    "or": r"\bor\b(?! (?:more|less|later|earlier|fewer|above|below|so))|或",
    "exact": r"\b(?:exactly|precisely)\b|恰为|恰好|正好",
    "only": r"\b(?:only|solely|just|merely|alone|sole)\b|只有|仅|唯一|只",
    "other": r"\b(?:others?|another)\b|另有|其他|其余|另外",
    "every": r"\b(?:all|every|each|entire|whole)\b|所有|全部|每|各",
}
PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in CLASSES.items()}
COUNTED = {"negation", "hedge", "or", "at_least", "at_most", "more", "less", "average", "median"}
DROPPED = {"rise", "fall", "share", "lead", "counting"}  # saying less than the draft is no lie where the values still say it
ADDED: dict[str, tuple[str, ...]] = {"every": ("most", "least", "latest", "earliest"), "closed": ("won", "lost")}
AS_DIFFERENCE = {"lead": "more", "rise": "more", "fall": "less"}


def meaning(text: str, difference: bool = False) -> dict[str, int]:
    """How often each class occurs in words without values; but for negations and hedges, once is as good as often.

    With ``difference`` the sentence says by how much one thing exceeds another: then leading, rising and being more are one.
    """
    found = {name: len(pattern.findall(text)) for name, pattern in PATTERNS.items()}
    for name, same in (AS_DIFFERENCE if difference else {"lead": "most"}).items():
        found[same] += found.pop(name)
    return {name: count if name in COUNTED else 1 for name, count in found.items() if count}


def turned(said: str, meant: str, difference: bool = False, implied: Collection[str] = ()) -> set[str]:
    """Classes in which two texts differ. ``implied`` are those that other words for the same thing bring along."""
    a, b = meaning(said, difference), meaning(meant, difference)
    differing = {name for name in a.keys() | b.keys() if a.get(name, 0) != b.get(name, 0)}
    for name in list(differing):
        if difference and name in {"more", "less"} and 0 < a.get(name, 0) <= b.get(name, 0):
            differing.discard(name)
        dropped = name not in a and name in DROPPED and not {"rise", "fall"} & (a.keys() | b.keys()) - {name}
        added = name not in b and (name in implied or any(cause in b for cause in ADDED.get(name, ())))
        if dropped or added:
            differing.discard(name)
    return differing


def class_spans(text: str) -> list[tuple[int, int, str]]:
    """Where the words of each class stand."""
    return [(match.start(), match.end(), name) for name, pattern in PATTERNS.items() for match in pattern.finditer(text)]
