"""What is true about the demo: counts, sums and planted stories, computed from the generator's own rows and never by a query."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from tools.crm.demo.billing import RENEWAL
from tools.crm.demo.planning import latest_rates
from tools.crm.demo.seasons import quarter_start
from tools.crm.demo.selling import log_odds
from tools.crm.demo.stories import Plot
from tools.crm.demo.world import Deal, World
from tools.crm.demo.writing import HEADERS
from tools.trace.cells import Frozen

LISTED = 50
SILENT_DAYS = 60
RENEWAL_DAYS = 60
Money = dict[str, Decimal]  # by currency


class Period(Frozen):
    """Deals decided between two days, both included, by close date. ``win_rate`` is None where none was decided."""

    start: date
    end: date
    won: int
    lost: int
    win_rate: Decimal | None
    won_value: Money
    won_by_region: dict[str, int]
    won_value_by_region: dict[str, Money]
    won_by_rep: dict[str, int]
    won_value_by_rep: dict[str, Money]


class Ranked(Frozen):
    """A name with its figure, in a ranking."""

    name: str
    value: Decimal


class Story(Frozen):
    """A planted story with the days that matter in it and the figures to expect. Weekly figures are means per seven days."""

    key: str
    account_id: str | None
    account: str | None
    opportunity_id: str | None
    member: str | None
    days: dict[str, date]
    details: dict[str, str]
    figures: dict[str, Decimal]


class DemoTruth(Frozen):
    """The truth about one demo. Money is by currency; ``*_cny`` is converted by the latest rate; mean hours are over answered records."""

    size: str
    seed: int
    today: date
    rows: dict[str, int]
    periods: dict[str, Period]
    open_deals: int
    open_by_stage: dict[str, int]
    pipeline: Money
    top_accounts_cny: tuple[Ranked, ...]
    top_reps_by_wins: tuple[Ranked, ...]
    accounts_by_tier: dict[str, int]
    accounts_by_region: dict[str, int]
    accounts_by_sector: dict[str, int]
    interactions_by_kind: dict[str, int]
    silent_with_open_deal: int
    silent_with_open_deal_names: tuple[str, ...]
    contracts_ending_soon: tuple[str, ...]
    answer_hours_by_tier: dict[str, Decimal]
    answer_hours_by_women_founded: dict[str, Decimal]
    lead_hours_by_rep: dict[str, Decimal]
    requests_on_time: int
    requests_due: int
    overdue_balance: Money
    missed_twice: tuple[str, ...]
    rates_to_cny: dict[str, Decimal]
    win_log_odds: dict[str, float]
    renewal_log_odds: dict[str, float]
    notes_by_mood: dict[str, tuple[str, ...]]
    stories: dict[str, Story]


def tell_truth(world: World, plots: Mapping[str, Plot], days: Mapping[str, list[int]], interactions: int) -> DemoTruth:
    """The truth about a world whose rows are all there; ``days`` are the days of interactions of the accounts in stories."""
    rates = {"CNY": Decimal(1)} | {base: Decimal(rate) for base, rate in latest_rates(world).items()}
    won = [deal for deal in world.deals if deal.status == "Won"]
    open_deals = [deal for deal in world.deals if deal.status == "Open"]
    silent = silent_accounts(world, open_deals)
    on_time, due = _requests(world)
    by_account: dict[str, Decimal] = defaultdict(Decimal)
    for deal in won:
        by_account[deal.account.name] += deal.amount * rates[deal.currency]
    today = date.fromordinal(world.seasons.today)
    tiers = {account.id: account.tier for account in world.accounts}
    women = {account.id: "women-founded" if account.women_founded else "other" for account in world.accounts}
    reps = {member.id: member.name for member in world.members}
    return DemoTruth(
        size=world.size_name,
        seed=world.seed,
        today=today,
        rows={table: interactions if table == "interactions" else len(world.tables[table]) for table in HEADERS},
        periods={name: period(world, start, end) for name, (start, end) in periods(today).items()},
        open_deals=len(open_deals),
        open_by_stage=dict(Counter(deal.stage for deal in open_deals)),
        pipeline=_value(open_deals),
        top_accounts_cny=_ranked(by_account),
        top_reps_by_wins=_ranked({name: Decimal(count) for name, count in Counter(deal.owner.name for deal in won).items()}),
        accounts_by_tier=dict(Counter(account.tier for account in world.accounts)),
        accounts_by_region=dict(Counter(account.region for account in world.accounts)),
        accounts_by_sector=dict(Counter(account.sector for account in world.accounts)),
        interactions_by_kind=dict(sorted(world.kinds.items())),
        silent_with_open_deal=len(silent),
        silent_with_open_deal_names=tuple(silent[:LISTED]),
        contracts_ending_soon=_ending_soon(world, today),
        answer_hours_by_tier=_mean_hours(world, "tickets", "Account ID", "Opened at", tiers),
        answer_hours_by_women_founded=_mean_hours(world, "tickets", "Account ID", "Opened at", women),
        lead_hours_by_rep=_mean_hours(world, "leads", "Owner ID", "Created date", reps),
        requests_on_time=on_time,
        requests_due=due,
        overdue_balance=_overdue(world),
        missed_twice=missed_twice(world),
        rates_to_cny=rates,
        win_log_odds=log_odds(world),
        renewal_log_odds=RENEWAL,
        notes_by_mood={mood: tuple(ids) for mood, ids in sorted(world.moods.items())},
        stories={key: _story(world, plot, days) for key, plot in plots.items()},
    )


def periods(today: date) -> dict[str, tuple[date, date]]:
    """Calendar periods that people ask about, and all of it."""
    quarter = quarter_start(today)
    last = quarter - timedelta(days=1)
    year = date(today.year, 1, 1)
    return {
        "this quarter": (quarter, today),
        "last quarter": (quarter_start(last), last),
        "this year": (year, today),
        "last year": (date(today.year - 1, 1, 1), year - timedelta(days=1)),
        "all": (date(1, 1, 1), today),
    }


def period(world: World, start: date, end: date) -> Period:
    """The deals decided in a period."""
    low, high = start.toordinal(), end.toordinal()
    decided = [deal for deal in world.deals if deal.status != "Open" and low <= deal.close <= high]
    won = [deal for deal in decided if deal.status == "Won"]
    regions: dict[str, list[Deal]] = defaultdict(list)
    reps: dict[str, list[Deal]] = defaultdict(list)
    for deal in won:
        regions[deal.account.region].append(deal)
        reps[deal.owner.name].append(deal)
    return Period(
        start=start,
        end=end,
        won=len(won),
        lost=len(decided) - len(won),
        win_rate=Decimal(len(won)) / len(decided) if decided else None,
        won_value=_value(won),
        won_by_region={name: len(deals) for name, deals in sorted(regions.items())},
        won_value_by_region={name: _value(deals) for name, deals in sorted(regions.items())},
        won_by_rep={name: len(deals) for name, deals in sorted(reps.items())},
        won_value_by_rep={name: _value(deals) for name, deals in sorted(reps.items())},
    )


def _value(deals: Iterable[Deal]) -> Money:
    found: dict[str, int] = defaultdict(int)
    for deal in deals:
        found[deal.currency] += deal.amount
    return {currency: Decimal(amount) for currency, amount in sorted(found.items())}


def _ranked(figures: Mapping[str, Decimal]) -> tuple[Ranked, ...]:
    best = sorted(figures.items(), key=lambda item: (-item[1], item[0]))[:5]
    return tuple(Ranked(name=name, value=value) for name, value in best)


def silent_accounts(world: World, open_deals: Iterable[Deal]) -> list[str]:
    """Names of accounts with an open deal and no interaction in the last 60 days."""
    since = world.seasons.today - SILENT_DAYS
    holders = {deal.account.id: deal.account.name for deal in open_deals}
    return sorted(name for account, name in holders.items() if world.talked.get(account, 0) < since)


def _cells(world: World, table: str, *headers: str) -> Iterable[tuple[str, ...]]:
    """Columns of a file's rows, as text."""
    places = [HEADERS[table].index(header) for header in headers]
    for row in world.tables[table]:
        yield tuple("" if row[place] is None else str(row[place]) for place in places)


