"""Everyday constructions that a question is rid of before it is read: "just the number", 一个…都没有, 区域×品类. Saying them twice changes nothing."""

from __future__ import annotations

import re

_MEASURES = "个家位名单笔张条份次场件台项门"
_NOT_ONE = re.compile(
    rf"(?:哪怕|连)?一[{_MEASURES}](?P<noun>[一-鿿A-Za-z]{{2,8}}?)(?:都|也)(?:还)?没(?:有)?(?:(?:录入?|登记|填写?|留下?|建立?|安排|指定|配备?|挂上?)(?:过|了|进来|进去)?(?=的|$|[，,。？?！!]))?(?=(?:的|过|$|[，,。？?！!]|[一-鿿]))"
)
_ONLY_COUNT = re.compile(
    r"(?:[,，.。;；?？]\s*)?(?:\b(?:just|only) (?:give me )?(?:the|a) (?:number|count|total|figure)\b"
    r"|(?:只要|只给|给个?|说个?|告诉我)?(?:个数|数量|总数|数字|数)(?:就行|就好|即可|就可以|就够)了?)\s*[.。!！?？]?\s*$",
    re.IGNORECASE,
)
_AND_GRAIN = re.compile(
    r"按(?P<what>[^，,。；;？?按]{1,10}?)(?:和|与|及|、|跟)(?P<grain>季度|月份?|年份?|年度|月度|周)(?=看|分|统计|汇总|列|拆|展示|划分|[^0-9一-鿿]|$)"
)
_CROSSED = re.compile(
    r"(?:按照?)?(?P<one>[一-鿿]{2,5})(?:\s*[×✕]\s*|乘以?)(?P<other>[一-鿿]{2,5}?)(?=的|[，,。；;？?！!]|$|交叉|两个维度|拆|看|统计|汇总)"
    r"|\b(?:by )?(?P<first>[a-z]{3,20}) [x×] (?P<second>[a-z]{3,20})\b"
    r"|(?:按照?|分|(?<=[，,])|^)(?P<row>[一-鿿]{2,5})(?:和|与|跟|、|[，,]?分)(?P<column>[一-鿿]{2,5}?)(?:两个维度)?交叉(?:分析|统计|汇总|表|看|着看|地看)*(?=[，,。？?]|[一-鿿]|$)"
    r"|(?<=, )(?P<down>[一-鿿]{2,6}|[a-z]{3,20}) by (?P<across>[一-鿿]{2,6}|[a-z]{3,20})(?:(?P<grid> (?:matrix|table|grid|cross-?tab))|(?=\s*[?.]?\s*$))",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"(?:单(?P<single>[个张份笔家台])|(?<![第十百])一(?P<one>[张份笔台]))(?=[^，,。？?]{1,12}(?:平均|均))")
_FROM_OPENING = re.compile(r"从(?:打开|开单|建单|提单|立单)(?=[到至])")
_MEAN_OF_ONE = re.compile(r"(?:单|(?<![第十百])一)[张份笔单台](?=[一-鿿]{2,4}?的?(?:平均|均)(?:是|为)?(?:多大|多少)?(?:金额|钱|额度|价))")
_COUNTED_IN_TURN = re.compile(rf"(?P<one>[一-鿿]{{2,8}})(?P<asked>(?:几|多少)[{_MEASURES}])[、，,](?P<other>[一-鿿]{{2,4}})(?P=asked)(?=$|[？?。！!])")
_MORE_OF = re.compile(
    r"(?P<one>[一-鿿]{2,8})(?P<grade>[多高大])还是(?P<other>[一-鿿]{2,6})(?P=grade)[，,]?(?P<each>各[自有]?(?:几|多少)[一-鿿]?)?(?=$|[？?。！!])"
)
_PART_PAID = re.compile(
    r"\b(?:where|that|which|for which) (?:the |our )?(?:customers?|clients?|accounts?|buyers?) (?:have |has |had )?(?:only )?paid (?:only |just )?(?:a )?part"
    r"(?: of (?:the|their|its) [a-z]+)?\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[赢输丢了过]")
