"""Says constructions of a question in the words that the rest of the parser reads; knows no vocabulary. Saying them twice changes nothing."""

from __future__ import annotations

import re

from agent.parsing.language.lexicon import currencies
from agent.parsing.language.text import HAN, has_han
from agent.parsing.wording.asked_at_the_end import without_requests
from agent.parsing.wording.customers import customer_at
from agent.parsing.wording.deeds_counted import deeds_counted
from agent.parsing.wording.doers_said import doers_said
from agent.parsing.wording.everyday import plain
from agent.parsing.wording.first_times import first_times
from agent.parsing.wording.money_said import money_said
from agent.parsing.wording.nothing_done import done_nothing
from agent.parsing.wording.spoken import spoken

A_FEW = 5  # are shown where no number is said
_QUANTITY = r"(?:多少钱的|多少|好?几|哪些|哪几|什么|一|两|这么多|那么多|不少|很多|\d+)"
_OBJECTS = {"中": "标", "立": "项", "报": "修", "开": "票", "签": "约", "下": "单", "结": "单", "关": "单", "成": "交", "流": "标", "丢": "标", "落": "标"}
_ASPECT = "[了过着]|到|完|成"
_SEPARATED = re.compile(
    r"(?<![拿签谈赢接定卖抢攻啃打带输丢])(?P<verb>["
    + "".join(_OBJECTS)
    + rf"])(?P<aspect>{_ASPECT})?(?P<quantity>{_QUANTITY}?[个次张回笔份单家]?)(?P<object>[标项修票约单交])"
    r"(?![子目价据额号位流])"
)
_ROLE = r"(?:老板|领导|上级|上头|总监|经理|主管|财务|法务|客户|总部|董事会|投资人|同事|团队|审计|市场部|运营|大区|区域)"
_BUSINESS = r"(?:报告|汇报|复盘|周报|月报|季报|年报|日报|述职|例会|周会|月会|季会|年会|总结|材料|PPT|ppt|表格|报表|方案|预算|规划|计划|盘点|对账|核算|分析|会)"
_PREAMBLES = re.compile(
    r"^\s*(?:"
    rf"{_ROLE}[们]?(?:刚|刚才|又|还|一直|正)?(?:在|想|要)?(?:问|催|要|查|追问|催问|要求)(?:得紧|我|我们|着|起|到|了|一下|数|数据|这个|的)*"
    rf"|[^，,：:。！!？?\n]{{0,8}}{_BUSINESS}(?:上|里|时|前)?(?:要用|需要|得用|急用|用得上|要写|要讲|要看|要|用|用的|急要)"
    r"|(?:急用|急需|着急|挺急的?|很急|在线等|有个问题|有个事|问个问题|问个事|问个数|求个数|请教个问题|想请教一下|随便问问|顺便问一句|顺便问一下|弱弱问一句)"
    r")\s*[，,：:。！!—-]+\s*",
)
_ASIDE = re.compile(
    r"^\s*(?:老板|领导|上级|总监|财务|总部|董事会|投资人|同事们?|客户(?=刚|又|还|一直|在|来))(?:刚|刚才|又|还|一直)?(?:在|想|来)?(?:问|想知道|想看|要看|想了解)(?:我|我们|起|到|了|一下)*[：:，,]?\s*(?=\S{4})"
)
_BOUNDS = (
    (re.compile(r"(?:>=|≥|≧|＞=)\s*(?=[¥$€￥£]?\s*\d)"), "不低于", " at least "),
    (re.compile(r"(?:<=|≤|≦|＜=)\s*(?=[¥$€￥£]?\s*\d)"), "不超过", " at most "),
    (re.compile(r"(?:>|＞)\s*(?=[¥$€￥£]?\s*\d)"), "超过", " over "),
    (re.compile(r"(?:<|＜)\s*(?=[¥$€￥£]?\s*\d)"), "低于", " under "),
)
_NUMBER = r"[\d,.]+\s*[万千百亿kKwW]?"
_FROM_START = r"(?<![\d,.])"  # a number that goes on and on is looked at once
_MEASURE = "[个家位名笔条单份张件次台元块]?"
_EXCLUSIVE = re.compile(
    rf"(?P<number>{_FROM_START}{_NUMBER})(?P<word>{_MEASURE})(?:及)?(?P<side>以上|以下|以内)\s*[（(，,]?\s*不(?:含|包括|算)(?:本数|{_NUMBER}{_MEASURE})?\s*[）)]?"
)
_INCLUDED = re.compile(
    rf"(?<=[上下内间])\s*[（(，,]?\s*(?:含|包含|包括)(?:本数|两端|首尾|{_NUMBER}[{HAN}]?|[一二两三四五六七八九十]{{1,3}}[{HAN}]?)\s*[）)]?(?:在内)?"
    r"|(?<=[上下内间])\s*[（(]\s*(?:均|都)?(?:含|包含|包括)(?:两端|端点|首尾)?\s*[）)]"
    r"|[,(]?\s*\b(?:both (?:ends )?(?:included|inclusive)|ends included|inclusive)\b\)?",
    re.IGNORECASE,
)
_FROM_AND = re.compile(rf"\b(?:above|over|more than|exceeding)\s+(?P<number>[¥$€￥£]?{_FROM_START}{_NUMBER})\s*[,(]?\s*inclusive\b\)?", re.IGNORECASE)
_INCLUSIVE = re.compile(
    rf"(?:达到?|到)?(?P<number>{_FROM_START}{_NUMBER})(?P<word>{_MEASURE})(?:或|或者|及|和|乃至)(?:更|还要)?(?P<side>高|多|大|以上|低|少|小)(?![于的])"
)
_YEAR_TOO = re.compile(r"(?P<year>\d{4})年(?:以后|之后|后|以来)\s*[（(，,]?\s*(?:含|包括|包含)(?P=year)年?(?:在内|当年)?\s*[）)]?")
_FROM_ON = re.compile(
    r"\b(?:after|since) (?P<year>\d{4})\s*[（(,]?\s*(?:inclusive|included|including (?P=year)|(?P=year) (?:inclusive|included))\s*[）)]?", re.I
)
_THAT_IS = re.compile(r"[,，]?\s*\b(?:i\.\s?e\.?|viz\.|namely)(?=[\s,，])[,，]?\s*", re.IGNORECASE)
_REJECTED = re.compile(
    r"(?:^|(?<=[，,；;]))\s*不(?:要|看|用|想要|想看|需要|是要|是看)(?:只|光)?(?:看|给)?(?:平均(?:值|数)?|均值|总数|总额|合计|明细|名单|列表|清单|百分比|占比|比例|数量|个数|中位数)"
    r"(?:[，,；;。]|$)\s*"
)
_DIMENSION = re.compile(r"以(?P<what>[^，,。；;以]{1,12}?)(?:作为|为|做)(?:维度|口径|单位|标准|依据)")
_ALONG = re.compile(r"(?:^|(?<=[，,。；;]))(?:从|在)?(?P<what>[一-鿿]{2,8}?)(?:这个|这一)?维度(?:上|来)?(?=[的看]|统计|汇总|分析)")
_PEOPLE = re.compile(r"(?<=[里中内面，,])人(?=最[多少])")
_LARGEST = re.compile(r"(?P<most>最[大高小低贵])的?[那这]?一?单(?![子品笔据价量额])(?P<noun>(?:的)?(?=合同|订单|商机|项目|报价|采购|生意))?")
_LAST_DEAL = re.compile(r"(?P<when>最近|最新|最后|上|第|首|头|最早)的?[一那这]?单(?![子品笔据价量额个位元]|平均)")
_REGION = re.compile(r"(?P<which>每个?|各个?|哪个|哪几个|哪些|按|分|几个|多少个)区(?![域分县块间别划])")
_BEST_TIMES = re.compile(r"(?P<most>最[高多大低少小好差]的?)前?(?P<count>[二两三四五六七八九十]|\d{1,2})个?(?P<unit>月|季度)(?!份|度)")
_A_FEW = re.compile(r"(?P<most>最[高大多低少小好差新贵长]的?|[前后])几(?=[个家位笔名单条项款份张](?!月|季))")
_AND_ITS = re.compile(
    r"(?P<asked>(?:最|第[二三四五2-5]).*?(?:是哪[一-鿿]{0,3}|是谁|哪[个家款位]))[，,？?]\s*(?P<its>(?:是|有)?(?:多少钱?|几[个单家]?|金额多少|金额是多少|价格多少|多少金额|欠款?多少钱?|(?:做|卖|签|成交|完成)了?多少钱?))(?P<mark>[？?。]?)\s*$"
)
_MONEY = re.compile(r"[钱额价贵]")
_SIZED = re.compile(r"最[大小贵]的?[那这]?一?(?:[单笔](?![价据])|单子|商机|订单|合同)")
_RIVAL = re.compile(r"(?:(?P<lost>[输丢败])给了?|被)(?:谁|哪家|哪个|哪个对手|哪家对手)(?P<taken>抢走|抢去|抢|截胡)?了?(?P<of>的)?")
_ATTAINED = re.compile(
    r"(?:目标|指标|任务)(?P<of>的)?(?:完成|达成)(?!率)(?:了|得|情况|度|进度)*(?:多少|怎么样|如何|几成)?|(?<![没未有能])(?:完成|达成)(?:了)?(?:目标|指标|任务)"
)
_EXPECTED = re.compile(r"(?:预计|预期)(?P<when>[^，,。；;的]{1,8}?)(?P<verb>成交|关闭|签单|结单|签约|能签(?:下来?)?(?=的|[，,。？?]|$))")
_REASON = re.compile(
    r"(?<!最)主要(?:的)?(?=原因|理由|因素)|(?:最)?主要(?:都)?(?:是|有)?(?:因为|由于|出于)?(?:什么|哪些|哪个|哪种|啥)(?:样的?)?(?=原因|理由|因素)"
)
_VISITING = re.compile(r"跑(?P<count>[了过]?(?:(?:多少|好?几|一)?[次家个趟]?)?)(?=[一-鿿]{2})")
_BY_HOW_MUCH = re.compile(r"(?<=[高多低少大小快慢强])\s*[，,]\s*(?:高|多|低|少|差|相差|差距|大|快|慢)[了出]?(?:是?多少|几[一-鿿]?)(?=\s*[？?。]?\s*$)")
_OFTEN = re.compile(r"最勤(?![快奋恳劳俭勉])|(?<=[户方主访系触跑得])最勤快")
_EXTREME = re.compile(r"的?最(?P<side>[大高小低])值(?:是多少|有多少|多少|是几)?")
_WHOSE = re.compile(r"(?:是|属于|归|在|跟着?)谁的?(?:团队|手下|手底下|队伍|队|组|麾下|管|部门)(?:[的里中]?人?|[干做])?(?=\s*[？?。]?\s*$)")
_GIVER = re.compile(
    r"(?:^|(?<=[，,。；;]))(?P<when>[^，,。；;客]{0,8}(?<![个家位些类哪各每种名少几]))客户们?(?:(?:对|给|向)(?=我们|咱们|工单|服务|售后)|(?=[报提投][了过]?的?(?:工单|问题|投诉|需求|故障)))"
)
_RAISED = re.compile(r"(?P<who>(?:多少|好?几|哪[些几]?)[个家位]?客户)[报提投][了过]?(?=工单|问题|投诉|需求|故障)")
_MEETING = re.compile(r"(?P<held>开[了过]?(?:多少|好?几|一|两|三|\d+)?[次个场回]?)会(?![议计员社])")
_PARTLY = re.compile(
    r"(?:只|仅|才)?(?:付|支付|给|还|收|交|缴)[了到]?(?:一)?部分(?:的)?(?:货)?(?:款项?|钱)?|没付[全完]|付了一半|(?:只|仅|才)到[了账]?一?部分(?:的)?(?:款项?|钱|账)"
)
_SORTS = re.compile(r"(?P<over>不止|不只|超过|多于|至少)(?P<one>[一两])(?=[种类款])|(?P<some>[一两])(?P<unit>[种类款])(?P<side>[及或]?以上)")
_VAGUE = re.compile(r"大(?P<noun>单子?|商机|合同)(?=\s*[，,（(](?:即|指|也就是)?[一-鿿]{0,3}(?:金额|额度)(?:大于|高于|超过|不低于|不少于|在|达到?|至少))")
_NEW = re.compile(
    r"(?:来|进来|进|收到|收|接到|增加|增|多|拿到|获得|拓展|录入|添)[了过]?(?P<count>(?:多少|几)[个条家位名]?)新的?(?=线索|客户|商机|单子|联系人|工单|机会)"
)
_MINDING = re.compile(
    r"(?P<who>谁|哪[位个名](?:销售|同事|人|业务员?|代表|经理|客户经理)?)(?:现在|目前)?(?:在|正在)(?:跟进?|盯|管|带|维护|服务|负责|对接)(?!的|单|商|项|中|途|手)"
)
_STATE = re.compile(r"(?P<lead>处于|处在|状态[是为]|停在|停留在)(?P<state>[一-鿿A-Za-z]{1,12}?)(?:的)?(?:状态|阶段)(?=[的下中]|$)")
_MONEY_WORDS = "|".join(sorted((word for word in currencies() if has_han(word)), key=len, reverse=True))
_HOW_MUCH = re.compile(rf"(?<!值)多少(?=(?:万|亿)?(?:{_MONEY_WORDS}))")
_BY_BEHIND = re.compile(
    r"^(?P<asked>.*?(?:最|第[一二三]|前[\d一二三四五六七八九十]|排|冠军|头号).*?)\s*[，,]\s*(?:只?看|论|就|拿|用|凭)(?P<what>[^，,。；;？?]{2,12}?)(?:来)?(?:算|看|排|论|计|衡量|统计|为准)?\s*(?P<mark>[？?。]?)\s*$"
)
_ONE_BY_ONE = re.compile(r"\b(?!side by side)(?P<what>[a-z]{3,}(?: [a-z]{3,})?) by (?P=what)\b", re.IGNORECASE)
_HOW_GOOD = re.compile(
    r"\bhow (?:good|bad|strong|weak|healthy) (?P<be>is|was|are|were)(?=(?: [\w'-]+){0,4} (?:rates?|ratios?|percentages?|margins?|scores?|ratings?)\b)",
    re.IGNORECASE,
)
_OTHER_ONES = re.compile(
    r"(?P<which>[^，,。；;？?的和与跟比]{2,8}?)(?P<noun>[一-鿿]{2,4})(?P<and>和|与|跟|同|比|相比|较)(?:其他|其它|其余|别的|剩下)的?(?P=noun)"
)
_IN_OTHER_WORDS = re.compile(r"最(?:容易|难|好|常|爱)[^，,。？?]{1,8}[，,]\s*(?:也就是说?|即|就是说?)(?=[^，,。？?]*最[高低多少大小])")
_EASIEST = re.compile(
    r"最(?P<how>容易|好|难|不容易|不好)(?:中标|赢单|赢下来|赢|成交|成单|拿下)(?![金额单数的率])"
    r"(?:[？?，,]\s*(?:只?看|按|论)(?P<rate>[一-鿿]{1,6}率)(?:来?[看算排])?)?"
)
_INTO_ORDERS = re.compile(
    r"\b(?:what )?(?P<part>share|proportion|percentage|percent|fraction) of (?P<what>(?:our |the |all |my )*[a-z]{4,20})(?: that)? "
    r"(?:have |has |did |do |actually )*(?:turn(?:s|ed)?|convert(?:s|ed)?|becomes?|became|end(?:s|ed)? up)"
    r"(?: up)?(?: into| to| as)?(?: an?)? (?:orders?|deals?|sales?|contracts?)\b",
    re.IGNORECASE,
)
_CONVERT_BEST = re.compile(r"\bconverts? (?:the )?(?P<how>best|worst|most|least)\b", re.IGNORECASE)
_INTO_ORDERS_ZH = re.compile(r"转(?:成|为|化成|化为|做)了?(?:订单|单子?|合同)的?(?:比率|比例|概率|几率|占比|百分比)")
_REPORTING = re.compile(
    r"\b(?:everyone|everybody|all (?:the )?people|(?:the )?people|all those|those)(?: who| that)? (?:reports?|reporting) (?:directly )?to (?=\S)", re.IGNORECASE
)
_REPORTING_ZH = re.compile(
    r"(?:直接)?(?<![一-鿿]方)[向跟给对](?P<who>[^，,。；;？?向跟给对的]{1,40}?)(?:直接)?汇报(?:工作)?的(?:(?P<one>人|下属|销售|同事|员工)|(?=有|一?共|都|是))"
)
_DIRECTLY = re.compile(r"直接(?=[向跟给对][^，,。；;？?]{1,40}汇报)")
_EITHER_WAY = re.compile(
    r"[,;(]\s*(?:regardless of )?whether (?:or not (?:\w+ ){0,4}\w+|(?:\w+ ){1,5}or not)\s*\)?(?=\s*[?.,;]|\s*$)"
    r"|[（(，,]\s*(?:不管|无论|不论)(?:是否|有没有|有无)?[^，,。；;（）()？?]{1,8}?(?:[没未不][^，,。；;（）()？?]{1,6}|与否|(?=[）)，,。？?]))[）)]?(?=[，,。？?]|$)",
    re.IGNORECASE,
)
_NUMBER_ONE = re.compile(r"(?:头号|第一|一号)大(?=[一-鿿])")
_SET_UP = re.compile(r"立[了过](?:任何)?项目")
_NOT_THE_OTHER = re.compile(r"(?P<said>[(（][^()（）]*?)[,，]\s*(?:not|而不是|不是)\s*[^()（）,，]*(?P<end>[)）])", re.IGNORECASE)
_WINNING = re.compile(r"(?<![评看集击打命选抽猜切])中[了过](?=(?:多少|好?几|哪些?|\d+|[一两三])[个次单家笔钱标]?)")
_AFTER_ALL = re.compile(
    r"(?<=[，,、但却可])最后(?=还?[是被都也却又真能]|实际|(?!一)[一-鿿]{1,6}的(?:占|比例|比重))|(?<=[一-鿿])最后(?=被?(?:判|转[成为]|变成))"
)
_PART_WON = re.compile(r"(?:我们|咱们)?中[了标]+(?:几成|百分之几|百分之多少)(?=\s*(?:[，,。；;？?！!]|$))")
_NUMBER_AND = re.compile(
    r"\b(?:the )?numbers?(?=,? (?:and|&|plus) (?:the |their |its )?(?:total |average |overall )*(?:values?|amounts?|worth|sums?|money|revenues?|fees?)\b)",
    re.IGNORECASE,
)
_ONE_SCALE = re.compile(
    r"(?<![\d.,万亿年月第])(?P<low>\d+(?:\.\d+)?)(?P<to>\s*(?:\band\b|\bto\b|-|–|~|到|至)\s*[¥$€￥£]?)(?P<high>\d+(?:\.\d+)?)(?P<scale>\s?(?:thousand|million|billion|mn|bn|[km])\b|万|亿)",
    re.IGNORECASE,
)
_WHICH_DEAL = re.compile(r"(?P<by>[额价].*?)哪一?单(?=\s*(?:[？?。！!，,]|$))")
_LAST_NOT = re.compile(r"(?P<has>有[^，,。？?！!]*?)(?P<end>没有?)\s*(?P<mark>[？?。！!]*)\s*$")
_DEALS_WITH = re.compile(r"\bdeals with (?=(?:their|its|amounts?|values?|prices?|sizes?|budgets?|discounts?|margins?|probabilit(?:y|ies))\b)", re.IGNORECASE)
_HAS_LEFT = re.compile(
    r"^(?P<who>[^,.;:?!]{2,30}?) (?:has |have |just |recently )*(?:left|quit|resigned)(?: us| the (?:company|team|firm|business))?\s*[.;!]\s*"
    r"(?P<lead>[^?.!]{2,80}?)\b(?P<pronoun>him|her|his|their|them)\b(?P<rest>[^.!]*)$",
    re.IGNORECASE,
)
_CLOSED_MONEY = re.compile(
    r"(?P<asked>\bhow much(?: (?:business|revenue|money|value))? (?:have|has|had|did|do|does)(?: [\w'’-]+){1,3}?) close(?P<past>d)?\b", re.IGNORECASE
)
"""What somebody closed, of an amount, is what was won; deals are closed either way."""