def _mean_hours(world: World, table: str, key: str, since: str, groups: Mapping[str, str]) -> dict[str, Decimal]:
    minutes: dict[str, list[int]] = defaultdict(list)
    for owner, start, end in _cells(world, table, key, since, "First response"):
        if end:
            minutes[groups[owner]].append(int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()) // 60)
    return {name: Decimal(sum(each)) / (60 * len(each)) for name, each in sorted(minutes.items())}


def _requests(world: World) -> tuple[int, int]:
    """Requests answered by their due time, and all whose due time has passed."""
    now = world.iso(world.seasons.today)
    on_time = [bool(answered) and answered <= due for due, answered in _cells(world, "requests", "Due at", "Responded at") if due < now]
    return sum(on_time), len(on_time)


def _overdue(world: World) -> Money:
    found: dict[str, int] = defaultdict(int)
    today = world.iso(world.seasons.today)
    for balance, currency, due in _cells(world, "invoices", "Balance", "Currency", "Due date"):
        if due < today:
            found[currency] += int(balance)
    return {currency: Decimal(amount) for currency, amount in sorted(found.items())}


def _ending_soon(world: World, today: date) -> tuple[str, ...]:
    """Numbers of contracts that end from today to 60 days on."""
    low, high = today.isoformat(), (today + timedelta(days=RENEWAL_DAYS)).isoformat()
    return tuple(number for number, end in _cells(world, "contracts", "Contract number", "End date") if low <= end <= high)


