"""Questions to the insurance broker about companies, their people, its own people with their targets, and visits."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, day
from evals.asked.risk_rows import PEOPLE, PREMIUM, QUESTIONS, STAFF, UNITS, ago, amount, firms, goals, listed, policies, units, visits, with_unit
from evals.asked.tallies import average, column, iso, per, summed, times, wan

GOAL, FRESH, CALLS = "保费目标(万元)", "新客户目标(家)", "走访目标(次)"


@QUESTIONS.asks("在保客户里A、B、C三类各几家？")
def active_by_class(raw: Raw) -> Groups:
    """Insured companies by class."""
    return Groups(per((row for row in raw[UNITS] if row["合作情况"] == "在保客户"), "客户分类", len))


@QUESTIONS.asks("苏州营业部的客户都是些什么行业，各多少家")
def trades_of_suzhou(raw: Raw) -> Groups:
    """Companies of one office by trade."""
    return Groups(per((row for row in raw[UNITS] if row["服务营业部"] == "苏州营业部"), "所属行业", len))


@QUESTIONS.asks("哪些A类客户已经流失了？", "Which A类 clients have we lost?")
def lost_strong(raw: Raw) -> Listed:
    """Companies of the class A that left."""
    return firms(row for row in raw[UNITS] if row["客户分类"] == "A类" and row["合作情况"] == "流失客户")


@QUESTIONS.asks("档案里一张保单都没买过的企业有多少家啊", "How many companies on file have never bought a policy through us?")
def never_bought(raw: Raw) -> Figure:
    """Companies without any policy."""
    held = {row["企业全称"] for row in policies(raw)}
    return Figure(sum(row["企业全称"] not in held for row in raw[UNITS]))


@QUESTIONS.asks("拍板人里头还没加上微信的有几位？", "How many of the 拍板人 contacts aren't on WeChat with us yet?")
def not_on_wechat(raw: Raw) -> Figure:
    """Contacts who decide and are not on WeChat."""
    return Figure(sum(row["投保角色"] == "拍板人" and row["已加微信"] == "否" for row in raw[PEOPLE]))


@QUESTIONS.asks("陈静是哪个公司的，什么职务？")
def who_is_chen(raw: Raw) -> Each:
    """Company and post of one contact."""
    row = next(row for row in with_unit(raw, raw[PEOPLE]) if row["联系人"] == "陈静")
    return Each((Figure(row["企业全称"]), Figure(row["职务"])))


@QUESTIONS.asks("Contacts at 无锡泓屿水产食品有限公司, please")
def people_there(raw: Raw) -> Listed:
    """Contacts of one company."""
    return listed((row for row in with_unit(raw, raw[PEOPLE]) if row["企业全称"] == "无锡泓屿水产食品有限公司"), "联系人")


@QUESTIONS.asks("contacts with no 手机号 on record, how many")
def without_phone(raw: Raw) -> AnyOf:
    """Contacts without a phone number."""
    rows = [row for row in raw[PEOPLE] if not row["手机号"]]
    return AnyOf((Figure(len(rows)), listed(rows, "联系人")))


@QUESTIONS.asks("A类客户里超过60天没人走访的，是哪些？", "A类 clients nobody has visited for 60 days or more")
def unvisited(raw: Raw) -> AnyOf:
    """Companies of the class A without a visit since 2025-08-21 or 2025-08-22."""
    return AnyOf(tuple(_unvisited(raw, ago(count)) for count in (60, 59)))


def _unvisited(raw: Raw, first: str) -> Listed:
    seen = {row["企业编码"] for row in visits(raw, first)}
    return firms(row for row in raw[UNITS] if row["客户分类"] == "A类" and row["企业编码"] not in seen)


@QUESTIONS.asks("上周大家一共跑了几次客户？分别是谁去的，各几次")
def last_week(raw: Raw) -> AnyOf:
    """Visits from Monday, 13 October to Sunday, by person."""
    rows = visits(raw, "2025-10-13", "2025-10-19")
    found = Groups(per(rows, "人", len))
    return AnyOf((Each((Figure(len(rows)), found)), found))


@QUESTIONS.asks("今年到现在谁跑客户跑得最勤（走访次数）")
def busiest(raw: Raw) -> Ranked:
    """Visits of 2025 by person."""
    return Ranked(per(visits(raw, "2025-01-01"), "人", len))


@QUESTIONS.asks("今年三季度走访次数达到走访目标的顾问有谁？", "Q3 2025 走访目标 - who hit it?")
def met_calls(raw: Raw) -> Listed:
    """People whose visits from July to September 2025 reach their target."""
    done = per(visits(raw, "2025-07-01", "2025-09-30"), "人", len)
    return Listed(frozenset(row["人"] for row in goals(raw, "2025", "第三季度") if done.get(row["人"], 0) >= amount(row, CALLS)))


def reached(raw: Raw, year: str, *quarters: str) -> dict[Label, Decimal]:
    """Premium written of the target for it, by person."""
    last = {0: "12-31", 3: "09-30"}[len(quarters)]
    done = per(policies(raw, f"{year}-01-01", f"{year}-{last}"), "人", summed(PREMIUM))
    wanted = per(goals(raw, year, *quarters), "人", summed(GOAL))
    return {name: Decimal(done.get(name, 0)) / (Decimal(goal) * 10_000) for name, goal in wanted.items()}


@QUESTIONS.asks("顾晓岚去年签单保费完成保费目标的百分之多少？", "2024: premium 顾晓岚 wrote as a percentage of her annual 保费目标")
def gu_reached(raw: Raw) -> Figure:
    """Premium of 2024 of the four targets, of one person."""
    return Figure(reached(raw, "2024")["顾晓岚"])


@QUESTIONS.asks("2024年保费目标完成率最高的顾问是谁", "Who had the best target attainment (premium vs 保费目标) in 2024?")
def best_reached(raw: Raw) -> Ranked:
    """Premium of 2024 of the targets, by person."""
    return Ranked(reached(raw, "2024"))


@QUESTIONS.asks("今年前三个季度，有哪些顾问没完成保费目标？（签单保费跟目标比）")
def missed(raw: Raw) -> Listed:
    """People whose premium from January to September 2025 lies below their targets."""
    return Listed(frozenset(str(name) for name, part in reached(raw, "2025", "第一季度", "第二季度", "第三季度").items() if part < 1))


@QUESTIONS.asks("2025全年四个营业部的保费目标各是多少", "full-year 2025 premium target per 营业部")
def goals_of_offices(raw: Raw) -> AnyOf:
    """Targets of 2025 by office."""
    found = per(goals(raw, "2025"), "人.营业部", summed(GOAL))
    return wan(lambda by: Groups(times(found, by)))


@QUESTIONS.asks("陆子墨四季度背多少保费指标，新客户要开几家？")
def goals_of_lu(raw: Raw) -> AnyOf:
    """Two targets of one person for the last quarter of 2025."""
    row = next(row for row in goals(raw, "2025", "第四季度") if row["人"] == "陆子墨")
    return wan(lambda by: Each((Figure(amount(row, GOAL) * by), Figure(amount(row, FRESH)))))


@QUESTIONS.asks("职工人数500人以上的客户有几家")
def many_heads(raw: Raw) -> Figure:
    """Companies with more than 500 people (none has exactly that)."""
    return Figure(sum(amount(row, "职工人数") > 500 for row in raw[UNITS]))


@QUESTIONS.asks("方锐不是走了吗，名下还挂着哪些客户？", "方锐 has left us. Which clients are still assigned to him?")
def left_behind(raw: Raw) -> Listed:
    """Companies of a person who has left."""
    return firms(row for row in units(raw) if row["人"] == "方锐")


@QUESTIONS.asks("诶，这周该跟进哪几家客户来着？看下次跟进日期")
def follow_up(raw: Raw) -> Listed:
    """Companies with a next day from 20 to 26 October 2025."""
    return firms(row for row in visits(raw) if "2025-10-20" <= iso(row["下次跟进日期"]) <= "2025-10-26")


@QUESTIONS.asks("哪位顾问还没有执业证号？")
def without_licence(raw: Raw) -> AnyOf:
    """People who advise and have no licence."""
    rows = [row for row in raw[STAFF] if "顾问" in row["职级"] and not row["执业证号"]]
    return AnyOf((listed(rows, "姓名"), Figure(rows[0]["姓名"])))


@QUESTIONS.asks("Which client has the highest annual revenue?")
def richest(raw: Raw) -> AnyOf:
    """Companies by revenue."""
    found = per((row for row in raw[UNITS] if row["年营业收入(万元)"]), "企业全称", summed("年营业收入(万元)"))
    return wan(lambda by: Ranked(times(found, by)))


@QUESTIONS.asks("老客转介来的客户占多少比例？", "roughly what % of our clients came via 老客转介")
def referred(raw: Raw) -> AnyOf:
    """Companies by referral of all, or of those with a channel."""
    count = sum(row["获客渠道"] == "老客转介" for row in raw[UNITS])
    return AnyOf((Figure(count / len(raw[UNITS])), Figure(count / sum(bool(row["获客渠道"]) for row in raw[UNITS]))))


@QUESTIONS.asks("矫永刚: start date and direct superior?")
def about_jiao(raw: Raw) -> Each:
    """First day and superior of one person."""
    people = raw.by(STAFF, "工号")
    row = next(row for row in raw[STAFF] if row["姓名"] == "矫永刚")
    return Each((Figure(day(row["入司日期"])), Figure(people[row["上级工号"]]["姓名"])))


@QUESTIONS.asks("续保沟通 visits this year where 客户意向 was 强")
def keen(raw: Raw) -> Figure:
    """Visits of 2025 about renewal with a strong interest."""
    return Figure(sum(row["走访目的"] == "续保沟通" and row["客户意向"] == "强" for row in visits(raw, "2025-01-01")))


@QUESTIONS.asks("最近一次去芜湖煦宁精密机械是哪天，谁去的")
def last_seen(raw: Raw) -> Each:
    """Day and person of the last visit to one company."""
    row = max((row for row in visits(raw) if row["企业全称"] == "芜湖煦宁精密机械有限公司"), key=lambda one: iso(one["走访日期"]))
    return Each((Figure(day(row["走访日期"])), Figure(row["人"])))


@QUESTIONS.asks("鲍正阳今年做过风险查勘吗？", "Has 鲍正阳 done any 风险查勘 visit in 2025?")
def surveyed(raw: Raw) -> YesNo:
    """Surveys of one person in 2025."""
    found = sum(row["人"] == "鲍正阳" and row["走访目的"] == "风险查勘" for row in visits(raw, "2025-01-01"))
    return YesNo(found > 0, found)


@QUESTIONS.asks("无锡和青岛的客户，平均职工人数差多少？分别报一下", "Average headcount of clients in 无锡 compared to 青岛")
def heads_of_cities(raw: Raw) -> Compared:
    """Mean number of people of companies in two cities."""
    found = per((row for row in raw[UNITS] if row["职工人数"]), "所在城市", lambda rows: average(column(rows, "职工人数")))
    return Compared({name: found[name] for name in ("无锡", "青岛")})


@QUESTIONS.asks("各获客渠道的客户今年分别贡献了多少签单保费", "Premium issued this year by the client's 获客渠道")
def premium_by_channel(raw: Raw) -> Groups:
    """Premium of 2025 by channel of the company."""
    return Groups(per(policies(raw, "2025-01-01"), "获客渠道", summed(PREMIUM)))


@QUESTIONS.asks("在保客户里，哪些A类的一个拍板人联系人都没有？", "A类 在保 clients where we know no 拍板人 at all")
def without_decider(raw: Raw) -> Listed:
    """Insured companies of the class A without a contact who decides."""
    held = {row["企业编码"] for row in raw[PEOPLE] if row["投保角色"] == "拍板人"}
    return firms(row for row in raw[UNITS] if row["客户分类"] == "A类" and row["合作情况"] == "在保客户" and row["企业编码"] not in held)


@QUESTIONS.asks("名下在保客户最多的服务顾问是谁？", "Which 服务顾问 looks after the most insured (在保) clients?")
def most_clients(raw: Raw) -> Ranked:
    """Insured companies by who serves them."""
    return Ranked(per((row for row in units(raw) if row["合作情况"] == "在保客户"), "人", len))