def reword(text: str) -> str:
    """The question in plainer words."""
    text = plain(first_times(done_nothing(_HAS_LEFT.sub(_of_whom, _EITHER_WAY.sub("", without_requests(text))))))
    for pattern, han, latin in _BOUNDS:
        text = pattern.sub(han if has_han(text) else latin, text)
    text = _NOT_THE_OTHER.sub(lambda m: m["said"] + m["end"], _DEALS_WITH.sub("deals including ", text))
    text = _CLOSED_MONEY.sub(lambda m: f"{m['asked']} {'won' if m['past'] else 'win'}", text)
    text = _ONE_BY_ONE.sub(lambda m: f"by {m['what']}", text)
    text = _HOW_GOOD.sub(lambda m: f"what {m['be']}", text)
    text = _NUMBER_AND.sub("count", _ONE_SCALE.sub(_both_scaled, text))
    text = _INTO_ORDERS.sub(lambda m: f"what is the conversion rate of {m['what']}", text)
    text = _CONVERT_BEST.sub(lambda m: f"have the {'highest' if m['how'].casefold() in {'best', 'most'} else 'lowest'} conversion rate", text)
    text = _THAT_IS.sub(", ", _REPORTING.sub("the team of ", text))
    text = _FROM_AND.sub(lambda m: f"at least {m['number']}", text)
    text = _INCLUDED.sub("", _FROM_ON.sub(lambda m: f"since {m['year']}", text))
    if not has_han(text):
        return text
    text = _DIRECTLY.sub("", _REPORTING_ZH.sub(lambda m: f"{m['who']}的团队里{'的销售' if m['one'] else ''}", text))
    text = _WHICH_DEAL.sub(lambda m: f"{m['by']}哪个单子", text)
    text = _YEAR_TOO.sub(lambda m: f"{m['year']}年起", text)
    text = _OTHER_ONES.sub(lambda m: f"{m['which']}{m['noun']}{m['and']}非{m['which']}{m['noun']}", text)
    for pattern in (_PREAMBLES, _ASIDE, _REJECTED):
        text = _without(pattern, text)
    text = spoken(doers_said(deeds_counted(money_said(text))))
    text = _EXCLUSIVE.sub(lambda m: ("超过" if m["side"] == "以上" else "少于") + m["number"] + m["word"], text)
    text = _INCLUSIVE.sub(lambda m: ("不少于" if m["side"] in {"高", "多", "大", "以上"} else "不超过") + m["number"] + m["word"], text)
    text = _DIMENSION.sub(lambda m: f"按{m['what']}", text)
    text = _ALONG.sub(lambda m: m.group() if m["what"].startswith(("按", "各", "以", "分", "每")) else f"按{m['what']}", text)
    text = _WHOSE.sub("的经理是谁", text)
    text = _LAST_DEAL.sub(lambda m: "最早的单子" if m["when"] in {"第", "首", "头", "最早"} else "最近的单子", text)
    text = _REGION.sub(lambda m: f"{m['which']}区域", text)
    text = _BEST_TIMES.sub(lambda m: f"{m['most']}{m['count']}个{m['unit']}{'份' if m['unit'] == '月' else ''}", text)
    text = _A_FEW.sub(lambda m: f"{m['most']}{A_FEW}", text)
    text = _AND_ITS.sub(_once, text)
    text = _RIVAL.sub(lambda m: f"输给哪个竞品{m['of'] or ''}" if m["lost"] or m["taken"] else m.group(), text)
    text = _ATTAINED.sub("目标完成率", text)
    text = _EXPECTED.sub(lambda m: f"{m['when']}预计{'成交' if m['verb'].startswith('能签') else m['verb']}", text)
    text = _REASON.sub("最主要的", text)
    text = _VISITING.sub(lambda m: f"拜访{m['count']}" if customer_at(m.string, m.end()) else m.group(), text)
    text = _BY_HOW_MUCH.sub("", text)
    text = _OFTEN.sub("最频繁", text)
    text = _EXTREME.sub(lambda m: f"最{'高' if m['side'] in '大高' else '低'}是多少", text)
    text = _GIVER.sub(lambda m: m["when"], text)
    text = _RAISED.sub(lambda m: f"{m['who']}有", text)
    text = _MEETING.sub(lambda m: f"{m['held']}会议", text)
    text = _PARTLY.sub("部分付款", text)
    text = _SORTS.sub(_sorts_bounded, text)
    text = _VAGUE.sub(lambda m: m["noun"], text)
    text = _NEW.sub(lambda m: f"新增了{m['count']}", text)
    text = _MINDING.sub(lambda m: f"{m['who']}负责", text)
    text = _STATE.sub(lambda m: m["lead"] + m["state"], text)
    text = _HOW_MUCH.sub("多少钱", text)
    text = _LARGEST.sub(lambda m: f"{m['most']}的{'单子' if m['noun'] is None else ''}", text)
    text = _PEOPLE.sub("人数", text)
    text = _IN_OTHER_WORDS.sub("", text)
    text = _EASIEST.sub(lambda m: f"{m['rate'] or '赢单率'}最{'高' if m['how'] in {'容易', '好'} else '低'}", text)
    text = _NUMBER_ONE.sub("最大的", _INTO_ORDERS_ZH.sub("的转化率", text))
    text = _SET_UP.sub("有过项目", text)
    text = _PART_WON.sub("中标率是多少", _AFTER_ALL.sub("", text))
    text = _WINNING.sub("赢了", _SEPARATED.sub(_joined, text))
    text = _BY_BEHIND.sub(lambda m: f"按{m['what']}，{m['asked']}{m['mark']}", text)
    return _LAST_NOT.sub(lambda m: m["has"] + "吗" + m["mark"], text)


