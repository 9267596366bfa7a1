"""Takes the question out of what people say around it: what they need it for, who asks, second thoughts, tags; and spells signs out.

Only what tells nothing about the records is dropped: whoever calls says whether words do.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.parsing.language.text import has_han
from agent.parsing.wording.idioms import plainly

TellsOfRecords = Callable[[str], bool]
_NUMBER = r"(?=\s*[$€£¥]?\s*\d)"
_SIGNS = (
    (re.compile(rf"\s*(?:>=|≥|=>)\s*{_NUMBER}"), " at least "),
    (re.compile(rf"\s*(?:<=|≤|=<)\s*{_NUMBER}"), " at most "),
    (re.compile(rf"(?<![<-])\s*>\s*{_NUMBER}"), " over "),
    (re.compile(rf"\s*<\s*{_NUMBER}"), " under "),
    (re.compile(r"\bleaving (?!(?:it|them|this|that|out)\b)(?P<what>[^,;:?.]{1,40}?) out(?=\s*[,;?.]|\s*$)", re.IGNORECASE), r"excluding \g<what>"),
    (re.compile(r"\bw/o\b", re.IGNORECASE), "without"),
    (re.compile(r"\bw/\s*(?=\w)", re.IGNORECASE), "with "),
    (re.compile(r"(?:^|(?<=\s))#\s*of\b|\bno\. of\b|\bnr\.? of\b", re.IGNORECASE), "number of"),
    (
        re.compile(
            r"(?P<lead>^|[:;,] |\b(?:the|give me|show me) )number(?= and (?:the |their |its )?(?:total|combined|overall|average|mean|sum)\b)", re.IGNORECASE
        ),
        r"\g<lead>count",
    ),
    (re.compile(r"(?:^|(?<=\s))%\s*of\b", re.IGNORECASE), "percentage of"),
    (re.compile(r"\b(what|which)\s*%(?=\s)", re.IGNORECASE), r"\1 percentage"),
)
_QUESTION = r"(?:how|what|what's|which|who|who's|whose|whom|when|where)"
_OPENER = rf"(?:(?:so|and|then|just|please|now)\s+)?(?:(?:on|in|at|by|for|from|with|of|to|under|among)\s+)?{_QUESTION}\b"
_ASKING = re.compile(rf"\b{_QUESTION}\b|^(?:list|show|give|count|find|compare|rank|name|add|sum|total|tell)\b|\?", re.IGNORECASE)
_REPORTED = re.compile(
    r"^(?P<who>[^,;:?]{0,60}?)\b(?:asks?|asked|asking|wants?\s+to\s+(?:know|see|hear|find\s+out)|wanted\s+to\s+know|needs?\s+to\s+(?:know|see|find\s+out)|"
    r"wonders?|wondered|wondering|(?:like|love)\s+to\s+(?:know|see|hear|find\s+out|learn|understand)|curious(?:\s+(?:to\s+(?:know|see)|about))?|"
    r"interested\s+(?:in|to\s+know)|forgets?|forgot(?:ten)?|forgetting|not\s+sure|unsure|no\s+idea|remind\s+me|inquired?|enquired?)"
    rf"(?:\s+(?:me|us|again|about|of|to\s+know))*\s*[:,]?\s+(?P<rest>(?:(?:on|in|at|by|for|from|with|of|to)\s+)?{_QUESTION}\b.*|(?:whether|if)\s+\w.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FORGOTTEN = re.compile(
    r"^(?:\w+[,!]?\s+)?(?:i|we)\s+(?:\w+\s+)?(?:forg[eo]t\w*|(?:can't|cannot|don't)\s+(?:remember|recall))\s*[:,;–—-]+\s*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CHECKED = re.compile(r"^(?:please\s+)?(?:(?:can|could|would|will)\s+(?:you|we)\s+)?(?:please\s+)?(?:check|see|verify|confirm|find\s+out|look\s+up"
    r"|tell\s+me)\s+"
                      r"(?:(?:whether|if)\s+)(?P<rest>.+)$", re.IGNORECASE | re.DOTALL)  # fmt: skip
_WHETHER = (
    (re.compile(r"^(?:whether|if)?\s*(?:or\s+not\s+)?(we|they|you)\s+(?:have|own|hold|still\s+have|currently\s+have)\b", re.IGNORECASE), r"do \1 have"),
    (re.compile(r"^(?:whether|if)?\s*(?:or\s+not\s+)?there(?:\s+(is|are|was|were)|'s)\b", re.IGNORECASE), lambda m: f"{m[1] or 'is'} there"),
    (re.compile(r"^(?:whether|if)\s+", re.IGNORECASE), ""),
)
_STATED = re.compile(
    r"^(?P<aside>(?:(?:so|well|hey|hi|hello|okay|ok|right|look|listen)[,!]?\s+)?(?:i|we|i'm|i'll|i've|i'd|we're|we'll|we've|it's|my|our|the|somebody|someone)\b"
    rf"[^?:;\n–—]*?)\s*(?:[:;–—]|\s-+\s|,|[.!…](?=\s))+\s*(?P<rest>(?:{_OPENER}|(?:can|could|would|will)\s+you\b|(?:please\s+)?"
    r"(?:list|show|give|tell|count|find|compare|rank|name|add)\b|(?:do|does|did|is|are|was|were|have|has)\s+(?:we|there|any|our|the)\b).*)$",
    re.IGNORECASE | re.DOTALL,
)
_BACK = re.compile(r"\b(?:it|its|they|them|their|theirs|those|these|he|she|him|his|her|hers|there)\b", re.IGNORECASE)
_SELF = re.compile(r"^(?:\w+[,!]?\s+)?(?:i|we|i'\w+|we'\w+|it's)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|wants?|needs?|keeps?|asks?|starts?|meets?|will|says?|said|told|thinks?|feels?|looks?|seems?|must|should)\b",
    re.IGNORECASE,
)
_OCCASIONS = (
    r"(?:reports?|reporting|presentations?|decks?|slides?|slideshow|dinner|lunch|breakfast|party|events?|newsletters?|audits?|reviews?|hygiene"
    r"|clean-?up|planning|"
    r"appraisals?|workshops?|board(?:\s+meeting)?|boss|ceo|cfo|coo|director|newsletter|memo|briefing|brochure|prep|preparation|trip|travels?|(?:team"
    r"|sales|staff|"
    r"management|strategy|kick-?off|town\s*hall|all-?hands)\s+meeting|(?:weekly|monthly|quarterly|(?:mon|tues|wednes|thurs|fri)day(?:'s)?)\s+"
    r"(?:meeting|call|catch-?up)|stand-?up|one-?on-?one|q&a|speech|talk|article|website"
    r"|email|dashboards?|"
    r"spreadsheet|file|notes?|records|curiosity|sanity\s+check)"
)
_PURPOSE = r"(?:for|ahead\s+of|before|in\s+preparation\s+(?:for|of)|in\s+preparing|to\s+prepare(?:\s+for)?|as\s+(?:part|input)\s+(?:of|for)|out\s+of)"
_GREETING = r"(?:(?:good\s+)?(?:morning|afternoon|evening|hi|hello|hey)\b[!,.]?\s+)?(?:(?:a\s+|one\s+|just\s+a\s+)?quick\s+(?:one|question|check)\s+)?"
_FOR = re.compile(rf"^{_GREETING}{_PURPOSE}\s+(?P<aside>[^,:;?]{{0,60}}?\b{_OCCASIONS})\s*(?:[,:;–—]|\s-+\s)\s*(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL)
_LAST = re.compile(
    rf"^(?P<rest>.+?)\s*(?:[,;–—(]|\s-+\s|\s)\s*(?:{_PURPOSE})\s+(?P<aside>(?:(?:my|our|the|a|an|this|that|today's"
    rf"|tomorrow's)\s+)(?:[\w-]+\s+){{0,3}}?{_OCCASIONS})"
    r"\s*\)?\s*(?P<end>[?.!]*)$",
    re.IGNORECASE | re.DOTALL,
)
_BECAUSE = re.compile(
    r"^(?P<rest>.+?[\w)?])\s*(?:[,;–—.?!]|\s-+)\s*(?P<aside>(?:i'm|i\s+am|we're|we\s+are|it's\s+for|this\s+is\s+for|that's\s+for|because\s+i"
    r"|since\s+i|so\s+that\s+i|so\s+i\s+can|"
    r"i\s+need\s+(?:it|this|that)|we\s+need\s+(?:it|this|that)|my\s+(?:boss|manager|ceo)|asking\s+for)\b[^?]*?)\s*[.!]*$",
    re.IGNORECASE | re.DOTALL,
)
_FOLD = r"(?:average|mean|median|total|sum|count|number|amount|value|percentage|share|list|details?|breakdown)"
_REJECTED = (
    re.compile(rf"^(?:not|never\s+mind|forget|i\s+(?:don't|do\s+not)\s+(?:want|need|mean|care\s+about))\s+(?:about\s+)?(?:the\s+|an?\s+)?{_FOLD}(?:s"
    rf"|\s+values?)?\s*"
               r"(?:[,;:.–—]|\s-+\s)\s*(?:(?:but|just|rather|instead|only)\s+)*(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL),
    re.compile(rf"^(?P<rest>.*?\b(?:average|mean|median|total|sum|count|number)\b)\s*[,(]?\s*(?:and\s+)?(?:not|rather\s+than"
    rf"|instead\s+of)\s+(?:the\s+|an?\s+)?{_FOLD}\b\s*[,)]?"
               r"(?P<end>.*)$", re.IGNORECASE | re.DOTALL),
)  # fmt: skip
_TAG = re.compile(
    r"^(?P<rest>.+?)\s*(?:[,;–—]|\s-+)\s*(?P<ask>who|which|what|how\s+many|how\s+much)(?:\s+(?:one|ones))?(?:'s|'re|\s+is|\s+are|\s+was|\s+would)?\s+"
    r"(?:that|it|this|they|those|he|she|them)(?:\s+(?:be|then|now))?\s*\?*$",
    re.IGNORECASE | re.DOTALL,
)
_WISH = re.compile(
    r"^(?:i|we)(?:'d|\s+would)?\s+(?:(?:really|just)\s+)?(?:like|love|want|need|have|plan|hope|wish)\s+to\s+[a-z]+\s+(?P<rest>(?:the|our|those|all)\b.+)$",
    re.IGNORECASE | re.DOTALL,
)
_FOR_WHOM = re.compile(r"^(?P<aside>[^：:，,？?。；;\d]{2,14})[：:]\s*(?P<rest>\S.*)$", re.DOTALL)
_WHO_ASKS = re.compile(r"老板|领导|财务|总部|上面|上级|老总|总监|经理|董事|股东|审计|会计|同事|主管|[晨早例周月]会|会上|会议|开会|我")
_WANTS = re.compile(r"[问催要查报想]|准备")
_ASKS_ALREADY = re.compile(r"[几哪谁]|多少|什么|怎|吗|占比|排名")
_ASKERS = {"who": "who is", "which": "which is", "what": "what is"}


def question_within(text: str, tells: TellsOfRecords) -> str:
    """The question itself, in the words in which it was asked; ``tells`` says whether words tell anything about the records."""
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    if has_han(text):
        return _wanted_by(text, tells)
    for step in (_tagged, _rejected, _stated, _meant_for, _reported, _reasoned):
        text = step(text, tells)
    return plainly(text)


def _wanted_by(text: str, tells: TellsOfRecords) -> str:
    """As in 老板早会要问：今年…, 财务催我要数：…: who wants to know it, before a colon."""
    found = _FOR_WHOM.match(text)
    if found is None or not (_WHO_ASKS.search(found["aside"]) and _WANTS.search(found["aside"])) or _ASKS_ALREADY.search(found["aside"]):
        return text
    return found["rest"] if tells(found["rest"]) else text


def _tagged(text: str, tells: TellsOfRecords) -> str:
    """As in "I'd like to praise the colleague with most visits, who's that?"."""
    tag = _TAG.match(text)
    if tag is None or _ASKING.search(tag["rest"]) or not tells(tag["rest"]):
        return text
    wish = _WISH.match(tag["rest"])
    asked = " ".join(tag["ask"].casefold().split())
    return f"{_ASKERS.get(asked, asked)} {wish['rest'] if wish else tag['rest']}?"


def _rejected(text: str, tells: TellsOfRecords) -> str:
    """As in "not the average - I need the median": what isn't wanted."""
    first, inner = (pattern.match(text) for pattern in _REJECTED)
    if first is not None:
        return first["rest"]
    return f"{inner['rest']} {inner['end'].strip()}" if inner is not None else text