_SPOKE = re.compile(r"\b(?P<did>(?:did|didn't) [^,;:?]{1,40}?)\b(?:speak|talk) (?=(?:to|with)\b)", re.IGNORECASE)
_NAMES_ONLY = re.compile(r"\s{0,3}(?:[,;:–—]|\s-{1,3})\s{0,3}(?:just |only )?(?:the |their )?names(?: only)?(?:,? please)?\s*[.!]?\s*$", re.IGNORECASE)
_AS_LIST = re.compile(r"[，,、。；;\s]{1,3}(?:帮我|给我|请)?(?:列|做|出|拉|来)(?:成|一|个|张)+(?:表格?|清单|列表)(?:吧|看看|给我)?\s*[。！!]?\s*$")
_HOW_GOOD = re.compile(
    r"\bhow (?:good|bad|healthy|strong) (?P<what>(?:our|my|the|his|her|their) [^,;:?]{3,60}?) (?:has been|have been|is|are|was|were)(?= |\W*$)", re.IGNORECASE
)
_AND_OTHER = re.compile(
    r"^(?P<head>.{3,80}?\b)an? (?P<one>[a-z]{3,12}) (?P<noun>[a-z]{3,20})\b(?P<tail>[^?;:]{2,100}?),?"
    r" and an? (?P<other>[a-z]{3,12}) one\s*\?*\s*$",
    re.IGNORECASE,
)
_GOING_THERE = re.compile(
    r"^(?:i'm|i am|we're|we are|i'll be|we'll be) (?:flying|going|travell?ing|heading|driving|off|visiting)(?: over| out)?(?: to)? (?P<place>[^,;:?]{2,40}?)"
    r"(?: (?:(?:next|this) (?:week|month)|tomorrow|today|soon|on \w+day))?\s*[,;.–—-]+\s*(?P<rest>[^?]{5,200}?) (?:over )?there\s*[.?!]*\s*$",
    re.IGNORECASE,
)
_GOING = re.compile(
    r"^(?:我们?|咱们?|俺)?(?:下周|这周|本周|明天|后天|今天|下个?月|过几天|周末)?(?:我们?|咱们?)?(?:要|得|准备|打算)?(?:去|到|飞)(?P<place>[^，,。；;]{2,8}?)"
    r"(?:出差|拜访|开会|走一趟|跑一趟|一趟)[，,。]\s*(?:那边|那里|那儿|当地)(?P<of>的?)(?P<rest>.{2,100})$"
)
_SO_LONG = re.compile(
    r"(?:半年|(?<![一两二三四六九十\d])[一两二三四六九十\d]+个?(?:半?月|季度|年|周|星期)"
    r"|\b(?:half a year|an? (?:year|quarter|month)|[\w-]{1,20} (?:months?|weeks?|years?|quarters?)))"
    r"\s*[（(]\s*(?:即|i\.?e\.?|that is)?\s*(?P<days>\d+)\s*(?P<unit>天|days?)\s*[）)]",
    re.IGNORECASE,
)
_HEADER_NOUN = re.compile(r"(?<=[一-鿿])[\"”’']?\s+(?:dates?|columns?|fields?|headers?)\b(?!\s+(?:of|is|was|are)\b)", re.IGNORECASE)
_WHO_LEFT = re.compile(
    r"^(?P<who>[^,.:;?]{2,30}?)(?: has| had|'s) (?:already )?left(?: (?:us|the company|the team))?\s*[-–—:;,.]+\s*(?P<asked>.*?)"
    r"\b(?:under|in|to|on) (?:that|his|her|their) (?:name|plate|books?)\b",
    re.IGNORECASE,
)
_ONLY_SO_MANY = re.compile(
    rf"(?:只|仅|才|恰好|正好|刚好)(?P<has>有|[一-鿿]{{1,2}}[过了])?(?P<count>[一两二三四五六七八九]|\d{{1,2}})(?P<measure>[{_MEASURES}])(?![月年])"
)
_JUST_SO_MANY = re.compile(
    r"\b(?:only|just|exactly) (?P<count>one|two|three|four|five|\d{1,2})(?= [a-z])(?! of\b)"
    r"|\b(?P<has>with|have|has|having|had) (?:only |just |exactly )?(?:a single|exactly one|(?:only|just) an?)(?= [a-z])",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"除了?(?P<what>[^，,。；;？?！!除]{1,20}?)(?:之外|以外|外)?[，,]?(?:其他|其它|其余|剩下|剩余|别)的?(?=[一-鿿])|除了?(?P<bare>[^，,。；;？?！!除]{1,20}?)外(?![贸部地资包协购呼销勤观方])"
)
_DIGITS = {han: str(digit) for digit, han in enumerate("一二三四五六七八九", 1)} | {"两": "2"}
_TIMES = {"once": "1", "twice": "2"}
_OR_OFTEN = re.compile(r"\b(?P<times>once|twice|\w+ times) or (?P<side>more|less|fewer)(?: often)?\b(?! than)", re.IGNORECASE)
_OFTEN = re.compile(r"\b(?P<bound>at least|more than|over|exactly|at most|no more than|less than|fewer than) (?P<times>once|twice)\b", re.IGNORECASE)
_OR_MORE = re.compile(
    r"(?<![\w.,$€£¥/-])(?P<count>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
    r"(?:(?:,? or| and) (?P<side>more|over|fewer|less)|\s?(?P<plus>\+)) (?=[a-z]{3,}s\b)",
    re.IGNORECASE,
)
_LATE_BY = re.compile(
    r"\b(?P<late>overdue|late|delayed|past due|behind)(?: schedule)? by "
    r"(?P<bound>(?:(?:more|less|fewer) than|over|under|at least|at most|up to) \w+ (?:days?|weeks?|months?))\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"[,，;；(（]\s*(?P<what>[一-鿿]{2,10}?)的?(?:一?[律概])?(?:剔除|扣除|排除|刨除|刨掉|剔掉|扣掉)(?:掉|在外)?\s*[)）]?\s*(?=$|[？?。])"
    r"|[,，;；(（]\s*(?:扣除|剔除|刨除|排除)(?P<noun>[一-鿿]{2,10}?)\s*[)）]?\s*(?=$|[？?。])"
)
_LEFT_OUT_EN = re.compile(
    r"\s*[,;(–—-]\s*(?:with )?(?P<what>[a-z][a-z ]{3,30}?) (?:are |being )?(?:excluded|left out|removed|taken out)\s*\)?\s*(?=$|[?.])",
    re.IGNORECASE,
)
_YET = re.compile(r"(?<=[，,、])可(?=[一没从不却还也])")  # 档案里有、可一张单都没有
_DENIED = re.compile(r"[不没别未]|\b(?:not|never|no|without)\b|n't", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"[（(,，]\s*(?:提前|早)[^，,（()）]{0,8}(?:按|算|记|计)(?:作|为|成)?负[数值]?(?:算|计)?[）)]?"
    r"|\s*[,(]\s*(?:with )?(?:the )?early (?:ones |payments )?(?:counting|counted|count|taken) as negatives?\)?",
    re.IGNORECASE,
)
_NOT_ONCE = re.compile(r"(?P<never>\bnever\b[^?]{2,60}?),? not even (?:once|one|a single time)\b", re.IGNORECASE)
_ORDERS_IN = re.compile(r"\borders (?:that )?(?:have |had )?(?:came|come|coming) in\b", re.IGNORECASE)
_FAR_FROM = re.compile(
    r"(?:离|距离?)(?:自己的?|完成)?(?P<goal>(?:年度|季度|销售|全年)?(?:任务|目标|指标))(?:还)?(?:差距|差得|差)?最(?:远|大|多)(?:的(?=[是谁]))?"
)
_OUR_NAME = re.compile(
    r"\s*[(（]\s*(?:our|we call it|what we call|also known as|aka|a\.k\.a\.|so-called|即我们说的|也就是我们的|我们叫|我们说的|所谓的?)"
    r"\s*[\w-]{2,20}\s*[)）]",
    re.IGNORECASE,
)
_WHO_OWES = re.compile(r"\bwho(?= (?:still |currently )?owes?\b)", re.IGNORECASE)
_KNOW = re.compile(r"\bwho(?:m)? do we know (?P<at>at|in|from|with)\b", re.IGNORECASE)
_KNOWN = re.compile(r"(?<=[一-鿿A-Za-z])(?P<at>里|那边|那儿)?(?:我们|咱们)?(?:都)?认识(?:哪些人|哪几个人|哪几位|谁|些谁|几个人)")
_LONGEST = re.compile(
    r"\b(?:which|what) (?P<noun>[a-z][a-z ]{2,30}?) (?:has|have|had)(?: been)? (?P<state>open|unresolved|waiting|pending|outstanding|active)"
    r" (?:for )?(?:the )?longest\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\bnew (?=[a-z]+ (?:(?:were|was|have been|has been|got) (?:created|opened|added|logged|raised|registered|entered)"
    r"|did (?:we|they) (?:create|open|add|log|register))\b)",
    re.IGNORECASE,
)
_WAITED = re.compile(
    r"\b(?:waited|had to wait|have waited|have been waiting|were waiting)"
    r"(?= .*\bfor (?:an? |the |their |its |our )?(?:first )?(?:reply|response|answer)\b)",
    re.IGNORECASE,
)
_RATED = re.compile(r"\b(?:scored|scoring|rated)(?: us| it)?(?: at)? (?=\d|at least|at most|below|above|under|over|less|more)", re.IGNORECASE)
_POINTS = re.compile(r"(?P<number>\d(?:\.\d)?|[一二三四五六七八九十])\s*分(?=(?:[及或]?[者更]?以[上下]|或更[高低]|的|$|[，,。？?]))")
_SCORING = re.compile(r"满意度|评分|得分|打分|分数|[打评给]了?[\d一二三四五六七八九十]分")
_GAVE_POINTS = re.compile(
    r"[打评给得]了?(?P<number>\d{1,3}(?:\.\d)?|[一二三四五六七八九十])分(?=(?P<bound>[及或]?[者更]?以[上下]|或更[高低])|的|有|占|$|[，,。？?])"
)
_NAMES_POINTS = re.compile(r"满意度|评分|得分|打分|分数")
_SIDES = re.compile(
    r"^(?P<head>.{3,60}?)\s+(?P<one>without|with) (?:an? |any |the )?(?P<noun>[a-z][a-z ]{2,30}?),?"
    r"\s+(?:versus|vs\.?|and|compared (?:to|with)|or|against)\s+(?P<other>with|without) (?:one|it|any|them)\s*[?.]?\s*$",
    re.IGNORECASE,
)

