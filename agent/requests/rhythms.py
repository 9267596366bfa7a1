"""Says whose rhythm of buying or being in touch changed suddenly: since which week, against the customer's own past, and how often that is a false alarm."""

from __future__ import annotations

from decimal import Decimal

from agent.answer import Chart
from agent.composing.draft import Draft, slot
from agent.requests.about import plan_about
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.requests.telling import add_table, say_into
from agent.turn import Turn
from prompts.words import said_day, say
from tools.crm.models import Account
from tools.journey.rhythm.schemas import RhythmAlert, RhythmReport, SeriesCounted
from tools.journey.rhythm.service import rhythm_report
from tools.trace.book import Book
from tools.trace.cells import CellType, EvidenceBlock

MOST, PLACES = 10, Decimal("0.01")


def tell_rhythm(request: Request, turn: Turn) -> Outcome:
    """The sudden changes of one customer, or of all within reach, that were noticed lately; or that there is none."""
    report = rhythm_report(turn.session, turn.principal, turn.scope, turn.today, turn.catalog.model.time_zone)
    if request.account is None:
        return _overview(report, turn)
    name = turn.session.get_one(Account, request.account).name
    alerts = [each for each in report.alerts if each.account_id == request.account]
    if not alerts:
        return _steady(report, name, turn)
    return _one(sorted(alerts, key=lambda each: each.series != "purchases"), name, turn)


# -- one customer -------------------------------------------------------------------------------------------------------


def _one(alerts: list[RhythmAlert], name: str, turn: Turn) -> Outcome:
    books = [_written(alert, f"r{number}") for number, alert in enumerate(alerts, 1)]

    def tell(draft: Draft) -> None:
        for number, (alert, book) in enumerate(zip(alerts, books, strict=True)):
            _sentence(draft, alert, book, "_first" if number == 0 else "")
        _weeks_table(draft, alerts[0], books[0])
        draft.notes.append(_false_alarms(alerts[0], draft))
        draft.next_steps = [say(f"standing_next_{key}", draft.language, account=name) for key in ("moves", "talk")]

    found = {address: cell for book in books for address, cell in book.cells.items()}
    as_of = max((alert.records.as_of for alert in alerts if alert.records.as_of), default=None)
    return Outcome(tell, found, tuple(block for book in books for block in book.blocks), as_of, about=plan_about("account", name, turn))


def _written(alert: RhythmAlert, call: str) -> Book:
    """Every figure of an alert: what was counted by week from the records, what was to be expected as the model's parameter."""
    book = Book(call)
    book.constant("account.name", alert.account, CellType.NAME)
    book.constant("where.since", alert.changed.isoformat(), CellType.DATE)
    block = _kept(book, alert.records, alert.series)
    counts, expected = [], []
    for number, week in enumerate(alert.weeks, 1):
        book.constant(f"w{number}.monday", week.monday.isoformat(), CellType.DATE)
        counts.append(book.derive(f"w{number}.count", CellType.COUNT, "count", block, where=(("week", week.monday.isoformat()),)))
        expected.append(book.constant(f"w{number}.expected", week.expected.quantize(PLACES), CellType.NUMBER))
    book.derive("since.count", CellType.COUNT, "add", *counts)
    book.derive("since.expected", CellType.NUMBER, "add", *expected)
    every = book.derive("all.count", CellType.COUNT, "count", block)
    book.derive("past.count", CellType.COUNT, "delta", every, f"{call}.since.count")
    book.constant("past.weeks", alert.past.weeks, CellType.COUNT)
    book.constant("past.usual", alert.past.a_week.quantize(PLACES), CellType.NUMBER)
    book.constant("rate.stated", alert.false_alarms_a_year, CellType.NUMBER)
    return book


def _kept(book: Book, records: EvidenceBlock, name: str) -> str:
    columns = tuple((column.name, column.type, column.scale) for column in records.columns[2:])
    return book.block(name, records.table, columns, records.rows_json, records.n, records.as_of, records.classification)


def _sentence(draft: Draft, alert: RhythmAlert, book: Book, place: str) -> None:
    language, call = draft.language, book.call
    what = say(f"rhythm_of_{'one_' if alert.count == 1 else ''}{alert.counted}", language)
    words = {
        "account": slot(f"{call}.account.name"), "what": what, "since": slot(f"{call}.where.since", "day"), "count": slot(f"{call}.since.count"),
        "expected": slot(f"{call}.since.expected"), "usual": slot(f"{call}.past.usual"), "past": slot(f"{call}.past.count"),
        "weeks": slot(f"{call}.past.weeks"),
    }  # fmt: skip
    say_into(draft, f"rhythm_told_{alert.series}_{alert.direction}{place}", **words)


