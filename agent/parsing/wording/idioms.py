"""Says English idioms in the plain words that the parser reads: "who bought X" asks which customers did, "how often do we win" for the win rate."""

from __future__ import annotations

import re
from collections.abc import Callable

_COUNTED = r"(?:deals?|opportunit(?:y|ies)|opps?|accounts?|customers?|clients?|contracts?|tickets?|leads?|invoices?|orders?)"
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_ARRIVING = r"(?:enquir(?:y|ies)|inquir(?:y|ies)|leads?|requests?|tickets?|complaints?|cases?)"
_OWN, _GOAL = r"(?:(?:his|her|their|the|its|our) )?", r"(?:(?:sales |annual |yearly )?(?:targets?|quotas?|goals?))"
_ORDINAL = rf"(?:{'|'.join(_QUARTERS)})"


def _quarters(found: re.Match[str]) -> str:
    year = found["year"] or ""
    return " and ".join(f"Q{_QUARTERS[found[part].casefold()]}{f' {year}' if year else ''}" for part in ("one", "other"))


def _since_start(found: re.Match[str]) -> str:
    unit = found["unit"].casefold()
    return f"since January {unit}" if unit.isdigit() else f"this {unit}"


def _taken(found: re.Match[str]) -> str:
    """What rivals take from us, however a trade calls it, are deals that we lost: 抢走."""
    what = "deals" if re.fullmatch(r"bookings?|business|orders?|work|jobs?|projects?", found["what"], re.IGNORECASE) else found["what"]
    return f"{found['asked']} {found['rival']} did we lose the {found['how']} {what} to"