_BY_WHOM = re.compile(r"^(?:the )?(?P<most>most|fewest|least) (?P<what>[^?]{3,120}?)\s{0,3},?\s{0,3}(?:and )?by whom\s{0,3}\??\s{0,3}$", re.IGNORECASE)
_COUNT_BEHIND = re.compile(
    r"^(?!(?:what|which|who|whose|how|when|where|list|show|give|tell|name|count|is|are|do|does|did|number)\b)(?P<what>[a-z][^?]{8,160}?)"
    r"\s{0,3}(?:[:;,–—]|\s-)\s{0,3}(?:the )?(?:count|number|how many|how many are there)\s{0,3}[?.]?\s{0,3}$",
    re.IGNORECASE,
)
_RATE_OF = re.compile(r"\b(?:[A-Za-z]+ )rate\s*[（(]\s*(?P<state>[一-鿿]{2,5}?)率?\s*[)）]", re.IGNORECASE)
_OF_ALL_REPS = re.compile(
    r"\b(?P<sum>sum|total|totals) of (?:all|every|each)(?: of)?(?: the| our)? (?:sales )?"
    r"(?:reps?|sellers?|people|persons?|salespeople|colleagues|employees|staff)(?:['’]s?|(?<=s)['’])\s+",
    re.IGNORECASE,
)
_SHORT_UNIT = re.compile(
    r"\b(?P<before>(?:this|last|next|previous|prior|current|past|each|every|per|by|\d{1,3}|one|two|three|four|five|six|of)\s{1,3})(?P<unit>yr|qtr|mth|wk)(?P<many>s?)\b",
    re.IGNORECASE,
)
_UNITS = {"yr": "year", "qtr": "quarter", "mth": "month", "wk": "week"}