def _stated(text: str, tells: TellsOfRecords) -> str:
    """As in "We're preparing a report - how many …": a statement before the question that tells nothing of the records."""
    found = _STATED.match(text)
    if found is None or _ASKING.search(found["aside"]) or _is_named(found["aside"]) or _BACK.search(found["rest"]):
        return text
    whole = _SELF.match(found["aside"]) or _FINITE.search(found["aside"])
    return found["rest"] if whole and not tells(found["aside"]) and tells(found["rest"]) else text


def _meant_for(text: str, tells: TellsOfRecords) -> str:
    """As in "for my report, …" and "… for the board meeting?"."""
    before = _FOR.match(text)
    if before is not None and not _is_named(before["aside"]) and tells(before["rest"]):
        text = before["rest"]
    last = _LAST.match(text)
    if last is not None and not _is_named(last["aside"]) and not tells(last["aside"]) and tells(last["rest"]):
        text = last["rest"] + last["end"]
    return text


def _reported(text: str, tells: TellsOfRecords) -> str:
    """As in "Finance wants to know how many …", "please check whether we have …"."""
    found = _REPORTED.match(text)
    if found is not None and not _ASKING.search(found["who"]) and tells(found["rest"]):
        return _asked(found["rest"])
    forgotten = _FORGOTTEN.match(text)
    if forgotten is not None and tells(forgotten["rest"]):
        return forgotten["rest"]
    checked = _CHECKED.match(text)
    return _asked(checked["rest"]) if checked is not None and tells(checked["rest"]) else text


def _reasoned(text: str, tells: TellsOfRecords) -> str:
    """As in "… - I'm preparing the board meeting": what the question is for, told after it."""
    found = _BECAUSE.match(text)
    if found is None or _is_named(found["aside"]) or tells(found["aside"]) or not tells(found["rest"]):
        return text
    return found["rest"]


def _asked(text: str) -> str:
    for pattern, words in _WHETHER:
        made, changed = pattern.subn(words, text, count=1)
        if changed:
            return made
    return text


_NO_NAMES = frozenset({"I", "I'm", "I'd", "I've", "I'll", "CEO", "CFO", "COO", "CRM", "Q&A"})


def _is_named(aside: str) -> bool:
    """Whether a name stands in it, so that the words may well limit what is asked: "I'm looking at Brazil"."""
    narrowing = re.search(
        r"(?<![-])\b(?:only|just|care|looking\s+at|focus\w*|interested|mean|talking|about|regarding|except|without|exclud\w+|not)\b", aside, re.IGNORECASE
    )
    return narrowing is not None or any(word[0].isupper() and word not in _NO_NAMES and not word.endswith("day") for word in aside.split()[1:])
