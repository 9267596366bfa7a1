"""Questions about the institutions, contacts, activities and team of the seller of learning software."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.edu_rows import NOW, QUESTIONS, joined, last_touch, listed, per, per_two, still_open, value, won
from evals.asked.expecting import AnyOf, Compared, Each, Figure, Groups, Listed, Ranked, YesNo
from evals.asked.raw import Raw, Row, number, total
from evals.asked.tallies import average, column, middle


def customers(raw: Raw) -> list[Row]:
    """Institutions in the lifecycle stage Customer."""
    return [row for row in raw["institutions"] if row["Lifecycle Stage"] == "Customer"]


def done(raw: Raw, first: str = "2000-01-01", last: str = "2099-12-31") -> list[Row]:
    """Activities of a span, with their institution and month."""
    rows = [{**row, "Month": row["Activity Date"][:7]} for row in joined(raw, "activities")]
    return [row for row in rows if first <= row["Activity Date"][:10] <= last]


def either(raw: Raw) -> tuple[list[Row], list[Row]]:
    """Whom a customer may mean: an institution in that lifecycle stage, or any institution."""
    return customers(raw), raw["institutions"]


def untouched(raw: Raw, rows: list[Row], since: str) -> list[Row]:
    """Those without an activity from a day on."""
    touched = last_touch(raw)
    return [row for row in rows if touched.get(row["Institution ID"], "") < since]


def minutes(worth: float) -> AnyOf:
    """A span in minutes, as written, or in days."""
    return AnyOf((Figure(worth), Figure(worth / 1440)))


@QUESTIONS.asks("系统里一共有多少家机构？", "How many institutions are in the CRM?")
def institutions(raw: Raw) -> Figure:
    """All institutions."""
    return Figure(len(raw["institutions"]))


@QUESTIONS.asks("Institutions by lifecycle stage", "客户、潜客、流失客户各有多少家？（Lifecycle Stage）")
def lifecycle(raw: Raw) -> Groups:
    """Institutions by lifecycle stage."""
    return Groups(per(raw["institutions"], "Lifecycle Stage", len))


@QUESTIONS.asks("苏州有多少所大学？", "how many universities do we have in 苏州")
def suzhou_universities(raw: Raw) -> Figure:
    """Universities of one city."""
    return Figure(sum(row["City"] == "苏州" and row["Institution Type"] == "University" for row in raw["institutions"]))


@QUESTIONS.asks("各省的机构数量排名", "which province has the most institutions?")
def provinces_ranked(raw: Raw) -> Ranked:
    """Institutions by province."""
    return Ranked(per(raw["institutions"], "Province", len))


@QUESTIONS.asks("教育局客户有哪几家", "List every Education Bureau we have")
def bureaus(raw: Raw) -> Listed:
    """Institutions of one type."""
    return listed((row for row in raw["institutions"] if row["Institution Type"] == "Education Bureau"), "Institution Name")


@QUESTIONS.asks("学生最多的5所学校是哪些？", "Top 5 institutions by number of students")
def largest(raw: Raw) -> Ranked:
    """Institutions by students."""
    return Ranked({row["Institution Name"]: number(row["Number of Students"]) or 0 for row in raw["institutions"] if row["Number of Students"]}, top=5)


@QUESTIONS.asks("公立学校平均有多少学生？", "average number of students at public schools")
def students(raw: Raw) -> Figure:
    """Mean students of one type."""
    return Figure(average(column((row for row in raw["institutions"] if row["Institution Type"] == "Public School"), "Number of Students")))


@QUESTIONS.asks("已成客户的机构一共覆盖多少学生？")
def covered(raw: Raw) -> Figure:
    """Students of customers."""
    return Figure(total(customers(raw), "Number of Students"))


@QUESTIONS.asks("客户平均健康分是多少", "What's the average health score of our customers?")
def health(raw: Raw) -> Figure:
    """Mean health score."""
    return Figure(average(column(customers(raw), "Health Score")))


@QUESTIONS.asks("健康分低于50的客户有哪些？", "customers with a health score under 50")
def unhealthy(raw: Raw) -> Listed:
    """Customers with a score under 50."""
    return listed((row for row in customers(raw) if row["Health Score"] and int(row["Health Score"]) < 50), "Institution Name")


@QUESTIONS.asks("Which institution type has the lowest average health score?", "哪种机构类型的健康分平均最低？")
def unhealthy_type(raw: Raw) -> Ranked:
    """Mean health score by type, lowest first."""
    rows = [row for row in raw["institutions"] if row["Health Score"]]
    return Ranked(per(rows, "Institution Type", lambda held: average(column(held, "Health Score"))), lowest=True)


@QUESTIONS.asks("Key级别的客户里还没做过business review的有几家？", "how many Key-tier customers never had a business review?")
def no_review(raw: Raw) -> AnyOf:
    """Key customers without a review."""
    return AnyOf(tuple(Figure(sum(row["Account Tier"] == "Key" and not row["Last Business Review"] for row in rows)) for rows in either(raw)))


@QUESTIONS.asks("最近一次业务回顾超过半年的客户有多少家？", "customers whose last business review was more than 180 days ago")
def old_review(raw: Raw) -> AnyOf:
    """Customers with a review before 18 (or 19) September 2025; how many, or which."""
    rows = [[row for row in customers(raw) if row["Last Business Review"] and row["Last Business Review"] < first] for first in ("2025-09-18", "2025-09-19")]
    return AnyOf(tuple(given for held in rows for given in (Figure(len(held)), listed(held, "Institution Name"))))


@QUESTIONS.asks("渠道代理的客户占客户总数多少", "what share of customers comes through 渠道代理?")
def channel_share(raw: Raw) -> AnyOf:
    """Customers of the channel, of all customers."""
    return AnyOf(tuple(Figure(Decimal(sum(row["Sales Channel"] == "渠道代理" for row in rows)) / len(rows)) for rows in either(raw)))


@QUESTIONS.asks("Who owns 宁波致远外国语学校?", "宁波致远外国语学校是谁负责的？")
def owner_of(raw: Raw) -> Figure:
    """Owner of one institution."""
    return Figure(raw.by("institutions", "Institution Name")["宁波致远外国语学校"]["Account Owner"])


@QUESTIONS.asks("上海松泉师范大学的健康分和客户等级是多少？", "health score and tier of 上海松泉师范大学")
def songquan(raw: Raw) -> Each:
    """Two fields of one institution."""
    row = raw.by("institutions", "Institution Name")["上海松泉师范大学"]
    return Each((Figure(number(row["Health Score"])), Figure(row["Account Tier"])))


@QUESTIONS.asks("每个account owner名下有多少家机构？", "accounts per owner")
def owned(raw: Raw) -> Groups:
    """Institutions by owner."""
    return Groups(per(raw["institutions"], "Account Owner", len))


@QUESTIONS.asks("2025年新建档的机构有几家？", "How many institutions were created in 2025?")
def created(raw: Raw) -> Figure:
    """Institutions created in 2025."""
    return Figure(sum(row["Created Date"][:4] == "2025" for row in raw["institutions"]))


@QUESTIONS.asks("一单都没建过的机构有多少？", "institutions without a single deal: how many?")
def without_deal(raw: Raw) -> Figure:
    """Institutions that no deal names."""
    held = {row["Institution ID"] for row in raw["deals"]}
    return Figure(sum(row["Institution ID"] not in held for row in raw["institutions"]))


@QUESTIONS.asks("按机构类型和客户等级交叉看机构数", "Institutions by type and tier")
def type_and_tier(raw: Raw) -> Groups:
    """Institutions by two columns."""
    return Groups(per_two(raw["institutions"], "Institution Type", "Account Tier", len))


@QUESTIONS.asks("How many contacts do we have?", "一共有多少联系人")
def people(raw: Raw) -> Figure:
    """All contacts."""
    return Figure(len(raw["contacts"]))


@QUESTIONS.asks("联系人里Decision Maker有多少人？", "how many decision makers are in our contacts")
def deciders(raw: Raw) -> Figure:
    """Contacts of one buying role."""
    return Figure(sum(row["Buying Role"] == "Decision Maker" for row in raw["contacts"]))


@QUESTIONS.asks("还没加微信的校长有几位？", "How many 校长 have we not added on WeChat yet?")
def heads(raw: Raw) -> Figure:
    """Contacts titled 校长 without WeChat."""
    return Figure(sum(row["Job Title"] == "校长" and row["WeChat Added"] == "No" for row in raw["contacts"]))


@QUESTIONS.asks("没有邮箱的联系人有多少个？", "contacts missing an email address")
def no_mail(raw: Raw) -> Figure:
    """Contacts without an e-mail address."""
    return Figure(sum(not row["Email"] for row in raw["contacts"]))


@QUESTIONS.asks("南京景行高级中学我们认识哪些人？", "who do we know at 南京景行高级中学")
def known_there(raw: Raw) -> Listed:
    """Contacts of one institution."""
    return listed((row for row in raw["contacts"] if row["Institution Name"] == "南京景行高级中学"), "Full Name")


@QUESTIONS.asks("济南白鹭实验学校的唐霞是什么职务？", "What is 唐霞's job title, the one at 济南白鹭实验学校?")
def tang(raw: Raw) -> Figure:
    """One field of one of three of that name."""
    return Figure(next(row["Job Title"] for row in raw["contacts"] if row["Full Name"] == "唐霞" and row["Institution Name"] == "济南白鹭实验学校"))


@QUESTIONS.asks("合肥立新工业职业学院的王刚，手机号多少")
def wang(raw: Raw) -> Figure:
    """The number of one of two of that name."""
    return Figure(next(row["Mobile"] for row in raw["contacts"] if row["Full Name"] == "王刚" and row["Institution Name"] == "合肥立新工业职业学院"))


@QUESTIONS.asks("最常见的联系人职务是哪三个？")
def titles(raw: Raw) -> Ranked:
    """Contacts by title."""
    return Ranked(per(raw["contacts"], "Job Title", len), top=3)


@QUESTIONS.asks("哪些客户一个决策人联系人都没有？数量就行", "number of customers where we know no decision maker")
def no_decider(raw: Raw) -> AnyOf:
    """Customers without a contact who decides."""
    held = {row["Institution ID"] for row in raw["contacts"] if row["Buying Role"] == "Decision Maker"}
    return AnyOf(tuple(Figure(sum(row["Institution ID"] not in held for row in rows)) for rows in either(raw)))


@QUESTIONS.asks("从来没联系过的联系人有多少", "How many contacts have never been contacted?")
def never(raw: Raw) -> Figure:
    """Contacts without a last contact."""
    return Figure(sum(not row["Last Contacted"] for row in raw["contacts"]))


@QUESTIONS.asks("退订了邮件的联系人占百分之几？", "share of contacts who opted out of email")
def opted_out(raw: Raw) -> Figure:
    """Opted out, of all."""
    return Figure(Decimal(sum(row["Email Opt-Out"] == "Yes" for row in raw["contacts"])) / len(raw["contacts"]))


@QUESTIONS.asks("上周一共做了多少次拜访？", "on-site visits last week?")
def visits(raw: Raw) -> Figure:
    """Visits from 9 to 15 March 2026."""
    return Figure(sum(row["Activity Type"] == "On-site Visit" for row in done(raw, "2026-03-09", "2026-03-15")))


@QUESTIONS.asks("上个月各类活动分别有多少？", "Activities by type for last month")
def kinds(raw: Raw) -> Groups:
    """Activities of February 2026 by type."""
    return Groups(per(done(raw, "2026-02-01", "2026-02-28"), "Activity Type", len))


@QUESTIONS.asks("今年谁做的demo最多？", "who ran the most demos this year")
def demos(raw: Raw) -> Ranked:
    """Demos of 2026 by who did them."""
    return Ranked(per((row for row in done(raw, "2026-01-01") if row["Activity Type"] == "Demo"), "Done By", len))


@QUESTIONS.asks("去年每个月的活动总数", "monthly number of activities in 2025")
def monthly(raw: Raw) -> Groups:
    """Activities of 2025 by month."""
    return Groups(per(done(raw, "2025-01-01", "2025-12-31"), "Month", len))


@QUESTIONS.asks("How long does an on-site visit take on average?", "一次上门拜访平均多少分钟？")
def visit_length(raw: Raw) -> AnyOf:
    """Mean minutes of visits, as written; in days where the answer gives a span."""
    return minutes(average(column((row for row in raw["activities"] if row["Activity Type"] == "On-site Visit"), "Duration (Minutes)")))


@QUESTIONS.asks("会议时长的中位数是多少分钟", "median meeting length in minutes")
def meeting_length(raw: Raw) -> AnyOf:
    """Median minutes of meetings."""
    return minutes(middle(column((row for row in raw["activities"] if row["Activity Type"] == "Meeting"), "Duration (Minutes)")))


@QUESTIONS.asks("电话没人接的比例有多高？", "What share of our calls ended in No Answer?")
def no_answer(raw: Raw) -> Figure:
    """No answer, of all calls."""
    calls = [row for row in raw["activities"] if row["Activity Type"] == "Call"]
    return Figure(Decimal(sum(row["Outcome"] == "No Answer" for row in calls)) / len(calls))


@QUESTIONS.asks("超过60天没有任何活动的客户有几家？", "How many customers haven't had any activity for 60 days?")
def quiet(raw: Raw) -> AnyOf:
    """Customers without an activity since 17 (or 18) January 2026."""
    return AnyOf(tuple(Figure(len(untouched(raw, rows, since))) for rows in either(raw) for since in ("2026-01-17", "2026-01-18")))


@QUESTIONS.asks("Key客户里90天内没有活动记录的有哪些", "Key customers with no activity in the last 90 days")
def quiet_keys(raw: Raw) -> AnyOf:
    """Key customers without an activity since 18 December 2025."""
    return AnyOf(tuple(listed((row for row in untouched(raw, rows, "2025-12-18") if row["Account Tier"] == "Key"), "Institution Name") for rows in either(raw)))


@QUESTIONS.asks("When was our last activity with 无锡市滨河区教育局?", "最近一次联系无锡市滨河区教育局是哪天")
def last_with(raw: Raw) -> Figure:
    """The last activity with one institution."""
    place = raw.by("institutions", "Institution Name")["无锡市滨河区教育局"]["Institution ID"]
    return Figure(last_touch(raw)[place])


@QUESTIONS.asks("哪些在跟商机还没有任何活动记录？", "open deals with no activity logged at all")
def silent_deals(raw: Raw) -> Listed:
    """Open deals that no activity names."""
    held = {row["Deal ID"] for row in raw["activities"]}
    return listed(row for row in still_open(raw) if row["Deal ID"] not in held)


@QUESTIONS.asks("今年苗圃拜访了几次客户？", "How many visits has 苗圃 made this year?")
def miao_visits(raw: Raw) -> Figure:
    """Visits of one person in 2026."""
    return Figure(sum(row["Done By"] == "苗圃" and row["Activity Type"] == "On-site Visit" for row in done(raw, "2026-01-01")))


@QUESTIONS.asks("活动最多的机构是哪家，有多少次？", "Which institution got the most activities from us?")
def busiest(raw: Raw) -> Ranked:
    """Activities by institution."""
    return Ranked(per(done(raw), "Institution Name", len))


@QUESTIONS.asks("Positive的demo多还是Negative的多？", "demos: Positive vs Negative outcome")
def demo_results(raw: Raw) -> Compared:
    """Demos by outcome."""
    found = per((row for row in raw["activities"] if row["Activity Type"] == "Demo"), "Outcome", len)
    return Compared({name: found[name] for name in ("Positive", "Negative")})


@QUESTIONS.asks("下一步到期日就在这周的活动有几条？", "activities whose next step is due this week")
def due_this_week(raw: Raw) -> Figure:
    """Next step due from 16 to 22 March 2026."""
    return Figure(sum("2026-03-16" <= row["Next Step Due"] <= "2026-03-22" for row in raw["activities"]))


@QUESTIONS.asks("我们现在在职的有多少人？", "how many active people are on the team?")
def staff(raw: Raw) -> Figure:
    """Team members of the status Active."""
    return Figure(sum(row["Status"] == "Active" for row in raw["team"]))


@QUESTIONS.asks("各团队人数", "Headcount by team")
def headcount(raw: Raw) -> AnyOf:
    """Team members by team, all or those still there."""
    return AnyOf((Groups(per(raw["team"], "Team", len)), Groups(per((row for row in raw["team"] if row["Status"] == "Active"), "Team", len))))


@QUESTIONS.asks("谁是马天宇的上级？", "Who does 马天宇 report to?")
def boss(raw: Raw) -> Figure:
    """Manager of one person."""
    return Figure(raw.by("team", "Full Name")["马天宇"]["Manager"])


@QUESTIONS.asks("向顾雨晴汇报的人有哪些", "list the people who report to 顾雨晴")
def reports(raw: Raw) -> Listed:
    """People of one manager."""
    return listed((row for row in raw["team"] if row["Manager"] == "顾雨晴"), "Full Name")


@QUESTIONS.asks("销售年度指标合计多少？", "What's the total annual quota of the team?")
def quota(raw: Raw) -> AnyOf:
    """Quotas together, of all or of those still there."""
    return AnyOf((Figure(total(raw["team"], "Annual Quota")), Figure(total((row for row in raw["team"] if row["Status"] == "Active"), "Annual Quota"))))


@QUESTIONS.asks("Who has the highest quota?", "谁的年度指标最高")
def top_quota(raw: Raw) -> Ranked:
    """People by quota."""
    return Ranked({row["Full Name"]: number(row["Annual Quota"]) or 0 for row in raw["team"] if row["Annual Quota"]})


@QUESTIONS.asks("林晓棠去年签单额达到她的年度指标了吗？", "did 林晓棠 make her annual quota with what she won last year?")
def made_quota(raw: Raw) -> AnyOf:
    """Won value of 2025 against the quota: yes, both values, or the quotient."""
    held = value(row for row in won(raw, "2025-01-01", "2025-12-31") if row["Deal Owner"] == "林晓棠")
    goal = number(raw.by("team", "Full Name")["林晓棠"]["Annual Quota"]) or Decimal(1)
    return AnyOf((YesNo(held >= goal), Figure(held / goal), Each((Figure(held), Figure(goal))), Compared({"won": held, "quota": goal})))


@QUESTIONS.asks("谁入职最早？", "who joined the company first")
def first_joined(raw: Raw) -> AnyOf:
    """The earliest start date: the person, or the day."""
    row = min(raw["team"], key=lambda held: held["Start Date"])
    return AnyOf((Figure(row["Full Name"]), Figure(row["Start Date"])))


@QUESTIONS.asks("罗一鸣离职后，他名下还有几个没关的商机？多少钱？", "罗一鸣 has left: how many open deals are still in his name, and worth how much?")
def orphaned(raw: Raw) -> Each:
    """Open deals of the one who left."""
    rows = [row for row in still_open(raw) if row["Deal Owner"] == "罗一鸣"]
    return Each((Figure(len(rows)), Figure(value(rows))))


@QUESTIONS.asks("Which people sit in the 上海 office?", "上海办公室有哪些同事？")
def shanghai(raw: Raw) -> Listed:
    """People of one office."""
    return listed((row for row in raw["team"] if row["Office"] == "上海"), "Full Name")


@QUESTIONS.asks("2024年以来入职的有谁", "anyone who joined since 2024?")
def newcomers(raw: Raw) -> Listed:
    """People who began in 2024 or later."""
    return listed((row for row in raw["team"] if "2024-01-01" <= row["Start Date"] <= NOW), "Full Name")
