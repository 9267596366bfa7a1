"""Asks the same questions of an export and of the same export with every file, column, name and category called otherwise, and compares how many are right."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from evals.asked.asking import opened_on
from evals.asked.expecting import Case, Expected, Figure, Groups, Language, Listed, Ranked, Truth
from evals.asked.judging import judge
from evals.asked.raw import Raw, Row, day, number, total
from evals.asked.renamed_words import ACCOUNTS, CHINESE, ENGLISH, RELABELLED, Skin
from evals.asked.stores import import_export
from evals.figures import Figure as Metric
from evals.figures import share

TODAY = date(2026, 9, 30)
SEED, DEALS, TICKETS = 9, 400, 160
BEFORE, AFTER = ENGLISH, (RELABELLED, CHINESE)
Asks = Callable[["Story"], Expected]


class Story:
    """One question's blanks and truth for one skin, worked out from its raw files."""

    def __init__(self, raw: Raw, skin: Skin, picked: dict[str, int]) -> None:
        """``picked`` is the place of each name or category in its list."""
        self.raw, self.skin, self.picked = raw, skin, picked

    def __getitem__(self, blank: str) -> str:
        """What stands in a blank: a name or a category of this skin."""
        lists = {**self.skin.values, **self.skin.names}
        return lists[blank][self.picked[blank] % len(lists[blank])]

    def cell(self, row: Row, column: str) -> str:
        """A column of a row, by its key."""
        return row[self.skin.columns[column]]

    def rows(self, file: str, **wanted: str) -> list[Row]:
        """Rows of a file with these values in its columns."""
        return [r for r in self.raw[self.skin.files[file]] if all(self.cell(r, f"{file}.{column}") == value for column, value in wanted.items())]

    def deals(self, stage: int, **wanted: str) -> list[Row]:
        """Deals in a stage: 0 are won, 1 lost."""
        return self.rows("deals", stage=self.skin.values["stage"][stage], **wanted)

    def worth(self, rows: list[Row]) -> Decimal:
        """The amounts together."""
        return total(rows, self.skin.columns["deals.amount"])

    def number(self, file: str, column: str) -> Decimal | None:
        """A number of the record whose name stands in the blank that is called like the file."""
        return number(self.cell(self.rows(file, name=self[file])[0], f"{file}.{column}"))

    def by(self, rows: list[Row], column: str) -> dict[str, list[Row]]:
        """Rows by the value of a column; ``account.…`` is a column of the deal's account, ``owner.…`` one of its owner."""
        found: dict[str, list[Row]] = defaultdict(list)
        kind, _, name = column.partition(".")
        if name:
            file = {"account": "accounts", "owner": "people"}[kind]
            held = {self.cell(row, f"{file}.name"): self.cell(row, f"{file}.{name}") for row in self.rows(file)}
        for row in rows:
            value = self.cell(row, f"deals.{kind}")
            found[held[value] if name else value].append(row)
        return found


def _rate(story: Story, **wanted: str) -> Figure:
    won, lost = len(story.deals(0, **wanted)), len(story.deals(1, **wanted))
    return Figure(Decimal(won) / (won + lost))


def _counted(story: Story, column: str, stage: int = 0) -> Groups:
    return Groups({key: len(rows) for key, rows in story.by(story.deals(stage), column).items()})


def _worth_by(story: Story, column: str, top: int | None = None, lowest: bool = False) -> Ranked:
    return Ranked({key: story.worth(rows) for key, rows in story.by(story.deals(0), column).items()}, top, lowest)


def _in_month(story: Story, rows: list[Row], column: str, month: int) -> list[Row]:
    return [row for row in rows if (on := day(story.cell(row, column))) and (on.year, on.month) == (2026, month)]


def _in_year(story: Story, rows: list[Row], year: int) -> list[Row]:
    return [row for row in rows if (on := day(story.cell(row, "deals.closed"))) and on.year == year]


def _above(story: Story, rows: list[Row], bound: int) -> list[Row]:
    return [row for row in rows if story.worth([row]) > bound]


def _mean(story: Story, rows: list[Row]) -> Figure:
    return Figure(story.worth(rows) / len(rows))


def _tally(story: Story, file: str, column: str) -> Groups:
    return Groups(Counter(story.cell(row, f"{file}.{column}") for row in story.rows(file)))


def _named(story: Story, rows: list[Row], column: str) -> Listed:
    return Listed(frozenset(story.cell(row, column) for row in rows), count=len(rows))