def _of_whom(match: re.Match[str]) -> str:
    """As in "Ada has left us. Which clients are still with her?": that she left is told, and what is asked is asked of her."""
    whose = match["pronoun"].casefold() in {"his", "their"} or (match["pronoun"].casefold() == "her" and bool(re.match(r"\s+\w", match["rest"])))
    return f"{match['lead']}{match['who']}{chr(39) + 's' if whose else ''}{match['rest']}"


def _both_scaled(match: re.Match[str]) -> str:
    """As in "between 1 and 3 million", 100到300万: the scale behind the higher end is that of both."""
    both = float(match["low"]) < float(match["high"])
    return f"{match['low']}{match['scale']}{match['to']}{match['high']}{match['scale']}" if both else match.group()


def _sorts_bounded(match: re.Match[str]) -> str:
    """As in 不止一种产品, 两类以上: so many sorts are a bound, and no word that merely goes with the noun."""
    number = "1" if "一" in match.group() else "2"
    if match["over"]:
        return ("超过" if match["over"] != "至少" else "至少") + number
    return number + match["unit"] + match["side"]


def _once(match: re.Match[str]) -> str:
    """As in 赢单最多的是谁，有几单: the ranking tells its figure anyway. Another figure (…，金额多少) is a question of its own."""
    told = match.string[: match.end("asked")]
    if match["its"].startswith("欠"):
        return match["asked"] + match["mark"] if "欠" in told else match.group()
    if _SIZED.search(told):
        return match["asked"] + match["mark"]  # 最大的单子是哪个，多少钱: its amount is what it is ranked by
    return match["asked"] + match["mark"] if not _MONEY.search(match["its"]) or _MONEY.search(told) else match.group()


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Without what is said before the question itself, where a question remains."""
    rest = pattern.sub("", text, count=1)
    return rest if len(re.findall(f"[{HAN}A-Za-z0-9]", rest)) >= 4 else text


def _joined(match: re.Match[str]) -> str:
    """As in 中了几个标: 中标了几个."""
    if _OBJECTS[match["verb"]] != match["object"] or not (match["aspect"] or match["quantity"]):
        return match.group()
    quantity = match["quantity"]
    if quantity in {"", "一"} or not quantity:
        quantity = ""
    return f"{match['verb']}{match['object']}{match['aspect'] or ''}{quantity}"
