"""Questions to the wholesaler of truck tyres that can't be answered or must be asked back, and conversations."""

from __future__ import annotations

from collections.abc import Callable

from evals.asked.expecting import Ambiguous, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import iso, per, summed, times, wan
from evals.asked.tyres_rows import (
    AMOUNT,
    DUE,
    PAID,
    QUESTIONS,
    QUOTE,
    agreements,
    claims,
    deals,
    joined,
    live,
    overdue,
    pending,
    rate,
    received,
    running,
    visits,
    won,
    worth,
)


@QUESTIONS.asks("李军去年成交了几个商机？", "How many deals did 李军 win in 2025?")
def which_li(raw: Raw) -> Ambiguous:
    """Two people have this name."""
    rows = won(raw, "2025-01-01", "2025-12-31")
    return Ambiguous(tuple(Figure(sum(row["跟单人工号"] == person for row in rows)) for person in ("SL006", "SL016")))


@QUESTIONS.asks("李军在哪个店上班？")
def where_is_li(raw: Raw) -> Ambiguous:
    """Two people have this name."""
    return Ambiguous(tuple(Figure(row["门店"]) for row in raw["业务人员"] if row["姓名"] == "李军"))


@QUESTIONS.asks("小周手上没结案的商机还有几个？")
def which_zhou(raw: Raw) -> Ambiguous:
    """Two people have this surname."""
    return Ambiguous(tuple(Figure(sum(row["谁"] == name for row in pending(raw))) for name in ("周建新", "周倩")))


@QUESTIONS.asks("顺途物流自有多少辆车？", "How many trucks does 顺途物流 own?")
def which_shuntu(raw: Raw) -> Ambiguous:
    """Two customers have this short name."""
    return Ambiguous(tuple(Figure(number(row["自有车辆数"])) for row in raw["客户档案"] if row["客户名称"].endswith("顺途物流有限公司")))


@QUESTIONS.asks("济南金旺是谁在维护？")
def which_jinwang(raw: Raw) -> Ambiguous:
    """Two customers have this short name."""
    return Ambiguous(tuple(Figure(row["谁"]) for row in joined(raw, "客户档案", "维护人工号") if row["客户名称"].startswith("济南金旺")))


@QUESTIONS.asks("何丽娜是哪家客户的联系人")
def which_he(raw: Raw) -> Ambiguous:
    """Two contacts have this name."""
    return Ambiguous(tuple(Figure(row["客户名称"]) for row in joined(raw, "客户联系人") if row["联系人"] == "何丽娜"))


QUESTIONS.unanswerable(
    ("驰岳的毛利率是多少？", "毛利率"),
    ("临沂中心仓现在还有多少条12R22.5的库存？", "库存"),
    ("2021年咱们接了多少订单？", "2021年"),
    ("What was our order value in 2019?", "2019"),
    ("相如意去年拿了多少提成", "提成"),
    ("孟庆龙名下有几个客户？", "孟庆龙"),
    ("How many deals did 赵晨曦 win last year?", "赵晨曦"),
    ("东北大区今年回款多少？", "东北大区"),
    ("去年翻新胎卖了多少条？", "翻新胎"),
    ("各门店的营业面积是多少平方", "营业面积"),
    ("What customer satisfaction score do fleets give us?", "satisfaction score"),
    ("临沂顺途物流的注册资本是多少？", "注册资本"),
    ("恒虎的进货价一般多少钱一条？", "进货价"),
    ("How much freight did we pay on orders shipped from 郑州仓?", "freight"),
    ("去年开了多少张增值税发票？", "增值税发票"),
    ("上个月退货了几条胎？", "退货"),
    ("哪个司机送货最多", "司机"),
    ("What's the fuel consumption of the fleets we serve?", "fuel consumption"),
    ("保定店去年做了多少订单金额？", "保定店"),
    ("What is 孟庆河's monthly salary?", "salary"),
    ("卢少东今年请假几天？", "请假"),
    ("Which trade fair cost us the most marketing budget?", "marketing budget"),
    ("商机走到“合同盖章”这一步的有几个", "合同盖章"),
    ("平均胎压是多少？", "胎压"),
    ("联系人里过生日在三月的有谁", "生日"),
    ("KJ-2019-007 what's the expiry date of that agreement?", "KJ-2019-007"),
    ("邢台聚源轮胎商行的年营业额有多大？", "年营业额"),
    ("黄海鹏这个月拜访了几家客户？", "黄海鹏"),
    ("仓库里积压超过一年的胎有多少条", "积压"),
    ("How many retreads did each fleet order?", "retreads"),
    ("What discount do our manufacturers give us?", "manufacturers"),
    ("理赔单里厂家报销回来多少钱？", "厂家报销"),
    ("去年参加培训的业务员有几位？", "培训"),
    ("What is the insurance premium of 沧州腾跃物流有限公司?", "insurance premium"),
    ("2022年受理的理赔单有多少件", "2022年"),
    ("送货上门准时率是多少？", "准时率"),
)


def count(pick: Callable[[Raw], list[Row]]) -> Callable[[Raw], Figure]:
    """How many rows there are."""

    def truth(raw: Raw) -> Figure:
        return Figure(len(pick(raw)))

    return truth


def sold(raw: Raw, region: str) -> list[Row]:
    """Orders of a region in 2025 that were not cancelled."""
    return [row for row in live(raw, "2025-01-01", "2025-12-31") if row["大区"] == region]