QUESTIONS: tuple[tuple[str, str, Asks], ...] = (
    ("How many deals did {people} win?", "{people}赢了多少单？", lambda s: Figure(len(s.deals(0, owner=s["people"])))),
    ("What is the win rate of {people}?", "{people}的赢单率是多少？", lambda s: _rate(s, owner=s["people"])),
    ("How much did {people} win in total?", "{people}的赢单总额是多少？", lambda s: Figure(s.worth(s.deals(0, owner=s["people"])))),
    ("How many deals of {products} were lost?", "{products}丢了多少单？", lambda s: Figure(len(s.deals(1, product=s["products"])))),
    ("won value of {products}", "{products}的赢单金额", lambda s: Figure(s.worth(s.deals(0, product=s["products"])))),
    ("Won deals by [region]", "按[region]统计赢单数", lambda s: _counted(s, "owner.region")),
    ("Lost deals by [industry]", "按[industry]统计输单数", lambda s: _counted(s, "account.industry", 1)),
    ("Won deals by [channel]", "按[channel]统计赢单数", lambda s: _counted(s, "channel")),
    ("Won deals by [tier]", "按[tier]统计赢单数", lambda s: _counted(s, "account.tier")),
    ("How many deals did we win in [region] {region}?", "{region}赢了多少单？", lambda s: Figure(len(s.by(s.deals(0), "owner.region")[s["region"]]))),
    ("Won value in the {industry} [industry]", "{industry}[industry]的赢单金额",
     lambda s: Figure(s.worth(s.by(s.deals(0), "account.industry")[s["industry"]]))),
    ("How many deals won came through {channel}?", "通过{channel}赢了多少单？", lambda s: Figure(len(s.deals(0, channel=s["channel"])))),
    ("Top 3 reps by won value", "赢单金额最高的3个销售", lambda s: _worth_by(s, "owner", top=3)),
    ("Which product has the highest won value?", "哪个产品的赢单金额最高？", lambda s: _worth_by(s, "product")),
    ("How many accounts are in {city}?", "{city}有多少个客户？", lambda s: Figure(len(s.rows("accounts", city=s["city"])))),
    ("How many {tier} accounts do we have?", "有多少个{tier}客户？", lambda s: Figure(len(s.rows("accounts", tier=s["tier"])))),
    ("List the {industry} accounts in {city}", "列出{city}的{industry}客户",
     lambda s: _named(s, s.rows("accounts", industry=s["industry"], city=s["city"]), "accounts.name")),
    ("What is the [employees] of {accounts}?", "{accounts}有多少[employees]？", lambda s: Figure(s.number("accounts", "employees"))),
    ("In which [city] is {accounts}?", "{accounts}在哪个[city]？", lambda s: Figure(s.cell(s.rows("accounts", name=s["accounts"])[0], "accounts.city"))),
    ("How many deals does {accounts} have?", "{accounts}有多少个商机？", lambda s: Figure(len(s.rows("deals", account=s["accounts"])))),
    ("What is the [price] of {products}?", "{products}的[price]是多少？", lambda s: Figure(s.number("products", "price"))),
    ("How many tickets have [priority] {priority}?", "[priority]为{priority}的工单有多少？", lambda s: Figure(len(s.rows("tickets", priority=s["priority"])))),
    ("How many deals did we win in March 2026?", "2026年3月赢了多少单？", lambda s: Figure(len(_in_month(s, s.deals(0), "deals.closed", 3)))),
    ("How many deals did {people} win in May 2026?", "{people}2026年5月赢了多少单？",
     lambda s: Figure(len(_in_month(s, s.deals(0, owner=s["people"]), "deals.closed", 5)))),
    ("How many deals did {people} lose in 2026?", "{people}2026年丢了多少单？", lambda s: Figure(len(_in_year(s, s.deals(1, owner=s["people"]), 2026)))),
    ("Number of open deals of {people}", "{people}有多少个进行中的商机？", lambda s: Figure(sum(len(s.deals(at, owner=s["people"])) for at in (2, 3)))),
    ("How many deals are in the stage {stage}?", "处于{stage}阶段的商机有多少个？", lambda s: Figure(len(s.rows("deals", stage=s["stage"])))),
    ("Which rep lost the most deals?", "哪个销售丢单最多？", lambda s: Ranked({who: len(rows) for who, rows in s.by(s.deals(1), "owner").items()})),
    ("Accounts by [tier]", "按[tier]统计客户数", lambda s: _tally(s, "accounts", "tier")),
    ("Accounts by [city]", "按[city]统计客户数", lambda s: _tally(s, "accounts", "city")),
    ("Tickets by [priority]", "按[priority]统计工单数", lambda s: _tally(s, "tickets", "priority")),
    ("Won value by product", "各产品的赢单金额", lambda s: Groups({key: s.worth(rows) for key, rows in s.by(s.deals(0), "product").items()})),
    ("Which [region] has the lowest won value?", "哪个[region]的赢单金额最低？", lambda s: _worth_by(s, "owner.region", lowest=True)),
    ("Average amount of won deals of {products}", "{products}赢单的平均金额", lambda s: _mean(s, s.deals(0, product=s["products"]))),
    ("How many {industry} accounts are in {city}?", "{city}有多少个{industry}客户？",
     lambda s: Figure(len(s.rows("accounts", industry=s["industry"], city=s["city"])))),
    ("How many deals of {products} did {people} win?", "{people}赢了多少单{products}？",
     lambda s: Figure(len(s.deals(0, product=s["products"], owner=s["people"])))),
    ("How many tickets does {accounts} have?", "{accounts}有多少个工单？", lambda s: Figure(len(s.rows("tickets", account=s["accounts"])))),
    ("How many deals above 50000 did we win with {products}?", "{products}赢单金额超过50000的有多少单？",
     lambda s: Figure(len(_above(s, s.deals(0, product=s["products"]), 50_000)))),
)  # fmt: skip
ROUNDS = 8


