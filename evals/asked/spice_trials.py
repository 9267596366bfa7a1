"""Questions to the maker of seasonings about the samples that it sends and the visits that it makes."""

from __future__ import annotations

from decimal import Decimal

from evals.asked.expecting import AnyOf, Compared, Figure, Groups, Listed, Ranked
from evals.asked.raw import Raw, day, numbers, total
from evals.asked.spice_rows import QUESTIONS, TODAY, deals, iso, marked, mean, passed, per, rate, samples, since, visits


@QUESTIONS.asks("去年总共寄了多少份样？", "How many samples did we send out in 2025?")
def samples_2025(raw: Raw) -> Figure:
    """Samples sent in 2025."""
    return Figure(len(samples(raw, "2025-01-01", "2025-12-31")))


@QUESTIONS.asks("试样通过率多少？有结果的里面算", "sample pass rate (过没过), counting only those with a result")
def pass_rate(raw: Raw) -> Figure:
    """Passed of those with a verdict."""
    return Figure(passed(samples(raw)))


@QUESTIONS.asks("哪个货品试样通过率最低？", "Which 货品 has the lowest sample pass rate?")
def hardest_sample(raw: Raw) -> Ranked:
    """Pass rate by goods, lowest first."""
    return Ranked(per((row for row in samples(raw) if row["过没过"]), "货品", passed), lowest=True)


@QUESTIONS.asks("试吃打分平均几分", "average tasting score overall?")
def mean_score(raw: Raw) -> Figure:
    """Mean score."""
    return Figure(mean(numbers(samples(raw), "试吃打分")))


@QUESTIONS.asks("样没过，客户嫌得最多的是啥？", "What do customers complain about most when a sample fails (嫌什么)?")
def disliked(raw: Raw) -> Ranked:
    """Samples by what was disliked."""
    return Ranked(per(samples(raw), "嫌什么", len))


@QUESTIONS.asks("样寄出去到客户试吃，平均隔多少天？", "How long does it take on average from sending a sample to the tasting?")
def sample_wait(raw: Raw) -> Figure:
    """Mean days from sending to tasting."""
    return Figure(mean(since(row["哪天寄的"], row["哪天试的"]) for row in samples(raw)))


@QUESTIONS.asks("2025年寄样的快递费一共花了多少钱", "total courier cost (快递费) for samples in 2025")
def courier(raw: Raw) -> Figure:
    """Courier costs of samples sent in 2025."""
    return Figure(total(samples(raw, "2025-01-01", "2025-12-31"), "快递费(元)"))


@QUESTIONS.asks("寄出去了客户还没试的样有几份？", "how many samples have not been tasted yet?")
def untried(raw: Raw) -> Figure:
    """Samples without a day of tasting."""
    return Figure(sum(not row["哪天试的"] for row in samples(raw)))


@QUESTIONS.asks("寄了超过30天客户到现在还没试的样单有多少", "Samples sent over 30 days ago and still untested: how many?")
def long_untried(raw: Raw) -> Figure:
    """Not tasted, sent more than 30 days before today."""
    return Figure(sum(not row["哪天试的"] and (since(row["哪天寄的"], TODAY.isoformat()) or 0) > 30 for row in samples(raw)))


@QUESTIONS.asks("去年谁寄样寄得最勤？", "who sent the most samples in 2025")
def keenest_sender(raw: Raw) -> Ranked:
    """Samples of 2025 by sender."""
    return Ranked(per(samples(raw, "2025-01-01", "2025-12-31"), "寄样人", len))


@QUESTIONS.asks("今年到现在寄样寄掉多少公斤货？", "kg of samples sent so far this year")
def sample_kilos(raw: Raw) -> Figure:
    """Weight of samples sent in 2026."""
    return Figure(total(samples(raw, "2026-01-01"), "寄了多少(公斤)"))


@QUESTIONS.asks(
    "有样过了的单和样一个都没过的单，成单率差多少？各报一个", "win rate of deals with at least one passed sample (过没过=Y) vs deals whose samples all failed"
)
def rate_by_sample(raw: Raw) -> AnyOf:
    """Win rate of deals with a passed sample, and of those with a failed one (all failed, or at least one)."""
    good = {row["跟进单号"] for row in samples(raw) if row["过没过"] == "Y"}
    bad = {row["跟进单号"] for row in samples(raw) if row["过没过"] == "N"}
    first = rate(row for row in deals(raw) if row["单号"] in good)
    seconds = [rate(row for row in deals(raw) if row["单号"] in group) for group in (bad - good, bad)]
    return AnyOf(tuple(Compared({"Y": first, "N": second}) for second in seconds))


