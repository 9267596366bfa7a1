"""Words that the values of a column are made of, whatever its header says: ways of meeting, ways of paying, degrees of urgency, what people are."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValueWords:
    """What values of one sort look like: ``least`` of the different ones have to, and at least ``fewest``."""

    words: re.Pattern[str]
    said: str
    least: float = 0.6
    fewest: int = 2

    def matched(self, values: Collection[str]) -> tuple[str, ...]:
        """The values that are of this sort, in order; none where too few of all are."""
        found = tuple(sorted(value for value in values if self.words.search(value.strip().casefold())))
        return found if len(found) >= max(self.fewest, self.least * len(values)) else ()


WAYS = ValueWords(
    re.compile(
        r"上门|拜访|走访|登门|到访|面谈|面对面|见面|会面|当面|电话|去电|来电|通话|微信|企微|钉钉|短信|邮件|视频|线上|会议|开会|展会|宴请|饭局|"
        r"\b(?:calls?|phone|telephone|visits?|e-?mails?|mail|meetings?|video|zoom|teams|in person|on-?site|face[ -]to[ -]face|chat|whatsapp|sms|text|wechat|"
        r"messages?|lunch|dinner)\b"
    ),
    "ways of being in touch",
)
SOURCES = ValueWords(
    re.compile(
        r"介绍|展会|展览|陌拜|陌生拜访|电话(?:开发|营销|销售)|官网|网站|网络|抖音|百度|广告|招标网|转介|推荐|地推|公众号|朋友圈|主动(?:上门|联系|找)|自主开发|"
        r"\b(?:referrals?|referred|trade ?shows?|exhibitions?|fairs?|cold (?:call|visit)\w*|web ?site|web|google|linkedin|ad(?:s|vert\w*)|inbound|outbound|"
        r"word of mouth|recommend\w*|newsletter|campaign|webinar)\b"
    ),
    "ways of getting to know somebody",
    fewest=3,
)
PAYING = ValueWords(
    re.compile(
        r"电汇|转账|汇款|承兑|汇票|商票|银票|现金|支票|支付宝|微信|信用证|刷卡|网银|"
        r"\b(?:wire|transfer|cash|che(?:que|ck)|card|letter of credit|l/c|ach|sepa|direct debit|paypal)\b"
    ),
    "ways of paying",
)
URGENCY = ValueWords(
    re.compile(
        r"^(?:很|较|特别?|最|非常|极|加)?(?:高|中|低|紧急|急|一般|普通|正常|轻|重|严重|轻微|重大|致命|次要|主要|中等)(?:级|等|度)?$|"
        r"^(?:urgent|critical|blocker|high(?:est)?|medium|moderate|normal|low(?:est)?|minor|major|severe|p[0-5]|s(?:ev)?[ -]?[0-5])$"
    ),
    "degrees of urgency",
    least=0.9,
)
JOBS = ValueWords(
    re.compile(
        r"(?:经理|总监|主任|主管|总裁|董事长|老板娘?|[店厂处科部院校所队组班课]长|专员|工程师|(?:采购|业务|销售|技术|营业|售后|维修|客服)(?:人?员|代表)?|会计|出纳|财务|助理|秘书|总厨|股东|总工|老总)$|"
        r"\b(?:manager|director|head|chief|officer|president|vp|c[etfoi]o|owner|founder|buyer|engineer|supervisor|assistant|principal|specialist|analyst|"
        r"coordinator|consultant|(?:sales ?)?rep(?:resentative)?|sales(?:person|man|woman))\b"
    ),
    "what people are by their jobs",
    least=0.7,
)
REGIONS = ValueWords(
    re.compile(
        r"^(?:华[东南西北中]|东北|西[南北]|大?[东南西北中]区|[东南西北]部|京津冀|长三角|珠三角|大湾区|"
        r"(?:北京|上海|天津|重庆|河[北南]|山[东西]|辽宁|吉林|黑龙江|江[苏西]|浙江|安徽|福建|湖[北南]|广[东西]|海南|四川|贵州|云南|陕西|甘肃|青海|"
        r"内蒙古|宁夏|新疆|西藏|香港|澳门|台湾)(?:[省市]|自治区|壮族自治区)?)[区域大]*$|"
        r"^(?:emea|apac|amer(?:icas)?|latam|dach|nordics|benelux|uk|"
        r"(?:north|south|east|west|central)(?:ern)?(?:[ -](?:region|america|europe|east|west|asia))?)$"
    ),
    "parts of a country or of the world",
    least=0.8,
)
TRADES = ValueWords(
    re.compile(
        r"制造|医疗|医药|教育|零售|金融|银行|保险|物流|地产|建筑|能源|化工|电力|食品|餐饮|农业|汽车|电子|软件|互联网|政府|通信|纺织|冶金|钢铁|机械|酒店|"
        r"\b(?:retail|health ?care|medical|financ\w+|banking|insurance|manufactur\w+|logistics|construction|energy|chemicals?|utilities|food|hospitality|"
        r"agricultur\w+|automotive|electronics|software|technolog\w+|telecom\w*|government|education|pharma\w*|real estate)\b"
    ),
    "trades",
    least=0.7,
    fewest=4,
)
SORTS = {  # by field, and the kinds of record for which its values are told so
    "kind": (WAYS, frozenset(("interaction",))),
    "source": (SOURCES, frozenset(("account", "lead", "opportunity"))),
    "method": (PAYING, frozenset(("payment",))),
    "priority": (URGENCY, frozenset(("ticket",))),
    "region": (REGIONS, frozenset(("account", "lead", "member", "opportunity"))),
    "sector": (TRADES, frozenset(("account", "lead"))),
    "title": (JOBS, frozenset(("contact", "member", "lead"))),
}
