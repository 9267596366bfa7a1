"""Questions to the freight and warehousing company about its customers, contacts, site surveys, rate cards and staff."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, Worth
from evals.asked.freight_rows import (
    QUESTIONS,
    TODAY,
    ago,
    called,
    customers,
    deals,
    grouped,
    income,
    iso,
    last_talk,
    listed,
    money,
    on,
    rate,
    still_open,
    surveys,
    talks,
    thousands,
    won,
)
from evals.asked.raw import Raw, total
from evals.asked.tallies import average, column, per


@QUESTIONS.asks("How many active customers do we have?", "状态为活跃的客户有多少家")
def active(raw: Raw) -> Figure:
    """CustSts A."""
    return Figure(sum(row["CustSts"] == "A" for row in customers(raw)))


@QUESTIONS.asks("各行业客户数量", "customer count per trade sector")
def by_sector(raw: Raw) -> Groups:
    """Customers by TradeSector."""
    return Groups(per(customers(raw), "TradeSector", len))


@QUESTIONS.asks("休眠客户名单给我", "dormant customers, list pls")
def dormant(raw: Raw) -> Listed:
    """CustSts D."""
    return listed((row for row in customers(raw) if row["CustSts"] == "D"), "Cust Name")


@QUESTIONS.asks("哪些重点客户已经60天以上没有任何联系？", "Key accounts nobody has been in touch with for the last 60 days")
def silent_keys(raw: Raw) -> Listed:
    """KeyAcct Y whose last contact, if any, is older than 60 days."""
    last = last_talk(raw)
    return listed((row for row in customers(raw) if row["KeyAcct"] == "Y" and last.get(row["cust_no"], "") < ago(60)), "Cust Name")


@QUESTIONS.asks("how many customers have never had a visit?", "从来没有上门拜访过的客户有几家")
def never_visited(raw: Raw) -> Figure:
    """Without a contact through VST."""
    last = last_talk(raw, "VST")
    return Figure(sum(row["cust_no"] not in last for row in customers(raw)))


@QUESTIONS.asks("What credit limit does Nordmark Motors have?", "Nordmark Motors 的信用额度是多少")
def one_limit(raw: Raw) -> AnyOf:
    """credit_lim_k of one customer."""
    return thousands(next(money(row, "credit_lim_k") for row in customers(raw) if row["Cust Name"] == "Nordmark Motors GmbH"))


@QUESTIONS.asks("各分公司服务的客户平均信用额度（千美元）", "average credit_lim_k by serving branch")
def limit_by_branch(raw: Raw) -> AnyOf:
    """Mean credit_lim_k by SrvBranch, in thousands or in full."""
    found = per(customers(raw), "SrvBranch", lambda rows: average(column(rows, "credit_lim_k")))
    return AnyOf((Groups(found), Groups({key: value * 1000 for key, value in found.items()})))


@QUESTIONS.asks("top 5 customers by estimated annual TEU", "预计年箱量最大的五家客户")
def most_teu(raw: Raw) -> Ranked:
    """Customers by est_teu_pa."""
    return Ranked({row["Cust Name"]: money(row, "est_teu_pa") for row in customers(raw) if row["est_teu_pa"]}, top=5)


@QUESTIONS.asks("一个商机都没有的客户有多少家？", "customers without a single deal in the register: how many?")
def no_deals(raw: Raw) -> Figure:
    """Customers that no deal names."""
    named = {row["cust_no"] for row in raw["DealRegister"]}
    return Figure(sum(row["cust_no"] not in named for row in customers(raw)))


@QUESTIONS.asks("Which customers have no credit limit on file?", "没有填信用额度的客户是哪些")
def no_limit(raw: Raw) -> Listed:
    """Without credit_lim_k."""
    return listed((row for row in customers(raw) if not row["credit_lim_k"]), "Cust Name")


@QUESTIONS.asks("账期60天及以上的客户有几家", "number of customers on payment terms of 60 days or longer")
def long_terms(raw: Raw) -> Figure:
    """pay_terms_days of 60 or more."""
    return Figure(sum(money(row, "pay_terms_days") >= 60 for row in customers(raw)))


@QUESTIONS.asks("我们的客户主要是从哪个渠道来的？", "Which lead source has brought us the most customers?")
def best_source(raw: Raw) -> Ranked:
    """Customers by lead_src."""
    return Ranked(per(customers(raw), "lead_src", len))


@QUESTIONS.asks("how many customers were onboarded in 2022", "2022年建档的客户数")
def onboarded(raw: Raw) -> Figure:
    """With dt_onboarded in 2022."""
    return Figure(sum(iso(row["dt_onboarded"])[:4] == "2022" for row in customers(raw)))


@QUESTIONS.asks("有AEO认证的客户占比", "What share of customers are AEO certified?")
def certified(raw: Raw) -> AnyOf:
    """AEO_cert Y of all customers, or of those where it is recorded."""
    found = [row["AEO_cert"] for row in customers(raw)]
    return AnyOf((Figure(found.count("Y") / len(found)), Figure(found.count("Y") / (found.count("Y") + found.count("N")))))


@QUESTIONS.asks("义乌瑞和机械归谁管？", "who's the account manager of 义乌瑞和机械有限公司?")
def whose(raw: Raw) -> Figure:
    """Account manager of one customer."""
    return Figure(next(row["rep"] for row in customers(raw) if row["Cust Name"] == "义乌瑞和机械有限公司"))


@QUESTIONS.asks("Do any customers on credit hold still have open deals? Which ones?", "信用冻结的客户里，哪些还有没定的单子？")
def held_with_deals(raw: Raw) -> Listed:
    """CustSts H with an open deal."""
    named = {row["cust_no"] for row in still_open(raw)}
    return listed((row for row in customers(raw) if row["CustSts"] == "H" and row["cust_no"] in named), "Cust Name")


@QUESTIONS.asks("中国（CN）客户有多少家，累计赢单收入多少？", "customers in CN: how many, and how much revenue have we won with them?")
def chinese(raw: Raw) -> Each:
    """Customers with cntry CN, and the won revenue of theirs."""
    return Each((Figure(sum(row["cntry"] == "CN" for row in customers(raw))), Figure(income(row for row in won(raw) if row["cntry"] == "CN"))))


@QUESTIONS.asks("在义乌的客户有哪些", "our customers in 义乌")
def in_yiwu(raw: Raw) -> Listed:
    """Town 义乌."""
    return listed((row for row in customers(raw) if row["Town"] == "义乌"), "Cust Name")


@QUESTIONS.asks("合作时间最久的客户是哪家？", "which customer has been with us longest (earliest onboarded)")
def oldest_customer(raw: Raw) -> AnyOf:
    """Customers by dt_onboarded, earliest first."""
    found: dict[Label, Worth | date] = {row["Cust Name"]: day for row in customers(raw) if (day := on(row["dt_onboarded"]))}
    return AnyOf((Ranked(found, lowest=True), Figure(str(min(found, key=lambda name: str(found[name]))))))


@QUESTIONS.asks("哪位客户经理名下的活跃客户最多", "Account managers by number of active customers, most first")
def most_customers(raw: Raw) -> Ranked:
    """Customers with CustSts A by account manager."""
    return Ranked(per((row for row in customers(raw) if row["CustSts"] == "A"), "rep", len))


@QUESTIONS.asks("How many customer visits did we make this year?", "今年一共上门拜访了多少次")
def visits(raw: Raw) -> Figure:
    """Contacts through VST in 2025."""
    return Figure(sum(row["Chan"] == "VST" and iso(row["dt_contact"]) >= "2025-01-01" for row in talks(raw)))


@QUESTIONS.asks("各种联系方式分别用了多少次？", "contacts by channel, counts")
def by_channel(raw: Raw) -> AnyOf:
    """Contacts by Chan."""
    return grouped(raw, "Chan", per(talks(raw), "Chan", len))


@QUESTIONS.asks("跑拜访跑得最勤的销售是谁", "who makes the most visits?")
def most_visits(raw: Raw) -> Ranked:
    """Contacts through VST by employee."""
    return Ranked(per((row for row in talks(raw) if row["Chan"] == "VST"), "rep", len))


@QUESTIONS.asks("total minutes spent on the phone with customers in 2024", "2024年打电话一共打了多少分钟")
def phone_minutes(raw: Raw) -> Figure:
    """Mins of contacts through PH in 2024."""
    return Figure(total((row for row in talks(raw) if row["Chan"] == "PH" and iso(row["dt_contact"])[:4] == "2024"), "Mins"))


@QUESTIONS.asks("When did we last speak to Stourbridge Textiles?", "最后一次联系 Stourbridge Textiles 是什么时候")
def last_with(raw: Raw) -> Figure:
    """The latest contact with one customer."""
    return Figure(max(day for row in talks(raw) if row["Cust Name"] == "Stourbridge Textiles Ltd" and (day := on(row["dt_contact"]))))


@QUESTIONS.asks("宁波分公司的客户联系里微信占多大比例？", "Of the contacts with customers of the Ningbo branch, what share went over WeChat?")
def wechat(raw: Raw) -> Figure:
    """WX of the contacts with customers served by Ningbo."""
    rows = [row for row in talks(raw) if row["SrvBranch"] == "Ningbo"]
    return Figure(sum(row["Chan"] == "WX" for row in rows) / len(rows))


@QUESTIONS.asks("how many customers have had no contact in the last 90 days, counting those never contacted", "90天没联系过的客户有多少家（从没联系过的也算）")
def silent(raw: Raw) -> Figure:
    """Without a contact in the last 90 days."""
    last = last_talk(raw)
    return Figure(sum(last.get(row["cust_no"], "") < ago(90) for row in customers(raw)))


@QUESTIONS.asks("上个月结果为负面（negative）的联系有几次", "negative outcomes in the contact log last month?")
def negative(raw: Raw) -> Figure:
    """Outcome negative in September 2025."""
    return Figure(sum(row["Outcome"] == "negative" and iso(row["dt_contact"])[:7] == "2025-09" for row in talks(raw)))


@QUESTIONS.asks("平均一次拜访多少分钟？", "average length of a visit in minutes")
def visit_length(raw: Raw) -> Figure:
    """Mean Mins of contacts through VST."""
    return Figure(average(column((row for row in talks(raw) if row["Chan"] == "VST"), "Mins")))


@QUESTIONS.asks("Open deals without any logged contact in the last 30 days, how many?", "最近30天没有联系记录的在谈单子有几个")
def quiet_deals(raw: Raw) -> AnyOf:
    """Open deals without a contact that names them, or whose customer had none, in the last 30 days."""
    fresh = [row for row in raw["Contact Log"] if iso(row["dt_contact"]) >= ago(30)]
    named, met = {row["DealRef"] for row in fresh}, {row["cust_no"] for row in fresh}
    rows = still_open(raw)
    return AnyOf((Figure(sum(row["DealRef"] not in named for row in rows)), Figure(sum(row["cust_no"] not in met for row in rows))))


@QUESTIONS.asks("in how many site surveys was the racking not OK?", "货架不合格的勘察有几次")
def bad_racking(raw: Raw) -> Figure:
    """RackingOK N."""
    return Figure(sum(row["RackingOK"] == "N" for row in surveys(raw)))


@QUESTIONS.asks("每位勘察员打出的平均风险分", "Average risk score per surveyor")
def risk_by_surveyor(raw: Raw) -> Groups:
    """Mean risk_score by surveyor."""
    return Groups(per(surveys(raw), "who", lambda rows: average(column(rows, "risk_score"))))


@QUESTIONS.asks("风险分不低于9的勘察列出来", "surveys with a risk score of 9 or higher")
def risky(raw: Raw) -> Listed:
    """risk_score of 9 or 10."""
    return listed((row for row in surveys(raw) if money(row, "risk_score") >= 9), "survey_id")


@QUESTIONS.asks("How many pallet positions did the sites surveyed in 2025 have altogether?", "今年勘察过的场地总共有多少托盘位？")
def pallets(raw: Raw) -> Figure:
    """pallet_pos of surveys in 2025."""
    return Figure(total((row for row in surveys(raw) if iso(row["survey_dt"]) >= "2025-01-01"), "pallet_pos"))


@QUESTIONS.asks("货架不合格而且没有消防证（N）的勘察有几个？", "racking not OK and no fire certificate (N): how many surveys")
def both_bad(raw: Raw) -> Figure:
    """RackingOK N and FireCert N."""
    return Figure(sum((row["RackingOK"], row["FireCert"]) == ("N", "N") for row in surveys(raw)))


@QUESTIONS.asks("site surveys done in 2024 and in 2023, compare", "2023年和2024年的现场勘察次数对比")
def survey_years(raw: Raw) -> Compared:
    """Surveys by year."""
    found = per([{**row, "year": iso(row["survey_dt"])[:4]} for row in surveys(raw)], "year", len)
    return Compared({year: found[year] for year in ("2024", "2023")})


@QUESTIONS.asks("做过现场勘察的仓储（WH）单子，赢单率是多少？", "win rate of the warehousing deals that had a site survey")
def surveyed_rate(raw: Raw) -> Figure:
    """Win rate of WH deals that a survey names."""
    named = {row["DealRef"] for row in raw["SiteSurveys"]}
    return Figure(rate(row for row in deals(raw) if row["svc_code"] == "WH" and row["DealRef"] in named))


@QUESTIONS.asks("今天仍在有效期内的运价卡有多少张？", "How many rate cards are valid today?")
def valid_cards(raw: Raw) -> Figure:
    """valid_from to valid_to spans today."""
    return Figure(sum(iso(row["valid_from"]) <= TODAY.isoformat() <= iso(row["valid_to"]) for row in raw["rate cards"]))


@QUESTIONS.asks("which FCL rate card has the lowest buy rate", "整箱运价卡里成本价（BuyRate）最低的是哪张")
def cheapest_card(raw: Raw) -> Ranked:
    """FCL cards by BuyRate, lowest first."""
    return Ranked({row["rc_id"]: money(row, "BuyRate") for row in raw["rate cards"] if row["svc_code"] == "FCL"}, lowest=True)


@QUESTIONS.asks("卖价低于成本价的运价卡有没有，几张？", "rate cards where SellRate is below BuyRate")
def losing_cards(raw: Raw) -> AnyOf:
    """SellRate below BuyRate."""
    rows = [row for row in raw["rate cards"] if money(row, "SellRate") < money(row, "BuyRate")]
    return AnyOf((Figure(len(rows)), listed(rows, "rc_id")))


@QUESTIONS.asks("average sell rate of FCL cards by carrier", "各船公司FCL运价卡的平均卖价")
def sell_by_carrier(raw: Raw) -> Groups:
    """Mean SellRate of FCL cards by carrier."""
    return Groups(per((row for row in raw["rate cards"] if row["svc_code"] == "FCL"), "Carrier", lambda rows: average(column(rows, "SellRate"))))


@QUESTIONS.asks("RC305 的买价和卖价各是多少？", "buy and sell rate on RC305?")
def one_card(raw: Raw) -> Each:
    """BuyRate and SellRate of one card."""
    row = next(row for row in raw["rate cards"] if row["rc_id"] == "RC305")
    return Each((Figure(money(row, "BuyRate")), Figure(money(row, "SellRate"))))


@QUESTIONS.asks("How many people work in each branch?", "各分公司有多少员工？")
def headcount(raw: Raw) -> AnyOf:
    """Staff by branch, all or those who are active."""
    rows = raw["Staff"]
    return AnyOf((Groups(per(rows, "Branch", len)), Groups(per((row for row in rows if row["Active"] == "Y"), "Branch", len))))


@QUESTIONS.asks("谁的直属领导是 Katrin Vogel？", "who reports to Katrin Vogel")
def reports(raw: Raw) -> Listed:
    """Staff with mgr_emp_no E131."""
    return listed((row for row in raw["Staff"] if row["mgr_emp_no"] == "E131"), "FullName")


@QUESTIONS.asks("2025年全公司的销售指标合计多少（千）", "Sum of the 2025 targets of all staff")
def targets(raw: Raw) -> AnyOf:
    """tgt_2025_k of all."""
    return thousands(total(raw["Staff"], "tgt_2025_k"))


@QUESTIONS.asks("Jonas Petersen 今年的指标完成了百分之多少，按赢单收入算？", "What percentage of his 2025 target has Jonas Petersen reached with won revenue?")
def attainment(raw: Raw) -> Figure:
    """Won revenue of E133 in 2025 over his target."""
    target = next(money(row, "tgt_2025_k") for row in raw["Staff"] if row["emp_no"] == "E133")
    return Figure(income(row for row in won(raw, "2025-01-01") if row["acct_mgr"] == "E133") / (target * 1000))


@QUESTIONS.asks("今年谁的指标完成率最高（赢单收入除以tgt_2025_k）？", "target attainment 2025 by rep, won revenue over target, best first")
def best_attainment(raw: Raw) -> Ranked:
    """Won revenue of 2025 over the target, by person with a target."""
    got = per(won(raw, "2025-01-01"), "rep", income)
    return Ranked({called(row): Decimal(got.get(called(row), 0)) / (money(row, "tgt_2025_k") * 1000) for row in raw["Staff"] if row["tgt_2025_k"]})


@QUESTIONS.asks("longest-serving employee", "入职最早的员工是谁？")
def longest(raw: Raw) -> AnyOf:
    """Staff by dt_joined, earliest first."""
    found: dict[Label, Worth | date] = {called(row): day for row in raw["Staff"] if (day := on(row["dt_joined"]))}
    return AnyOf((Ranked(found, lowest=True), Figure(str(min(found, key=lambda name: str(found[name]))))))


@QUESTIONS.asks("2022年以后（含2022年）入职的有谁", "staff who joined in 2022 or later")
def recent_staff(raw: Raw) -> Listed:
    """dt_joined from 2022 on."""
    return listed((row for row in raw["Staff"] if iso(row["dt_joined"]) >= "2022-01-01"), "FullName")