def missed_twice(world: World) -> tuple[str, ...]:
    """Names of accounts where two milestones of one deal, in order of their due day, were missed in a row."""
    names = {account.id: account.name for account in world.accounts}
    by_deal: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for account, deal, status, due in _cells(world, "milestones", "Account ID", "Opportunity ID", "Milestone status", "Due date"):
        by_deal[account, deal].append((due, status))
    found = set()
    for (account, _), steps in by_deal.items():
        states = [status for _, status in sorted(steps)]
        if any(a == b == "Missed" for a, b in pairwise(states)):
            found.add(names[account])
    return tuple(sorted(found))


def _story(world: World, plot: Plot, days: Mapping[str, list[int]]) -> Story:
    return Story(
        key=plot.key,
        account_id=plot.account.id if plot.account else None,
        account=plot.account.name if plot.account else None,
        opportunity_id=plot.deal.id if plot.deal else None,
        member=plot.member.name if plot.member else None,
        days={name: date.fromordinal(day) for name, day in plot.days.items()},
        details=plot.details,
        figures=_figures(world, plot, days),
    )


def _figures(world: World, plot: Plot, days: Mapping[str, list[int]]) -> dict[str, Decimal]:
    """What to expect of a story: for a change of rhythm, 26 weeks before against all since."""
    if plot.account is None:
        return {}
    found = {"interactions": Decimal(len(days[plot.account.id]))}
    if plot.key == "late_payer":
        found["mean days late"] = _mean_days_late(world, plot.account.id)
    if "changed_on" not in plot.days:
        return found
    change = plot.days["changed_on"]
    for name, low, high in (("before", change - 182, change), ("since", change, world.seasons.today)):
        weeks = Decimal(high - low) / 7
        won = [deal for deal in plot.account.deals if deal.status == "Won" and low <= deal.close < high]
        found[f"interactions per week {name}"] = sum(low <= day < high for day in days[plot.account.id]) / weeks
        found[f"won deals {name}"] = Decimal(len(won))
        found[f"won value in CNY {name}"] = Decimal(sum(deal.amount for deal in won if deal.currency == "CNY"))
    return found


def _mean_days_late(world: World, account: str) -> Decimal:
    """Mean days from the due day of an invoice to its payments."""
    due = {cells[0]: cells[1] for cells in _cells(world, "invoices", "Invoice ID", "Due date")}
    paid = [(invoice, day) for owner, invoice, day in _cells(world, "payments", "Account ID", "Invoice ID", "Payment date") if owner == account]
    late = [(date.fromisoformat(day) - date.fromisoformat(due[invoice])).days for invoice, day in paid]
    return Decimal(sum(late)) / len(late)