@QUESTIONS.asks("酒店集团客户的试样通过率跟食品工厂比哪个高？", "Compare sample pass rates: 酒店集团 and 食品工厂")
def pass_by_type(raw: Raw) -> Compared:
    """Pass rate by kind of customer."""
    found = per((row for row in samples(raw) if row["过没过"]), "哪一类", passed)
    return Compared({name: found[name] for name in ("酒店集团", "食品工厂")})


@QUESTIONS.asks("上个月上门拜访了多少次？", "How many 上门 visits did we make last month?")
def calls_last_month(raw: Raw) -> Figure:
    """Visits in person in February 2026."""
    return Figure(sum(row["怎么见的"] == "上门" for row in visits(raw, "2026-02-01", "2026-02-28")))


@QUESTIONS.asks("打卡记录按怎么见的分，各有多少次", "break down 拜访打卡 by 怎么见的")
def ways(raw: Raw) -> Groups:
    """Visits by way."""
    return Groups(per(visits(raw), "怎么见的", len))


@QUESTIONS.asks("去年上门拜访次数最多的是哪个业务员？", "Which rep made the most in-person visits (上门) in 2025?")
def most_visits(raw: Raw) -> Ranked:
    """Visits in person of 2025, by person."""
    return Ranked(per((row for row in visits(raw, "2025-01-01", "2025-12-31") if row["怎么见的"] == "上门"), "姓名", len))


@QUESTIONS.asks("上周谁打卡最多，跑了几次？", "who had the most check-ins last week?")
def last_week(raw: Raw) -> Ranked:
    """Visits from 2 to 8 March 2026 by person."""
    return Ranked(per(visits(raw, "2026-03-02", "2026-03-08"), "姓名", len))


@QUESTIONS.asks("上门拜访一次平均聊多少分钟？", "average length in minutes of an in-person (上门) visit")
def length(raw: Raw) -> Figure:
    """Mean minutes in person."""
    return Figure(mean(numbers((row for row in visits(raw) if row["怎么见的"] == "上门"), "聊了多久(分钟)")))


@QUESTIONS.asks("去年下半年每个月打卡多少次", "check-ins per month, July to December 2025")
def visits_by_month(raw: Raw) -> Groups:
    """Visits by month, in the second half of 2025."""
    return Groups(per(marked(visits(raw, "2025-07-01", "2025-12-31"), "打卡时间", lambda text: iso(text)[:7]), "期", len))


@QUESTIONS.asks("在职、有月任务的业务员里，这周还没打过卡的有谁？", "Which current reps with a 月任务 have no 打卡 this week yet?")
def silent_this_week(raw: Raw) -> Listed:
    """People still there with a target and no visit since Monday."""
    seen = {row["工号"] for row in visits(raw, "2026-03-09")}
    return Listed(frozenset(row["姓名"] for row in raw["业务员"] if row["还在职"] == "Y" and row["月任务(元)"] and row["工号"] not in seen))


@QUESTIONS.asks("客户态度记了的打卡里，冷的占多少？", "share of visits with 客户态度 冷, among those where it's recorded")
def cold(raw: Raw) -> Figure:
    """Cold of those with a mood."""
    moods = [row["客户态度"] for row in visits(raw) if row["客户态度"]]
    return Figure(Decimal(moods.count("冷")) / len(moods))


@QUESTIONS.asks("最近一次去见楚味餐饮（打卡）是哪天？", "When was our last check-in with 楚味餐饮?")
def last_seen(raw: Raw) -> Figure:
    """The latest visit to one customer."""
    return Figure(day(max(iso(row["打卡时间"]) for row in visits(raw) if row["客户名"] == "楚味餐饮")))


@QUESTIONS.asks("打卡聊的啥最多？", "What's the most frequent topic (聊的啥) of our visits?")
def topics(raw: Raw) -> Ranked:
    """Visits by topic."""
    return Ranked(per(visits(raw), "聊的啥", len))


@QUESTIONS.asks("没挂跟进单号的打卡有多少条", "how many check-ins are not linked to any deal?")
def unlinked(raw: Raw) -> Figure:
    """Visits without an opportunity."""
    return Figure(sum(not row["跟进单号"] for row in visits(raw)))