def evaluate_renamed() -> dict[str, Metric]:
    """Accuracies under each set of words, and the largest fall from the first."""
    with TemporaryDirectory(prefix="plumb-renamed-") as place:
        found = {skin.key: accuracy(skin, Path(place)) for skin in (BEFORE, *AFTER)}
    worst = min((found[skin.key] for skin in AFTER), key=lambda figure: figure.metric)
    first = found[BEFORE.key]
    drop = first.metric - worst.metric
    ends = (first.interval[0] - worst.interval[1], first.interval[1] - worst.interval[0])
    metrics = {f"renamed_accuracy_{key}": figure for key, figure in found.items()}
    return {**metrics, "renamed_accuracy_drop": Metric(metric=drop, interval=ends, n=first.n)}


def accuracy(skin: Skin, place: Path, report: Callable[[str], None] = lambda _: None) -> Metric:
    """The share of questions that are answered right in the words of ``skin``; ``report`` hears of the others."""
    folder = place / skin.key
    write_export(skin, folder)
    import_export(folder, place / f"{skin.key}-data", skin.key)
    verdicts = []
    with opened_on(place / f"{skin.key}-data", Raw(folder), TODAY) as asker:
        for case in cases(skin):
            asked = asker.ask(case)
            verdict = judge(asked)
            verdicts.append(verdict.right)
            if not verdict.right:
                report(f"{skin.key}: {case.question} → {verdict.reason}: {asked.answer.answer[:160]}")
    return share(sum(verdicts), len(verdicts))


def cases(skin: Skin) -> list[Case]:
    """Each question in both languages and several fillings, none twice."""
    found: dict[str, Case] = {}
    for place in range(ROUNDS):
        for at, (en, zh, asks) in enumerate(QUESTIONS):
            rng = Random(f"{SEED} {place} {at}")  # noqa: S311 - no secret
            picked = {blank: rng.randrange(600) for blank in sorted({*skin.values, *skin.names})}
            phrasings: tuple[tuple[Language, str], ...] = (("en", en), ("zh", zh))
            for language, template in phrasings:
                question = _filled(template, skin, picked, language)
                found.setdefault(question, Case(f"renamed.{at}.{place}.{language}", question, _truth(asks, skin, picked), language))
    return list(found.values())


def _filled(template: str, skin: Skin, picked: dict[str, int], language: Language) -> str:
    lists = {**skin.values, **skin.names}
    text = template
    for blank, held in lists.items():
        text = text.replace(f"{{{blank}}}", held[picked[blank] % len(held)])
    for key, word in skin.asked[language].items():
        text = text.replace(f"[{key}]", word)
    return text


def _truth(asks: Asks, skin: Skin, picked: dict[str, int]) -> Truth:
    return lambda raw: asks(Story(raw, skin, picked))


# -- the export -----------------------------------------------------------------------------------------------------


def write_export(skin: Skin, folder: Path) -> None:
    """The same company in the words of ``skin``: five files."""
    folder.mkdir(parents=True)
    for file, rows in _tables(skin):
        with (folder / f"{skin.files[file]}.csv").open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(label for key, label in skin.columns.items() if key.startswith(f"{file}."))
            writer.writerows(rows)


def _tables(skin: Skin) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    rng, values, names = Random(SEED), skin.values, skin.names  # noqa: S311 - no secret
    people, products = range(len(names["people"])), range(len(names["products"]))
    yield "people", [(names["people"][at], values["region"][at % 3]) for at in people]
    kinds = [tuple(rng.randrange(size) for size in (4, 5, 3)) for _ in range(ACCOUNTS)]
    staff = [rng.randrange(20, 9_000) for _ in range(ACCOUNTS)]
    yield "accounts", [(names["accounts"][at], values["industry"][i], names["city"][c], staff[at], values["tier"][t]) for at, (i, c, t) in enumerate(kinds)]
    yield "products", [(names["products"][at], 1_000 + 730 * at) for at in products]
    deals: list[tuple[object, ...]] = []
    for at in range(DEALS):
        account, owner, product = rng.randrange(ACCOUNTS), rng.choice(people), rng.choice(products)
        stage, channel = rng.choices(range(4), (5, 4, 2, 2))[0], rng.randrange(3)
        opened = date(2025, 10, 1) + timedelta(days=rng.randrange(270))
        closed = opened + timedelta(days=rng.randrange(5, 90)) if stage < 2 else TODAY + timedelta(days=rng.randrange(5, 90))
        what = names["accounts"][account], names["people"][owner], names["products"][product], values["stage"][stage]
        deals.append((f"D{at:04d}", *what, rng.randrange(500, 90_000), opened, closed, values["channel"][channel]))
    yield "deals", deals
    yield (
        "tickets",
        [
            (
                f"T{at:04d}",
                names["accounts"][rng.randrange(ACCOUNTS)],
                values["priority"][rng.randrange(3)],
                date(2026, 1, 1) + timedelta(days=rng.randrange(260)),
            )
            for at in range(TICKETS)
        ],
    )
