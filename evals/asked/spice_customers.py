"""Questions to the maker of seasonings about its customers, their people, and its own salespeople."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Label, Listed, Ranked, YesNo
from evals.asked.raw import Raw, day, number, numbers, total
from evals.asked.spice_rows import MADE, QUESTIONS, deals, income, iso, mean, per, rates, still_open, visits, won


@QUESTIONS.asks("客户按哪一类分，各有多少家？", "How many customers do we have of each type?")
def customers_by_type(raw: Raw) -> Groups:
    """Customers by 哪一类."""
    return Groups(per(raw["客户列表"], "哪一类", len))


@QUESTIONS.asks("华东的A级客户都有哪些", "list our 级别 A customers in 华东")
def east_a(raw: Raw) -> Listed:
    """Level A in one zone."""
    return Listed(frozenset(row["客户名"] for row in raw["客户列表"] if row["片区"] == "华东" and row["级别"] == "A"))


@QUESTIONS.asks("要清真的客户有多少家？", "number of customers that need halal (要清真)")
def halal(raw: Raw) -> Figure:
    """Customers with 要清真 Y."""
    return Figure(sum(row["要清真"] == "Y" for row in raw["客户列表"]))


@QUESTIONS.asks("已经停了的客户占比多少？", "What percentage of customers have stopped (停了没 = Y)?")
def stopped(raw: Raw) -> Figure:
    """Share of customers that stopped."""
    rows = raw["客户列表"]
    return Figure(Decimal(sum(row["停了没"] == "Y" for row in rows)) / len(rows))


@QUESTIONS.asks("店开得最多的客户是哪家？有几家店", "Which customer runs the most outlets?")
def most_outlets(raw: Raw) -> Ranked:
    """Customers by outlets."""
    return Ranked({row["客户名"]: number(row["开了几家店"]) or 0 for row in raw["客户列表"] if row["开了几家店"]})


@QUESTIONS.asks("连锁餐饮客户平均开了多少家店", "avg 开了几家店 among 连锁餐饮 customers?")
def mean_outlets(raw: Raw) -> Figure:
    """Mean outlets of restaurant chains."""
    return Figure(mean(numbers((row for row in raw["客户列表"] if row["哪一类"] == "连锁餐饮"), "开了几家店")))


@QUESTIONS.asks("账期60天及以上的客户有几家", "how many customers have payment terms of at least 60 days?")
def long_terms(raw: Raw) -> Figure:
    """Terms of 60 days or more."""
    return Figure(sum((number(row["账期(天)"]) or 0) >= 60 for row in raw["客户列表"]))


@QUESTIONS.asks("今年录进来的新客户是哪几家？", "Which customers were added this year?")
def new_customers(raw: Raw) -> Listed:
    """Recorded in 2026."""
    return Listed(frozenset(row["客户名"] for row in raw["客户列表"] if iso(row["录进来的日子"]) >= "2026-01-01"))


@QUESTIONS.asks("客户主要是怎么认识的？哪种路子来得最多", "Where do most of our customers come from (怎么认识的)?")
def sources(raw: Raw) -> Ranked:
    """Customers by how they were met."""
    return Ranked(per(raw["客户列表"], "怎么认识的", len))


@QUESTIONS.asks("哪种认识渠道来的客户成单率最高？", "win rate by 怎么认识的, which source is best?")
def best_source(raw: Raw) -> Ranked:
    """Win rate by how the customer was met."""
    return Ranked(rates(deals(raw), "怎么认识的"))


@QUESTIONS.asks("有哪些客户从来没开过跟进单？", "Which customers have never had a deal?")
def never_a_deal(raw: Raw) -> Listed:
    """Customers without an opportunity."""
    held = {row["客户号"] for row in raw["跟进单"]}
    return Listed(frozenset(row["客户名"] for row in raw["客户列表"] if row["客户号"] not in held))


@QUESTIONS.asks("没停的客户里，90天没有任何拜访打卡的有多少家？", "How many active customers (停了没=N) have had no 拜访打卡 in the last 90 days?")
def unseen(raw: Raw) -> Figure:
    """Customers that did not stop, without a visit since 11 December 2025."""
    seen = {row["客户号"] for row in visits(raw, "2025-12-11")}
    return Figure(sum(row["停了没"] == "N" and row["客户号"] not in seen for row in raw["客户列表"]))


@QUESTIONS.asks("咱们最大的客户是谁？", "Who's our biggest customer?")
def biggest_customer(raw: Raw) -> Ranked:
    """Customers by won value."""
    return Ranked(per(won(raw), "客户名", income))


@QUESTIONS.asks("去年做成金额前五的客户排一下", "top five customers by won revenue in 2025")
def top_customers(raw: Raw) -> Ranked:
    """Won value of 2025 by customer."""
    return Ranked(per(won(raw, "2025-01-01", "2025-12-31"), "客户名", income), top=5)


@QUESTIONS.asks("冯凯在管多少家客户？", "How many customers does 冯凯 look after?")
def held_by_feng(raw: Raw) -> Figure:
    """Customers in the charge of one person."""
    return Figure(sum(row["谁在管"] == "冯凯" for row in raw["客户列表"]))


@QUESTIONS.asks("A、B、C级客户的平均账期分别是多少天？", "average payment term in days for customer levels A, B and C")
def terms_by_level(raw: Raw) -> Groups:
    """Mean terms by level."""
    return Groups(per(raw["客户列表"], "级别", lambda rows: mean(numbers(rows, "账期(天)"))))


@QUESTIONS.asks("返点2个点以上（含2）的经销商有哪几家？", "Which 经销商 get a 返点 of 2% or more?")
def high_rebates(raw: Raw) -> Listed:
    """Distributors with a rebate of 2 or more."""
    rows = [row for row in raw["客户列表"] if row["哪一类"] == "经销商" and (number(row["返点(%)"]) or 0) >= 2]
    return Listed(frozenset(row["客户名"] for row in rows))


@QUESTIONS.asks("川聚预制菜工厂在哪个城市，账期给了几天？", "川聚预制菜工厂: which city are they in and what's their payment term?")
def one_customer(raw: Raw) -> Each:
    """City and terms of one customer."""
    row = raw.by("客户列表", "客户名")["川聚预制菜工厂"]
    return Each((Figure(row["城市"]), Figure(number(row["账期(天)"]))))


@QUESTIONS.asks("西南和华南哪边的客户多？各几家", "华南 vs 西南, number of customers")
def two_zones(raw: Raw) -> Compared:
    """Customers of two zones."""
    found = per(raw["客户列表"], "片区", len)
    return Compared({name: found[name] for name in ("西南", "华南")})


@QUESTIONS.asks("能拍板的联系人一共有多少个？", "How many contacts can make the decision (能拍板)?")
def deciders(raw: Raw) -> Figure:
    """Contacts that decide."""
    return Figure(sum(row["能拍板"] == "Y" for row in raw["联系人"]))


@QUESTIONS.asks("联系人里加了微信的占多少比例", "what share of contacts have we added on WeChat?")
def on_wechat(raw: Raw) -> Figure:
    """Share of contacts with 加微信没 Y."""
    rows = raw["联系人"]
    return Figure(Decimal(sum(row["加微信没"] == "Y" for row in rows)) / len(rows))


@QUESTIONS.asks("红码头烤鱼那边我们认识哪些人？", "contacts at 红码头烤鱼, names please")
def people_of_one(raw: Raw) -> Listed:
    """Contacts of one customer."""
    number_of = raw.by("客户列表", "客户名")["红码头烤鱼"]["客户号"]
    return Listed(frozenset(row["姓名"] for row in raw["联系人"] if row["客户号"] == number_of))


@QUESTIONS.asks("有没有客户一个联系人都没录的？是谁", "Is there any customer without a single contact? Which?")
def without_people(raw: Raw) -> AnyOf:
    """Customers without a contact."""
    held = {row["客户号"] for row in raw["联系人"]}
    names = frozenset(row["客户名"] for row in raw["客户列表"] if row["客户号"] not in held)
    return AnyOf((YesNo(bool(names), len(names)), Listed(names)))


@QUESTIONS.asks("联系人是干啥的，按岗位数一数", "count contacts by role")
def jobs(raw: Raw) -> Groups:
    """Contacts by 干啥的."""
    return Groups(per(raw["联系人"], "干啥的", len))


@QUESTIONS.asks("没了结的单子里，客户那边一个能拍板的人都没有的有几张？", "How many open deals are with customers where no contact has 能拍板 = Y?")
def open_without_decider(raw: Raw) -> Figure:
    """Open opportunities of customers without a deciding contact."""
    held = {row["客户号"] for row in raw["联系人"] if row["能拍板"] == "Y"}
    return Figure(sum(row["客户号"] not in held for row in still_open(raw)))


@QUESTIONS.asks("白露的月任务是多少？", "What's 白露's monthly target?")
def bai_target(raw: Raw) -> Figure:
    """Monthly target of one person."""
    return Figure(number(raw.by("业务员", "姓名")["白露"]["月任务(元)"]))


@QUESTIONS.asks("各小组月任务加起来各多少，只算还在职的", "sum of 月任务 per 小组, people still employed only")
def team_targets(raw: Raw) -> Groups:
    """Monthly targets of those still there, by team."""
    rows = [row for row in raw["业务员"] if row["还在职"] == "Y" and row["月任务(元)"]]
    return Groups(per(rows, "小组", lambda held: total(held, "月任务(元)")))


@QUESTIONS.asks("谁进公司最早？哪天进的", "Who joined the company first?")
def longest_here(raw: Raw) -> AnyOf:
    """The earliest day of joining."""
    first = min(raw["业务员"], key=lambda row: iso(row["进公司日期"]))
    when = day(first["进公司日期"])
    joined: dict[Label, date] = {row["姓名"]: held for row in raw["业务员"] if (held := day(row["进公司日期"]))}
    return AnyOf((Figure(first["姓名"]), Each((Figure(first["姓名"]), Figure(when))), Ranked(joined, lowest=True), Listed(frozenset({first["姓名"]}))))


@QUESTIONS.asks("陈大伟手下带着哪几个人？", "Who reports to 陈大伟?")
def reports(raw: Raw) -> Listed:
    """People led by one person."""
    return Listed(frozenset(row["姓名"] for row in raw["业务员"] if row["组长"] == "陈大伟"))


@QUESTIONS.asks("上个月魏东做成的金额完成月任务了吗，完成率百分之几", "魏东 last month: what % of his monthly target did he reach?")
def wei_attained(raw: Raw) -> AnyOf:
    """Won value of February 2026 over the monthly target."""
    made = income(row for row in won(raw, "2026-02-01", "2026-02-28") if row["业务员"] == "魏东")
    share = made / Decimal(raw.by("业务员", "姓名")["魏东"]["月任务(元)"])
    return AnyOf((Figure(share), Each((YesNo(share >= 1), Figure(share)))))


@QUESTIONS.asks("上个月做成金额达到月任务的业务员有哪些？", "Which reps hit their 月任务 last month?")
def who_attained(raw: Raw) -> Listed:
    """People whose won value in February 2026 reached their target."""
    made = per(won(raw, "2026-02-01", "2026-02-28"), "业务员", income)
    return Listed(frozenset(row["姓名"] for row in raw["业务员"] if row["月任务(元)"] and made.get(row["姓名"], 0) >= Decimal(row["月任务(元)"])))


@QUESTIONS.asks("哪些业务员上个月一单都没成？只看在职、有月任务的", "Among current staff with a 月任务, who won nothing last month?")
def nothing_last_month(raw: Raw) -> Listed:
    """People still there with a target and without a won opportunity in February 2026."""
    made = {row["业务员"] for row in won(raw, "2026-02-01", "2026-02-28")}
    rows = [row for row in raw["业务员"] if row["还在职"] == "Y" and row["月任务(元)"] and row["姓名"] not in made]
    return Listed(frozenset(row["姓名"] for row in rows))


@QUESTIONS.asks("业务员里有谁已经不在职了？", "any staff who already left? who")
def gone(raw: Raw) -> AnyOf:
    """People who left."""
    names = frozenset(row["姓名"] for row in raw["业务员"] if row["还在职"] == "N")
    return AnyOf((Listed(names), YesNo(bool(names), len(names)), Figure(next(iter(names)))))


@QUESTIONS.asks("蜀巷食品累计跟我们做成了几单、多少钱？", "蜀巷食品 all time: won deals and won revenue?")
def shu_food(raw: Raw) -> Each:
    """Won count and value of one customer."""
    rows = [row for row in won(raw) if row["客户名"] == "蜀巷食品"]
    return Each((Figure(len(rows)), Figure(total(rows, MADE))))
