"""Questions to the insurance broker about its policies and the premium that falls due."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, day, month, quarter, total
from evals.asked.risk_rows import CAME, DUE, FEE, NOW, POLICIES, PREMIUM, QUESTIONS, TURNS, amount, firms, listed, live, policies, rounds, turns, unpaid
from evals.asked.tallies import average, column, days, per, summed


@QUESTIONS.asks("老板早会要问：今年到现在一共出了多少张保单，签单保费合计多少？", "policies issued year to date: number and total premium")
def issued_this_year(raw: Raw) -> Each:
    """Count and premium of policies of 2025."""
    rows = policies(raw, "2025-01-01")
    return Each((Figure(len(rows)), Figure(total(rows, PREMIUM))))


@QUESTIONS.asks("2024年各险种签了多少保费")
def lines_2024(raw: Raw) -> Groups:
    """Premium of policies written in 2024 by line."""
    return Groups(per(policies(raw, "2024-01-01", "2024-12-31"), "险种", summed(PREMIUM)))


@QUESTIONS.asks("华岳 今年保费占比", "What share of this year's premium went to 华岳财险?")
def share_of_huayue(raw: Raw) -> Figure:
    """Premium of one insurer of all, in 2025."""
    rows = policies(raw, "2025-01-01")
    return Figure(total((row for row in rows if row["承保公司"] == "华岳财险"), PREMIUM) / total(rows, PREMIUM))


@QUESTIONS.asks("去年给哪家保司的签单保费排第二")
def second_insurer(raw: Raw) -> Ranked:
    """Premium of 2024 by insurer, the second."""
    return Ranked(per(policies(raw, "2024-01-01", "2024-12-31"), "承保公司", summed(PREMIUM)), place=2)


@QUESTIONS.asks("今年佣金做得最多的三个顾问，各多少钱？", "Top three advisors by 应收佣金 on policies issued this year")
def best_fees(raw: Raw) -> Ranked:
    """Commission of 2025 by person."""
    return Ranked(per(policies(raw, "2025-01-01"), "人", summed(FEE)), top=3)


@QUESTIONS.asks("各险种平均佣金率分别是几个点", "average commission rate per line of insurance")
def fee_rates(raw: Raw) -> AnyOf:
    """Mean of the rates, or commission over premium, by line; in percent points as recorded, or as a share."""
    plain = per(raw[POLICIES], "险种", lambda rows: average(column(rows, "佣金率(%)")))
    weighed = per(raw[POLICIES], "险种", lambda rows: total(rows, FEE) / total(rows, PREMIUM))
    return AnyOf((Groups(plain), Groups({key: value / 100 for key, value in plain.items()}), Groups(weighed)))


@QUESTIONS.asks("未来30天内要到期的有效保单有哪几张？", "need to plan renewals - which in-force policies run out within the next 30 days?")
def soon_over(raw: Raw) -> Listed:
    """In force, ending from today to 2025-11-19."""
    return listed((row for row in live(raw) if NOW <= row["终保日期"] <= "2025-11-19"), "保单号")


@QUESTIONS.asks("When does policy MR202400225 expire, and who wrote it?")
def one_policy(raw: Raw) -> Each:
    """Last day and person of one policy."""
    row = next(row for row in policies(raw) if row["保单号"] == "MR202400225")
    return Each((Figure(day(row["终保日期"])), Figure(row["人"])))


@QUESTIONS.asks("今年出的单里新保、续保、转保各多少张")
def kinds_this_year(raw: Raw) -> Groups:
    """Policies of 2025 by kind of business."""
    return Groups(per(policies(raw, "2025-01-01"), "业务性质", len))


def lapsed(raw: Raw, rows: list[Row]) -> list[Row]:
    """Policies that no later one names as the one of the year before."""
    followed = {row["上年保单号"] for row in raw[POLICIES]}
    return [row for row in rows if row["保单号"] not in followed]


@QUESTIONS.asks("今年上半年满期的保单里，有几张没续上？就是后面没有保单拿它当上年保单号的")
def not_renewed(raw: Raw) -> Figure:
    """Expired from January to June 2025, without a policy that follows."""
    rows = [row for row in policies(raw) if row["保单状态"] == "已满期" and "2025-01-01" <= row["终保日期"] <= "2025-06-30"]
    return Figure(len(lapsed(raw, rows)))


@QUESTIONS.asks("Cancelled policies (已退保): how many, and how much premium was on them?")
def cancelled(raw: Raw) -> Each:
    """Count and premium of cancelled policies."""
    rows = [row for row in raw[POLICIES] if row["保单状态"] == "已退保"]
    return Each((Figure(len(rows)), Figure(total(rows, PREMIUM))))


@QUESTIONS.asks("Quarterly premium for 2024, by issue date")
def quarters_2024(raw: Raw) -> Groups:
    """Premium of 2024 by quarter of issue."""
    rows = [{**row, "季": quarter(row["出单日期"])} for row in policies(raw, "2024-01-01", "2024-12-31")]
    return Groups(per(rows, "季", summed(PREMIUM)))


@QUESTIONS.asks("目前有效的保单里保费最高的一张是哪家企业的？多少钱")
def largest_live(raw: Raw) -> AnyOf:
    """The largest premium in force, by company or by number."""
    rows = live(raw)
    best = max(rows, key=lambda row: amount(row, PREMIUM))
    by_number: dict[Label, Decimal] = {row["保单号"]: amount(row, PREMIUM) for row in rows}
    by_firm = per(rows, "企业全称", lambda held: max(amount(row, PREMIUM) for row in held))
    return AnyOf((Ranked(by_number), Ranked(by_firm), Each((Figure(best["企业全称"]), Figure(amount(best, PREMIUM))))))


@QUESTIONS.asks("雇主责任险现在有效的这些单，平均下来一张大概多少保费呀", "mean premium of 雇主责任险 policies currently in force")
def mean_liability(raw: Raw) -> Figure:
    """Mean premium of one line in force."""
    return Figure(average(column((row for row in live(raw) if row["险种"] == "雇主责任险"), PREMIUM)))


@QUESTIONS.asks("有效保单的签单保费加起来，哪家企业最多", "biggest client by premium in force")
def most_live(raw: Raw) -> Ranked:
    """Premium in force by company."""
    return Ranked(per(live(raw), "企业全称", summed(PREMIUM)))


def covered(raw: Raw) -> dict[str, set[str]]:
    """The lines in force of each company."""
    found: dict[str, set[str]] = {}
    for row in live(raw):
        found.setdefault(row["企业全称"], set()).add(row["险种"])
    return found


@QUESTIONS.asks("有效保单覆盖了4个及以上险种的客户有哪些？", "clients with four or more different 险种 in force, names please")
def four_lines(raw: Raw) -> Listed:
    """Companies with at least four lines in force."""
    return Listed(frozenset(name for name, lines in covered(raw).items() if len(lines) >= 4))


@QUESTIONS.asks("保了企业财产险、却没有雇主责任险的客户（只看有效保单）有多少家", "How many clients have 企业财产险 in force but no 雇主责任险 in force?")
def without_liability(raw: Raw) -> Figure:
    """Companies with one line in force and not the other."""
    return Figure(sum("企业财产险" in lines and "雇主责任险" not in lines for lines in covered(raw).values()))


@QUESTIONS.asks("三季度签单保费同比去年三季度涨了还是跌了，幅度多少？", "how did Q3 premium do vs Q3 last year?")
def third_quarters(raw: Raw) -> AnyOf:
    """Premium from July to September of two years."""
    found: dict[Label, Decimal] = {f"{year}-Q3": total(policies(raw, f"{year}-07-01", f"{year}-09-30"), PREMIUM) for year in ("2025", "2024")}
    return AnyOf((Figure(found["2025-Q3"] / found["2024-Q3"] - 1), Compared(found)))


@QUESTIONS.asks("四个营业部今年新保、续保、转保的张数交叉看一下")
def offices_and_kinds(raw: Raw) -> Groups:
    """Policies of 2025 by office and kind of business."""
    found: dict[Label, int] = {}
    for row in policies(raw, "2025-01-01"):
        key = (row["服务营业部"], row["业务性质"])
        found[key] = found.get(key, 0) + 1
    return Groups(found)


@QUESTIONS.asks("保险金额超过2亿的有效保单有几张？", "Number of in-force policies with a sum insured above 200 million yuan")
def huge_cover(raw: Raw) -> Figure:
    """In force, sum insured above 20,000 in 万元."""
    return Figure(sum(amount(row, "保险金额(万元)") > 20_000 for row in live(raw)))


@QUESTIONS.asks("咱们投标拿下的（项目来源是公开招标），出成保单的签单保费总共多少", "total premium of policies that came out of 公开招标 projects")
def tendered_premium(raw: Raw) -> Figure:
    """Premium of policies whose project was a public tender."""
    sources = {row["项目号"]: row["项目来源"] for row in rounds(raw)}
    return Figure(total((row for row in raw[POLICIES] if sources.get(row["项目号"]) == "公开招标"), PREMIUM))


@QUESTIONS.asks("去年哪个行业的客户贡献签单保费最多？", "Which industry (所属行业) brought in the most premium in 2024?")
def best_trade(raw: Raw) -> Ranked:
    """Premium of 2024 by trade of the company."""
    return Ranked(per(policies(raw, "2024-01-01", "2024-12-31"), "所属行业", summed(PREMIUM)))


@QUESTIONS.asks("上个月出单的保费有多少，佣金又是多少？")
def last_month(raw: Raw) -> Each:
    """Premium and commission of September 2025."""
    rows = policies(raw, "2025-09-01", "2025-09-30")
    return Each((Figure(total(rows, PREMIUM)), Figure(total(rows, FEE))))


@QUESTIONS.asks("财务催我要数：已经过了应缴日期、一分钱都没到账的有几笔，总共欠多少？", "Overdue instalments still 待缴: how many and how much in total?")
def overdue(raw: Raw) -> Each:
    """Count and sum of what fell due and did not come."""
    rows = unpaid(raw)
    return Each((Figure(len(rows)), Figure(total(rows, DUE))))


@QUESTIONS.asks("逾期待缴的保费，哪家企业欠得最多", "Who owes us the most overdue (待缴, past due) premium?")
def largest_debtor(raw: Raw) -> Ranked:
    """Overdue premium by company."""
    return Ranked(per(unpaid(raw), "企业全称", summed(DUE)))


@QUESTIONS.asks("How much premium actually came in during September 2025?")
def came_in_september(raw: Raw) -> Figure:
    """Premium that came in September 2025."""
    return Figure(total((row for row in raw[TURNS] if row["到账日期"][:7] == "2025-09"), CAME))


@QUESTIONS.asks("11月份有多少保费要收，几笔？", "instalments falling due in November: count and amount")
def due_in_november(raw: Raw) -> Each:
    """Count and sum of what falls due in November 2025."""
    rows = [row for row in raw[TURNS] if row["应缴日期"][:7] == "2025-11"]
    return Each((Figure(len(rows)), Figure(total(rows, DUE))))


@QUESTIONS.asks("钱到了的那些分期，平均比应缴日期晚几天到？", "on average, how many days after 应缴日期 does the money arrive?")
def lateness(raw: Raw) -> Figure:
    """Mean days from due to paid."""
    return Figure(average(days(row, "应缴日期", "到账日期") for row in raw[TURNS]))


@QUESTIONS.asks("Paid instalments where our commission is still 未结 — how many?")
def unsettled(raw: Raw) -> Figure:
    """Instalments with commission not settled."""
    return Figure(sum(row["佣金结算"] == "未结" for row in raw[TURNS]))


@QUESTIONS.asks("只到了一部分钱的是哪几张保单")
def partly(raw: Raw) -> Listed:
    """Policies with an instalment that came in part."""
    return listed((row for row in raw[TURNS] if row["缴费状态"] == "部分到账"), "保单号")


@QUESTIONS.asks("monthly premium received, January through now")
def came_by_month(raw: Raw) -> Groups:
    """Premium that came in 2025 by month."""
    rows = [{**row, "月": month(row["到账日期"])} for row in raw[TURNS] if row["到账日期"] >= "2025-01-01"]
    return Groups(per(rows, "月", summed(CAME)))


@QUESTIONS.asks("笔数上看，银行承兑在已到账的分期里占比多少")
def by_bill(raw: Raw) -> AnyOf:
    """Instalments paid by bill, of those that came."""
    paid = [row for row in raw[TURNS] if row["付款途径"]]
    count = sum(row["付款途径"] == "银行承兑" for row in paid)
    return AnyOf((Each((Figure(count), Figure(count / len(paid)))), Figure(count / len(paid)), Figure(count, also={"占比": count / len(paid)})))


@QUESTIONS.asks("有逾期待缴保费的A类客户是哪几家？", "A类 clients with overdue 待缴 premium: which ones?")
def strong_debtors(raw: Raw) -> Listed:
    """Companies of the class A that owe something."""
    return firms(row for row in unpaid(raw) if row["客户分类"] == "A类")


@QUESTIONS.asks("绍兴苇航电器的保费有没有逾期没交的？")
def weihang_owes(raw: Raw) -> YesNo:
    """Overdue instalments of one company."""
    found = sum(row["企业全称"] == "绍兴苇航电器股份有限公司" for row in unpaid(raw))
    return YesNo(found > 0, found)


@QUESTIONS.asks("苏州营业部，今年三季度应缴的保费收回来几成了？", "For 苏州营业部, what part of premium due in Q3 2025 has been received?")
def collected(raw: Raw) -> Figure:
    """Received of due, for what fell due from July to September 2025 in one office."""
    rows = [row for row in turns(raw) if row["服务营业部"] == "苏州营业部" and "2025-07-01" <= row["应缴日期"] <= "2025-09-30"]
    return Figure(total(rows, CAME) / total(rows, DUE))


@QUESTIONS.asks("三月份以来顾晓岚出了多少签单保费？", "since March, how much premium has 顾晓岚 written?")
def since_march(raw: Raw) -> Figure:
    """Premium of one person since 1 March 2025."""
    return Figure(total((row for row in policies(raw, "2025-03-01") if row["人"] == "顾晓岚"), PREMIUM))


@QUESTIONS.asks("逾期待缴里拖得最久的一笔是哪张保单，应缴日期是哪天？", "our oldest overdue 待缴 instalment: which policy, and when was it due?")
def oldest_due(raw: Raw) -> Each:
    """The earliest instalment of which nothing has come."""
    row = min(unpaid(raw), key=lambda one: one["应缴日期"])
    return Each((Figure(row["保单号"]), Figure(day(row["应缴日期"]))))


@QUESTIONS.asks("今年出的单，哪个营业部单均保费最高", "Average premium per policy issued this year: which office comes first?")
def premium_a_policy(raw: Raw) -> Ranked:
    """Mean premium of policies of 2025 by office."""
    return Ranked(per(policies(raw, "2025-01-01"), "服务营业部", lambda rows: average(column(rows, PREMIUM))))


@QUESTIONS.asks("本季度到今天出了几张单？")
def this_quarter(raw: Raw) -> Figure:
    """Policies since 1 October 2025."""
    return Figure(len(policies(raw, "2025-10-01")))


@QUESTIONS.asks("签单保费在10万到20万之间的有效保单有多少张", "in-force policies with premium between 100k and 200k, count")
def middling(raw: Raw) -> Figure:
    """In force, premium from 100,000 to 200,000 (none is exactly at an end)."""
    return Figure(sum(100_000 <= amount(row, PREMIUM) <= 200_000 for row in live(raw)))


@QUESTIONS.asks("2024年满期的那批保单，最后续上的占百分之几？（有保单把它记作上年保单号就算续上）")
def kept(raw: Raw) -> Figure:
    """Followed by another policy, of those that expired in 2024."""
    rows = [row for row in policies(raw) if row["保单状态"] == "已满期" and row["终保日期"][:4] == "2024"]
    return Figure(1 - len(lapsed(raw, rows)) / len(rows))


@QUESTIONS.asks("沧澜财险和明壤财险，今年各出了多少张单、多少保费？")
def two_insurers(raw: Raw) -> Each:
    """Count and premium of two insurers in 2025."""
    rows = [row for row in policies(raw, "2025-01-01") if row["承保公司"] in ("沧澜财险", "明壤财险")]
    return Each((Compared(per(rows, "承保公司", len)), Compared(per(rows, "承保公司", summed(PREMIUM)))))