def plain(text: str) -> str:
    """The question without them."""
    text = _SHORT_UNIT.sub(lambda m: m["before"] + _UNITS[m["unit"].casefold()] + m["many"], text)
    text = _COUNT_BEHIND.sub(lambda m: f"how many {m['what'][0].lower()}{m['what'][1:]}", _BY_WHOM.sub(lambda m: f"who has the {m['most']} {m['what']}", text))
    text = _OF_ALL_REPS.sub(lambda m: f"{m['sum']} of ", _RATE_OF.sub(lambda m: f"{m['state']}率", text))
    text = _ONLY_COUNT.sub(lambda m: "" if m.start() > 3 else m.group(), text)
    text = _WHO_LEFT.sub(lambda m: f"{m['asked']}of {m['who']}", _OUR_NAME.sub("", text))
    text = _HEADER_NOUN.sub("", _SO_LONG.sub(lambda m: f"{m['days']}{m['unit']}" if m["unit"] == "天" else f"{m['days']} days", text))
    text = _OR_OFTEN.sub(lambda m: f"{'at least' if m['side'].casefold() == 'more' else 'at most'} {m['times']}", text)
    text = _OFTEN.sub(lambda m: f"{m['bound']} {_TIMES[m['times'].casefold()]}", text)
    text = _OR_MORE.sub(lambda m: f"{'at most' if m['side'] and m['side'].casefold() in {'fewer', 'less'} else 'at least'} {m['count']} ", text)
    text = _LATE_BY.sub(lambda m: f"{m['bound']} {m['late']}", text)
    text = _NEGATIVE.sub("", _NOT_ONCE.sub(lambda m: m["never"], text))
    text = _YET.sub("但", text)
    text = _LEFT_OUT.sub(lambda m: m.group() if _DENIED.search(m.group()) else f"，不含{m['what'] or m['noun']}的", text)
    text = _ORDERS_IN.sub("orders placed", text)
    text = _LEFT_OUT_EN.sub(lambda m: m.group() if _DENIED.search(m.group()) else f", excluding {m['what']}", text)
    text = _FAR_FROM.sub(lambda m: f"{m['goal']}完成率最低", text)
    text = _LONGEST.sub(_oldest, text)
    text = _NEW.sub("", text)
    text = _WAITED.sub("took", text)
    text = _RATED.sub("with a satisfaction of ", text)
    text = _SIDES.sub(_each_side, text)
    if not _NAMES_POINTS.search(text):
        text = _GAVE_POINTS.sub(lambda m: f"评分{m['number']}" if m["bound"] else f"评分为{m['number']}", text)
    text = _POINTS.sub(lambda m: m["number"], text) if _SCORING.search(text) else text
    text = _FROM_OPENING.sub("从创建", text)
    text = _COUNTED_IN_TURN.sub(_each_of_both, text)
    text = _MORE_OF.sub(lambda m: f"{m['one']}和{m['other']}{m['each'] or '对比'}", text)
    text = _MEAN_OF_ONE.sub("", _PART_PAID.sub("that are partly paid", text))
    text = _SPOKE.sub(lambda m: f"{m['did']}spoke ", text)
    text = _AS_LIST.sub("", _NAMES_ONLY.sub("", text))
    text = _HOW_GOOD.sub(lambda m: f"what is {m['what']}", text)
    text = _AND_OTHER.sub(_for_both, text)
    text = _GOING_THERE.sub(lambda m: f"{m['rest']} in {m['place']}", text)
    text = _GOING.sub(lambda m: f"{m['place']}{m['of']}{m['rest']}", text)
    text = _WHO_OWES.sub("which customer", text)
    text = _KNOW.sub(lambda m: f"which contacts do we have {m['at']}", text)
    text = _KNOWN.sub("的联系人有哪些", text)
    text = _JUST_SO_MANY.sub(lambda m: f"exactly {m['count']}" if m["count"] else f"{m['has']} exactly 1", text)
    text = _ONLY_SO_MANY.sub(lambda m: f"正好{m['has'] or ''}{_DIGITS.get(m['count'], m['count'])}{m['measure']}", text)
    text = _EXCEPT.sub(lambda m: f"除{m['what'] or m['bare']}以外{'的' if m['what'] else ''}", text)
    text = _NOT_ONE.sub(lambda m: f"没有{m['noun']}", text)
    text = _CROSSED.sub(_by_both, text)
    text = _AND_GRAIN.sub(lambda m: f"按{m['what']}、按{m['grain']}", text)
    return _ONE_OF.sub(lambda m: f"每{m['single'] or m['one']}", text)