def care(raw: Raw, year: str = "") -> list[Row]:
    """Opportunities of one kind, of a year of closing where one is given."""
    return [row for row in deals(raw) if row["商机类型"] == "轮胎管家" and iso(row["结案日期"]).startswith(year)]


def paid(raw: Raw, year: str) -> list[Row]:
    """Claims received in a year that were paid."""
    return [row for row in claims(raw, f"{year}-01-01", f"{year}-12-31") if row["理赔进度"] == "已赔付"]


def late(raw: Raw, region: str = "") -> list[Row]:
    """Overdue and unpaid, of a region where one is given."""
    return [row for row in overdue(raw) if row["大区"].startswith(region)]


def lu_open(raw: Raw) -> list[Row]:
    """Open opportunities of one person."""
    return [row for row in pending(raw) if row["谁"] == "卢少东"]


def ended(raw: Raw, state: str) -> list[Row]:
    """Agreements signed in 2024 in a state; all where none is given."""
    return [row for row in agreements(raw) if iso(row["签订日期"])[:4] == "2024" and row["协议状态"].startswith(state)]


def top(raw: Raw) -> list[Row]:
    """Customers of grade A in one region."""
    return [row for row in raw["客户档案"] if row["客户等级"] == "A" and row["大区"] == "河北大区"]


def february(raw: Raw) -> list[Row]:
    """Calls of February 2026."""
    return visits(raw, "2026-02-01", "2026-02-28")


QUESTIONS.thread(
    "regions",
    ("山东大区去年卖了多少条胎？取消的订单不算", lambda raw: Figure(total(sold(raw, "山东大区"), "条数"))),
    ("那苏皖呢？", lambda raw: Figure(total(sold(raw, "苏皖大区"), "条数"))),
    ("订单金额是多少", lambda raw: Figure(total(sold(raw, "苏皖大区"), AMOUNT))),
    ("按品牌拆一下", lambda raw: Groups(per(sold(raw, "苏皖大区"), "品牌", summed(AMOUNT)))),
)
QUESTIONS.thread(
    "care",
    ("What's our win rate on 轮胎管家 opportunities?", lambda raw: Figure(rate(care(raw)))),
    ("and in 2025?", lambda raw: Figure(rate(care(raw, "2025")))),
    ("by region please", lambda raw: Groups(per(care(raw, "2025"), "大区", rate))),
)
QUESTIONS.thread(
    "claims",
    ("去年受理的理赔单里，已赔付的有几件？", count(lambda raw: paid(raw, "2025"))),
    ("总共赔了多少钱？", lambda raw: Figure(total(paid(raw, "2025"), "赔付金额(元)"))),
    ("2024年的呢", lambda raw: Figure(total(paid(raw, "2024"), "赔付金额(元)"))),
)
QUESTIONS.thread(
    "debts",
    ("现在逾期未付、一分没回的应收款有多少笔", count(late)),
    ("只看河南大区", count(lambda raw: late(raw, "河南大区"))),
    ("合计金额？", lambda raw: Figure(total(late(raw, "河南大区"), DUE))),
    ("把这几笔列出来", lambda raw: Listed(frozenset(row["回款流水号"] for row in late(raw, "河南大区")), count=len(late(raw, "河南大区")))),
)
QUESTIONS.thread(
    "frames",
    ("How many framework agreements did we sign in 2024?", count(lambda raw: ended(raw, ""))),
    ("how many of those were renewed (到期已续)?", count(lambda raw: ended(raw, "到期已续"))),
    ("which region do those renewed ones mostly come from?", lambda raw: Ranked(per(ended(raw, "到期已续"), "大区", len))),
)
QUESTIONS.thread(
    "top",
    ("河北大区的A类客户有几家？", count(top)),
    ("其中休眠的呢", count(lambda raw: [row for row in top(raw) if row["合作状态"] == "休眠"])),
    ("都是哪几家", lambda raw: Listed(frozenset(row["客户名称"] for row in top(raw) if row["合作状态"] == "休眠"))),
)
QUESTIONS.thread(
    "pipeline",
    ("卢少东手上还有几个没结案的商机？", count(lu_open)),
    ("报价加起来多少", lambda raw: Figure(total(lu_open(raw), QUOTE))),
    ("只留报价过20万的，列一下", lambda raw: Listed(frozenset(row["商机号"] for row in lu_open(raw) if worth(row, QUOTE) > 200_000))),
)
QUESTIONS.thread(
    "visits",
    ("How many customer visits were logged last month?", count(february)),
    ("split by 方式", lambda raw: Groups(per(february(raw), "方式", len))),
    ("only the 上门 ones: how many led to 当场下单?", count(lambda raw: [row for row in february(raw) if row["方式"] == "上门" and row["结果"] == "当场下单"])),
)
QUESTIONS.thread(
    "cash",
    ("Cash received in Q4 2025?", lambda raw: Figure(total(received(raw, "2025-10-01", "2025-12-31"), PAID))),
    ("and this quarter so far?", lambda raw: Figure(total(received(raw, "2026-01-01", "2026-03-16"), PAID))),
)
QUESTIONS.thread(
    "running",
    ("结算方式是月结、还在执行中的框架协议有几份？", count(lambda raw: [row for row in running(raw) if row["结算方式"] == "月结"])),
    ("总额呢？", lambda raw: wan(lambda by: Figure(total((row for row in running(raw) if row["结算方式"] == "月结"), "协议总额(万元)") * by))),
    (
        "按大区分",
        lambda raw: wan(lambda by: Groups(times(per((row for row in running(raw) if row["结算方式"] == "月结"), "大区", summed("协议总额(万元)")), by))),
    ),
)
