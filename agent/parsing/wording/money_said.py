"""Money, discounts and arrivals in everyday words, said as columns are called: 还没收到的款, 一分钱都没到, 平均打几折. Twice changes nothing."""

from __future__ import annotations

import re

_END = r"(?=\s*(?:$|[，,。；;？?！!]))"
_NOT_COME = re.compile(
    r"(?:还|尚|都|一直|到现在|至今)*(?:没有?|未)(?:收到|收上来|收进来|到账?|到位|到手|进来|进账|打来|打过来)的(?:货|余|欠)?(?:款[子项]?|钱)(?![式待])"
)
_NOT_A_CENT = re.compile(r"连?一[分毛笔](?:钱|款)?[都也]?(?:还|尚)?(?:没有?|未)(?:到账?|收|付|交|缴|给|进|回|拿)[过着]?(?=的|\s*(?:$|[，,。；;？?！!]))")
_PAST_DUE = re.compile(r"过了(?:应收|应付|应缴|应回|应到|到期|付款|收款|回款|还款)(?:日期?|日子|期限?|时间)[，,]?(?=[^，,。；;？?]{0,4}(?:没|未))")
_IN_IT = re.compile(
    r"(?P<sum>(?:款项?|钱|回款|货款|账款)(?:里面?|里头|当中|之中|中)[，,]?[^，,。；;？?]{1,14}?)(?P<has>有|占)?多少(?=\s*(?:$|[，,。；;？?！!]))"
)
_UNIT = re.compile(r"(?<=多少)千[元块](?!\S*[个单])")
_FELL = re.compile(r"(?<=[年月度期])掉了?(?=百分之几|多少|几成|几个点)")
_NOT_ARRIVED = re.compile(r"(?:还|尚)?(?:没有?|未)到款(?=的(?!金额|钱|款|部分)|[，,。；;？?！!]|$)")
_SUMS = re.compile(r"(?<=的)款子")
_CAME = re.compile(r"(?<![没未不该应要待可能收回送发签寄])到(?:账|位)?了?(?:多少|几)(?:万元?的?)?款(?:项)?(?![式])")
_PAID_IN = re.compile(r"(?<![没未不该应])(?:付|打|汇|转|交|缴)(?:过来|进来)的(?:款[子项]?|钱|账)?(?=一?共?(?:总共)?有?(?:多少|几))")
_CAME_TO = re.compile(r"(?<![没未不该应])到账了?多少" + _END)
_NOT_SETTLED = re.compile(r"(?<![货费本价工])钱(?:都|还|也|尚)*(?:没有?|未)(?:结清|付清|还清|给清|收齐|付齐|给齐|到齐)")
_OFF = re.compile(r"(?P<mean>平均)(?:下来)?(?:都|一般|大概|大约|能)?打(?:到|了|的是|的|成)?(?:几|多少)折扣?")
_POINTS = re.compile(r"返利?(?:点数?)?[了给]?(?:的是|的)?(?:几|多少)个点")
_AWAY = re.compile(r"(?P<not>(?:没有?|未|不)(?:被)?)?(?P<verb>取消|报废|流失|(?<![除刨去减])[花用停退赔亏换撤砍推])掉了?(?![^，,。；;？?]?一部分)")
_OWED = re.compile(
    r"欠(?:着|了)?(?:我们|咱们?|我司|我方|公司)*的?有?多少(?:货款|账款|(?:[货账]?款项?|钱|账)(?:都|还|尚)?(?:没有?|未)(?:付清?|还清?|给|结清?|交|缴))" + _END
)
_ON_SITE = re.compile(
    r"(?P<mean>平均)?(?:每次)?(?:大概|大约|都)?[要得花]?(?P<much>多少|几)个?(?P<unit>分钟|小时|钟头)(?:才)?(?:能)?(?:赶到|到达?|抵达)(?:了)?现场" + _END
)
_PRICED = re.compile(r"(?P<most>最(?:贵|便宜)的?[^，,。；;？?]{1,10}?)(?:要|能|得)?卖(?=多少|几)")
_BACK_AND_FORTH = re.compile(r"来回(?=[^，,。；;？?]{0,8}(?:公里|里程|路))")


_IS = re.compile(r"(?<=总共|一共|合计|累计|共计)是(?=(?:多少|几)[个台套条件辆只双箱吨斤米张份])")
_DAY_PASSED = re.compile(r"(?<=[收付缴交还款期])(?:日子|日期?)(?P<long>早就?|都)已?经?过了")


def money_said(text: str) -> str:
    """The question in these words."""
    text = _OWED.sub("欠款多少", _SUMS.sub("款", text))
    text = _CAME_TO.sub("到账了多少钱", _PAID_IN.sub("的回款", text))
    text = _CAME.sub("到账了多少钱", _NOT_SETTLED.sub("未付清", text))
    text = _NOT_A_CENT.sub("没到账", _NOT_COME.sub("未到账的回款", text))
    text = _OFF.sub("平均折扣是多少", _POINTS.sub("返利是多少", text))
    text = _IS.sub("", _DAY_PASSED.sub("日期已经过了", text))
    text = _AWAY.sub(lambda m: f"{m['not']}{m['verb']}" if m["not"] else f"{m['verb']}了", text)
    text = _UNIT.sub("钱", _IN_IT.sub(lambda m: f"{m['sum']}有多少钱" if m["has"] != "占" else m.group(), text))
    text = _NOT_ARRIVED.sub("没到账", _FELL.sub("下降了", _PAST_DUE.sub("逾期", text)))
    text = _PRICED.sub(r"\g<most>", text)
    return _BACK_AND_FORTH.sub("往返", _ON_SITE.sub(lambda m: f"到场{m['mean'] or ''}{m['much']}{m['unit'].replace('钟头', '小时')}", text))