_IDIOMS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # what comes in is opened, and not won; what rivals take is lost
    (rf"\b(?P<what>{_ARRIVING}(?: (?:that|which))?(?: have| has| had)?) landed\b", r"\g<what> came in"),
    (rf"\b(?P<when>(?:day|week|month|quarter|year)(?: (?:of|in) \w+)?) (?:brought|brings?) (?:us |in )*"
     rf"(?P<how>(?:the )?(?:most|fewest)) (?P<what>(?:new )?{_ARRIVING})\b", r"\g<when> had \g<how> \g<what> created"),
    (r"\b(?P<asked>which|what) (?P<rival>rival|competitor)s? (?:has |have |had )?"
     r"(?:takes?|took|taken|steals?|stole|stolen|wins?|won|snatch(?:es|ed)?|grabs?|grabbed)(?: away)?(?: the)? (?P<how>most|fewest|least|more) "
     r"(?P<what>[a-z]+)(?: away)? (?:off|from) us\b", _taken),
    (r"\bwhom? (?P<did>did|do|have) we (?P<lost>lose|lost|losing|been losing) (?P<what>(?:[\w%-]+ ){0,6})to\b",
     r"which competitor \g<did> we \g<lost> \g<what>to"),
    # each deal's value times its chance
    (r"\b(?P<pipeline>(?:open )?pipeline)(?: value)?,? (?:is |when |if )?(?:weighted|adjusted) (?:by|for|with) (?:the |their |its )?(?:win |deal |closing )?"
     r"(?:probabilit(?:y|ies)|likelihoods?|risks?)\b", "weighted pipeline"),
    (r"\b(?:probability|likelihood|risk)[- ](?:weighted|adjusted) (?:open )?(?:pipeline(?: value)?|deal value|forecast|value of (?:the |our )?open deals)\b",
     "weighted pipeline"),
    (r"\b(?P<what>weighted (?:open )?(?:pipeline|value|forecast)(?: value)?),? (?:\(|i\.?e\.?,? |that is,? |meaning )?[^,;?!()]{0,60}?"
     r"\b(?:times|multiplied by|x|×) [^,;?!()]{0,30}?(?:probability|likelihood)\)?", r"\g<what>"),
    # rates
    (r"\bhow often (?:do|does) (?P<who>[^,?]+?) (?:actually )?win\b(?! (?:us|me)\b)", r"what is the win rate of \g<who>"),
    (r"\bhow often (?P<who>(?!(?:do|does|did|have|has|was|were|is|are)\b)[^,?]+?) wins\b", r"what is the win rate of \g<who>"),
    (r"\b(?:wins?|won|winning) (?:the )?(?P<way>more|most|less|least) (?:often|frequently)\b",
     lambda m: f"have the {dict(more='higher', most='highest', less='lower', least='lowest')[m['way'].casefold()]} win rate"),
    # who buys, who leads, what it costs
    (r"\bwho(?:'s|'ve)?(?: has| have| else)?(?: ever| already| recently| actually)? (?=(?:bought|buys?|purchased|purchases|ordered)\b)", "which customers "),
    (r"^(?P<name>[^,?]+?) is (?:on|in) (?:whose|which|what) team\b", r"who is the manager of \g<name>"),
    (r"^(?:(?:on|in) )?(?:whose|which|what) team is (?P<name>[^,?]+?)(?: (?:on|in|part of))?(?=\s*\?*$)", r"who is the manager of \g<name>"),
    (r"\b(?:how much|what) (?:does|do|would|will) (?P<what>[^,?]+?) (?:cost|sell for|go for|retail (?:for|at))\b(?! us\b)",
     r"what is the list price of \g<what>"),
    (r"\bwhat (?P<what>(?!(?:is|was|did|does|do|are)\b)[^,?]+?) (?:costs|sells for|goes for|retails (?:for|at))\b(?! us\b)",
     r"what is the list price of \g<what>"),
    (r"\b(?:costs?|is priced|are priced|priced) (?=(?:more|less|over|under|above|below|at least|at most|between|up to|exactly"
    r"|cheaper)\b)(?!\w+ (?:than )?[\d.]+\s?(?:%|percent))", "with a list price "),
    (r"\b(?P<spend>spend|spends|spent|spending) (?:with|on) us\b",
     lambda m: dict(spend="buy", spends="buys", spent="bought", spending="buying")[m["spend"].casefold()] + " from us"),
    (r"\bwhat (?P<do>did|do|does|have|has|will) (?P<who>(?!each\b|every\b)[^,?]{2,60}?) (?:actually |really |all )?"
     r"(?P<got>pay(?: out)?|paid(?: out)?|spend|spent|earn|earned"
     r"|bring in|brought in|cost us|make in|take in|fetch|yield|total|add up to|amount to|come to)\b",
     r"how much \g<do> \g<who> \g<got>"),
    (r"\bhow much (?:cash|money) (?P<do>did|do|have|had) (?P<who>we|you|they) (?:actually |already |really )?(?:receive|take in|get in|bring in)(?P<past>d?)\b",
     lambda m: f"how much money {m['do']} {m['who']} collect{'ed' if m['past'] else ''}"),
    # conversion
    (r"\b(?:(?:what|which) )?(?:share|portion|percentage|proportion|fraction|part|percent) of (?:the |our |all )*leads (?:that |which |have |has "
    r"|were |are |got |get |was )*"
     r"(?:turn(?:ed|s)? into|became|become|becoming|convert(?:ed|s)? (?:in)?to|end(?:ed|s)? up as|made it to) (?:paying |real |actual )?(?:customers?"
     r"|accounts?|clients?|deals?|opportunities)\b",
     "what is the lead conversion rate"),
    (r"\bconverts? (?:the )?(?P<way>best|most|better|worst|least|poorest)\b",
     lambda m: f"has the {'lowest' if m['way'].casefold() in {'worst', 'least', 'poorest'} else 'highest'}"
     f"{'' if 'win rate' in m.string.casefold() else ' lead conversion rate'}"),
    # until when
    (r"\b(?:runs?|running|goes?|going|comes?|falls?) (?:out of|off) (?P<what>warranty|guarantee|maintenance|support|contract)\b", r"\g<what> ends"),
    # yes or no about a figure: the figure says it
    (r"^(?:is|was|are|were) (?P<what>(?:the|our) (?:[\w'-]+ ){0,4}?(?:rate|share|average|median|total|amount|value|pipeline|size|cycle)\b[^,?]*?) "
     r"(?:above|below|over|under|more than|less than|higher than|lower than|greater than|at least|at most) [$€£¥]?\d[\d,.]*\s*(?:%|percent|k|m"
     r"|million|thousand|days?)?\s*\?*$",
     r"what is \g<what>"),
    # groups and units
    (rf"\b(?:in|from|across) how many (?:different |distinct )?(?P<field>[a-z]+) (?:do|did|have) we (?:have|had|got) (?P<what>{_COUNTED})\b",
     r"how many different \g<field> are there among \g<what>"),
    (rf"\b(?:in|from|across) how many (?:different |distinct )?(?P<field>[a-z]+) (?:are|were|do) (?:our|the) (?P<what>{_COUNTED})(?: (?:based|located"
    rf"|come from|sit))?\b",
     r"how many different \g<field> are there among \g<what>"),
    (r"\bfrom (?:one )?(?P<group>[a-z]+) to (?:the next|another|the other|the next one|(?P=group))\b", r"by \g<group>"),
    (rf"\b(?:counted|measured|expressed|as measured) (?:in|by) (?:the )?(?:number of )?(?P<what>{_COUNTED})\b", r"by number of \g<what>"),
    (rf"\b(?:as|in) (?:an? )?(?P<what>{_COUNTED}) counts?\b|\b(?:as|in) (?:the )?(?:number|count) of (?P<other>{_COUNTED})\b",
     lambda m: f"by number of {m['what'] or m['other']}"),
    (r"\b(?:(?:what is|what's) )?(?:the )?size of (?P<what>[^,?]+?),? (?=by number of\b)", r"\g<what> "),
    (r"\b(?:total|overall|full|exact|complete|combined) (?=(?:number|count)(?:s)? of\b)", ""),
    (r"\b(?:total|overall|combined) amount of (?=(?:the |all |our )*(?:open |won |lost |closed )?(?:deals|opportunities|opps)\b)", "total value of "),
    (r"\bgive me the (?:numbers|figures|counts)\b", ""),
    (r"\bcross-?tab(?:ulat\w+)?,?(?: of)? (?P<what>[^:?,]+?)\s*[:,]\s*(?P<one>[^:?,]+?) (?:by|x|×|vs\.?|versus|against|and) (?P<other>[^:?,]+)",
     r"\g<what> by \g<one> and \g<other>"),
    (r"\bclosed (?=(?:the )?(?:most|fewest|highest|largest|biggest)\b|more (?!than))", "won "),
    # conditions told first
    (rf"^(?:when|whenever|if|once) (?:we|they|you) (?P<end>win|lose)(?: (?:an? |the |our "
    rf"|some )?(?P<what>(?:[\w'-]+ ){{0,5}}?{_COUNTED}))?\s*,\s*(?P<rest>[^?]+)",
     lambda m: f"{m['rest'].strip()} of {dict(win='won', lose='lost')[m['end'].casefold()]} {m['what'] or 'deals'}"),
    (r"\b(?P<lost>lost|lose|losing) to (?:an?|any|some|another|other|our) (?P<rival>competitors?|rivals?)\b", r"\g<lost> with a \g<rival>"),
    # far from a goal
    (rf"\b(?:(?:is|are|was|were) )?(?:the )?(?:furthest|farthest) (?:away )?(?:from|below|behind|off|short of) {_OWN}(?P<goal>{_GOAL})\b",
     r"has the lowest \g<goal> attainment"),
    (rf"\bmissed {_OWN}(?P<goal>{_GOAL}) by (?:the )?(?:most|furthest|farthest)\b", r"has the lowest \g<goal> attainment"),
    # what is due, and what is to come
    (r"\b(?P<is>is|are) (?:still )?(?:being )?(?:held back|withheld|retained)\b", r"\g<is> outstanding"),
    (r"\b(?P<due>expected|due|scheduled|planned) to be (?:decided|closed|signed|awarded|concluded)\b", r"\g<due> to close"),
    # durations
    (r"\bhow long (?P<do>do|does|did|will) (?P<what>[^,?]+?) last\b", r"how long \g<do> \g<what> take"),
    (r"\bhow many (?:minutes|mins) (?:do|does|did|will) (?P<what>[^,?]+?) (?:last|take)\b", r"what is the duration of \g<what>"),
    (r"\s*\((?:in )?(?:min|mins|minutes|hrs?|hours|days?|weeks?|months?|h|d)\.?\)", ""),
    # times
    (rf"\b(?:the )?(?P<one>{_ORDINAL}) (?:and|&|vs\.?|versus|or|against|with) (?:the )?(?P<other>{_ORDINAL}) quarters?(?: of| in)?(?: (?P<year>(?:19"
    rf"|20)\d\d))?\b", _quarters),
    (r"\b(?:since|from) (?:the )?(?:very )?(?:start|beginning) of (?:the |this )?(?P<unit>year|quarter|month|(?:19|20)\d\d)(?: (?:until|till|to"
    r"|up to) (?:now|today|date))?\b",
     _since_start),
    (r"\bneither (?:an? |the )?(?P<one>[\w -]{2,30}?) nor (?:an? |the )?(?P<other>[\w-]{2,20})\b", r"not \g<one> and not \g<other>"),
    (r"\b(?P<what>minutes|hours|time)(?: we| i| they)?(?: have| has)? (?:spent|spend|spending) (?=(?:on|in|with)\b)", r"\g<what> "),
    (r"\bon the (?:tele)?phone(?: with)?\b(?= (?:customers?|clients?|accounts?|them|us)\b|\s*[?.,]|\s+(?:in|this|last|since)\b)", "of calls with "),
    (r"[:,;–—-]+ (?:the |their )?(?:number|count) and "
     r"(?P<what>(?:the |their )?(?:total |overall )?(?:[a-z]+ )?(?:amount|value|sum|volume|worth|revenue)\b[^:,;?]*)",
     r": how many and \g<what>"),
    # second thoughts
    (r"\bhow (?:much|many)(?: [a-z]+)? (?P<rest>(?:is|are|was|were|do|does|did|have|has)\b[^,;?]+?)\s*(?:[,;–—-]+\s*)?"
     r"\b(?:i mean|or rather|i should say|sorry),? how many (?P<what>[^,;?]+?)(?=\s*[?.]*$)", r"how many \g<what> \g<rest>"),
    (r"\b(?P<have>has|have|had) come and gone\b", r"\g<have> passed"),
    # what is left out by a column of its own
    (r"\b(?P<out>excluding|except(?: for)?|leaving out|other than) (?:anything|everything|anyone|everyone|those|ones|all|any) whose "
     r"(?P<what>\w+(?: \w+)?) (?:is|was|are|were) (?!not\b)", r"\g<out> \g<what> "),
    # comparing two by name
    (r"^between (?P<one>[^,?]+?) and (?P<other>[^,?]+?),\s*(?=(?:which|who|whose|what)\b)", r"comparing \g<one> and \g<other>, "),
    (r"(?:\s+-+|[,;:(])?\s*\b(?:i mean|that is|or rather|i should say|sorry|er|um)\b[\s,:]*", ", "),
    (r",?\s*\b(?:i\.e\.|that is to say|meaning)[\s,]+", ", "),
    (r"^(?:please )?group (?P<what>[^,?]+?) by\b", r"\g<what> by"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in _IDIOMS)


def plainly(text: str) -> str:
    """The question without these idioms."""
    for pattern, words in _COMPILED:
        text = pattern.sub(words, text)
    return text