def _by_both(match: re.Match[str]) -> str:
    """As in 大区和业务类型交叉, "won deals, 大区 by 业务类型": grouped by both. Latin words alone may tell who did it, "won by": only a grid shows."""
    if match["down"] and not match["grid"] and not ("一" <= match["down"][0] <= "鿿" and "一" <= match["across"][0] <= "鿿"):
        return match.group()
    if match["one"] or match["row"]:
        return f"按{match['one'] or match['row']}和{match['other'] or match['column']}"
    return f"by {match['first'] or match['down']} and {match['second'] or match['across']}"


def _oldest(match: re.Match[str]) -> str:
    """As in "which deal has been open the longest": the oldest open deal."""
    state = "" if "open" in match["noun"].casefold().split() else "unresolved " if match["state"].casefold() == "unresolved" else "open "
    return f"what is the oldest {state}{match['noun']}"


def _each_of_both(match: re.Match[str]) -> str:
    """As in 新签几份、续签几份: one after the other; not for how deals ended, of which each has its own words."""
    one, other = match["one"], match["other"]
    return match.group() if _ENDED.search(one[-2:] + other) else f"{one}和{other}各{match['asked']}"


def _for_both(match: re.Match[str]) -> str:
    """As in "how long does a won deal take on average, and a lost one?": a question for each."""
    return " ".join(f"{match['head']}a {kind} {match['noun']}{match['tail']}?" for kind in (match["one"], match["other"]))


def _each_side(match: re.Match[str]) -> str:
    """As in "win rate without a competitor versus with one": a question for each."""
    if match["one"].casefold() == match["other"].casefold():
        return match.group()
    return f"{match['head']} {match['one']} a {match['noun']}? {match['head']} {match['other']} a {match['noun']}?"