def _weeks_table(draft: Draft, alert: RhythmAlert, book: Book) -> None:
    rows = [[draft.cells[f"{book.call}.w{number}.{name}"] for name in ("monday", "count", "expected")] for number in range(1, len(alert.weeks) + 1)]
    if len(rows) < 2:
        return
    titles = [say(f"rhythm_column_{name}", draft.language) for name in ("week", "count", "expected")]
    add_table(draft, say(f"rhythm_table_{alert.series}", draft.language), titles, rows)
    title = say(f"rhythm_chart_{alert.series}_{alert.direction}", draft.language)
    draft.charts.append(Chart(kind="course", title=title, table=len(draft.tables) - 1, reference=2))


def _false_alarms(alert: RhythmAlert, draft: Draft) -> str:
    rate = alert.false_alarms_a_year
    return say("rhythm_false_alarms", draft.language, rate=f"{rate.normalize():f}", years=f"{(1 / rate).normalize():f}")


# -- none, and all ------------------------------------------------------------------------------------------------------


def _steady(report: RhythmReport, name: str, turn: Turn) -> Outcome:
    book = _looked_at(report.series)
    account = book.constant("account.name", name, CellType.NAME)

    def tell(draft: Draft) -> None:
        if not report.series:
            say_into(draft, "rhythm_nothing_counted", account=slot(account))
            return
        say_into(draft, "rhythm_steady", account=slot(account), first=slot("r1.where.first", "day"), last=slot("r1.where.last", "day"))
        draft.notes.append(say("rhythm_looked_at", draft.language, series=_names(report, draft.language)))
        draft.next_steps = [say(f"standing_next_{key}", draft.language, account=name) for key in ("stand", "talk")]

    return Outcome(tell, dict(book.cells), about=plan_about("account", name, turn))


def _overview(report: RhythmReport, turn: Turn) -> Outcome:
    alerts = sorted(report.alerts, key=lambda each: each.series != "purchases")[:MOST]
    books = [_written(alert, f"r{number}") for number, alert in enumerate(alerts, 2)]
    looked = _looked_at(report.series)
    many = looked.constant("found.alerts", len(report.alerts), CellType.COUNT)

    def tell(draft: Draft) -> None:
        if not report.series:
            say_into(draft, "rhythm_nothing_counted_anywhere")
            return
        if not alerts:
            say_into(draft, "rhythm_steady_everywhere", first=slot("r1.where.first", "day"), last=slot("r1.where.last", "day"))
        else:
            say_into(draft, "rhythm_found", many=slot(many))
            for alert, book in zip(alerts[:1], books[:1], strict=True):
                _sentence(draft, alert, book, "_first")
            _overview_table(draft, alerts, books)
            draft.notes.append(_false_alarms(alerts[0], draft))
        draft.notes.append(say("rhythm_looked_at", draft.language, series=_names(report, draft.language)))
        draft.next_steps = [say("rhythm_next", draft.language, account=each.account) for each in alerts[:2]]

    found = dict(looked.cells) | {address: cell for book in books for address, cell in book.cells.items()}
    as_of = max((alert.records.as_of for alert in alerts if alert.records.as_of), default=None)
    return Outcome(tell, found, tuple(block for book in books for block in book.blocks), as_of)


def _overview_table(draft: Draft, alerts: list[RhythmAlert], books: list[Book]) -> None:
    rows = []
    for alert, book in zip(alerts, books, strict=True):
        what = Book(book.call)
        address = what.constant("what.said", say(f"rhythm_what_{alert.series}_{alert.direction}", draft.language), CellType.TEXT)
        draft.cells[address] = what.cells[address]
        rows.append(
            [
                draft.cells[name]
                for name in (f"{book.call}.account.name", address, f"{book.call}.where.since", f"{book.call}.since.count", f"{book.call}.since.expected")
            ]
        )
    if len(rows) > 1:
        titles = [say(f"rhythm_column_{name}", draft.language) for name in ("account", "what", "since", "count", "expected")]
        add_table(draft, say("rhythm_table_all", draft.language), titles, rows)


def _looked_at(series: tuple[SeriesCounted, ...]) -> Book:
    book = Book("r1")
    if series:
        book.constant("where.first", min(each.first for each in series).isoformat(), CellType.DATE)
        book.constant("where.last", max(each.last for each in series).isoformat(), CellType.DATE)
    return book


def _names(report: RhythmReport, language: str) -> str:
    found = [f"{say(f'rhythm_series_{each.series}', language)} ({said_day(each.first, language)} – {said_day(each.last, language)})" for each in report.series]
    return ("、" if language == "zh" else ", ").join(found)
