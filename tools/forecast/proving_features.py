"""Writes what was known of one deal as cells: from the fields and records that tell it, by the steps by which the model measures it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from tools.forecast.knowing import COUNTED, RECENT, TRACKED, Known
from tools.forecast.proving import DEALS, Ledger
from tools.forecast.sourcing import Row, classification_of, source_of
from tools.store.classification import Classification
from tools.trace.cells import CellType, Formula

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

NEAR = 1e-5
SHORTEST = 7
GROUPS = ("owner", "account", "product")
WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "kind": ((DEALS, "kind"),),
    "source": ((DEALS, "source"),),
    "region": ((DEALS, "region"), ("members", "region"), ("accounts", "region")),
    "team": (("teams", "name"), ("members", "team_ref"), ("members", "manager_ref")),
    "product": (("products", "name"), (DEALS, "product_ref")),
    "product_family": (("products", "family"),),
    "tier": (("accounts", "tier"),),
    "sector": (("accounts", "sector"),),
    "country": (("accounts", "country"),),
}
NUMBERS: dict[str, tuple[str, str]] = {
    "amount": (DEALS, "amount"),
    "quantity": (DEALS, "quantity"),
    "price": ("products", "list_price"),
    "employees": ("accounts", "employees"),
    "revenue": ("accounts", "revenue"),
    "founded_year": ("accounts", "founded_year"),
}


class Features:
    """What was known of the deal at ``place`` at the end of ``day``. ``bare`` names what no record tells in full: the model's own figure stands for it."""

    def __init__(self, ledger: Ledger, known: Known, place: int, day: int) -> None:
        """``known`` holds the one pair."""
        self.ledger, self.known, self.place, self.day, self.history = ledger, known, place, day, ledger.history
        self.bare: list[str] = []
        self.facts: dict[str, str] = {}
        """Address of what a person would say of a feature: a count, a day, an amount, a word."""
        self.today = ledger.constant("where.day", date.fromordinal(day).isoformat(), CellType.DATE)
        self._rows = {DEALS: ledger.sources.row(DEALS, int(self.history.ids[place]))}

    def number(self, name: str) -> str:
        """The address of a feature of numbers as the model measures it."""
        made = self._measure(name)()
        value = float(self.known.numbers[name][0])
        if abs(float(self.ledger.cells[made].value or "nan") - value) < NEAR:
            return made
        self.bare.append(name)
        self.facts.pop(name, None)
        return self.ledger.number_constant(f"known.{_key(name)}", value)

    def word(self, name: str) -> str:
        """The address of a word; empty where it is unknown."""
        coded = self.known.words[name]
        level = coded.levels[int(coded.codes[0])]
        at = f"known.{_key(name)}_word"
        if name == "stage" and (move := self._last_move()) is not None:
            row = self.ledger.sources.row("stage_history", move)
            if row is not None:
                found = self.ledger.read(at, row["stage"], CellType.STAGE, source_of("stage_history", row, "stage"), Classification.INTERNAL)
                return self._fact(name, found)
        for table, field in WORDS.get(name, ()):
            row = self._row(table)
            if row is not None and row[field] == level:
                return self._fact(name, self.ledger.read(at, level, CellType.TEXT, source_of(table, row, field), classification_of(table, field)))
        if name != "competitor":
            self.bare.append(name)
        return self._fact(name, self.ledger.constant(at, level, CellType.TEXT))

    def age(self) -> str:
        """The address of the age as the paced columns take it."""
        at = f"{self.ledger.call}.known.age"
        return at if at in self.ledger.cells else self.number("age")

    # -- how each is measured --------------------------------------------------------------------------------------------

    def _measure(self, name: str) -> Callable[[], str]:
        group, _, kind = name.partition(":")
        if group == "stage":
            return lambda: self._of_stages(name, kind)
        if group == "deal":
            return lambda: self._talks(name, None if kind == "all" else kind)
        if kind == "record":
            return lambda: self._record(name, group)
        if kind in {"underway", "won", "lost"} and group in GROUPS:
            return lambda: self._group_count(name, group, kind)
        if group == "account":
            return lambda: self._around(name, kind)
        if name == "age":
            return lambda: self._logged(name, self._days("age", self._opened()))
        if name == "quiet":
            return lambda: self._logged(name, self._days("quiet", self._last_talk()))
        return lambda: self._field(name)

    def _field(self, name: str) -> str:
        """The logarithm of a number of the deal, its account or its product; an amount in the currency of all."""
        table, field = NUMBERS[name]
        row = self._row(table)
        if row is None or not row[field]:
            return self.ledger.constant(f"known.{name}", None, CellType.NUMBER)
        money = name in {"amount", "price"}
        kind = CellType.MONEY if money else CellType.NUMBER
        unit = row["currency"] if money else None
        read = self.ledger.read(f"known.{name}_told", row[field], kind, source_of(table, row, field), classification_of(table, field), unit)
        self.facts[name] = read
        value = float(self.history.amount[self.place]) if name == "amount" else float(self.history.price[self.place]) if name == "price" else float(row[field])
        if abs(value - float(row[field])) > NEAR:
            rate = self.ledger.number_constant(f"known.{name}_rate", value / float(row[field]))
            read = self._derive(f"{name}_worth", "weighted", rate, read)
        return self._derive(name, "log", read, places=9)

    def _opened(self) -> str | None:
        row = self._row(DEALS)
        if row is not None and row["opened_on"] is not None:
            return self.ledger.read(
                "known.opened", row["opened_on"].isoformat(), CellType.DATE, source_of(DEALS, row, "opened_on"), classification_of(DEALS, "opened_on")
            )
        opened = int(self.history.opened[self.place])
        return None if opened < 0 else self.ledger.constant("known.opened", date.fromordinal(opened).isoformat(), CellType.DATE)

    def _days(self, name: str, since: str | None) -> str:
        """Whole days up to the day, no fewer than none."""
        if since is None:
            return self.ledger.constant(f"known.{name}_days", None, CellType.DURATION)
        days = self._derive(f"{name}_between", "days_between", self.today, since)
        found = self.ledger.derive(f"known.{name}_days", CellType.DURATION, "largest", days, self._zero())
        return self._fact(name, found)

    def _talks(self, name: str, kind: str | None) -> str:
        """How many interactions there were with the deal, of a kind or all."""
        where = () if kind is None else (("kind", kind),)
        count = self.ledger.derive(f"known.{_key(name)}_count", CellType.COUNT, "count", self._talk_block(), where=where)
        self._fact(name, count)
        return self._logged(name, count) if kind is None else self._capped(name, count)

    def _last_talk(self) -> str | None:
        block = self._talk_block()
        if not any(self._upto(events.holder, events.day).any() for events in self.history.deal_events.values()):
            return self._opened()
        return self.ledger.derive("known.last_talk", CellType.DATE, "max", f"{block}.day")

    def _talk_block(self) -> str:
        name = f"{self.ledger.call}_talks"
        if not any(block.id == name for block in self.ledger.blocks):
            rows = []
            for kind, events in self.history.deal_events.items():
                own = self._upto(events.holder, events.day)
                rows += [(record, kind, day) for record, day in zip(events.records[own].tolist(), events.day[own].tolist(), strict=True)]
            self._record_block("talks", "interactions", rows)
        return name

    def _around(self, name: str, kind: str) -> str:
        """What happened with the account in the last thirty days."""
        import numpy as np

        account = self.history.groups["account"].codes[self.place]
        events = self.history.account_events[kind]
        own = np.flatnonzero((events.holder == account) & (events.day <= self.day) & (events.day > self.day - RECENT))
        table = kind if kind in {"tickets", "contracts"} else "interactions"
        rows = [(record, kind, day) for record, day in zip(events.records[own].tolist(), events.day[own].tolist(), strict=True)]
        block = self._record_block(_key(name), table, rows)
        count = self._fact(name, self.ledger.derive(f"known.{_key(name)}_count", CellType.COUNT, "count", block))
        return self._logged(name, count)

    def _of_stages(self, name: str, kind: str) -> str:
        moves = self._moves()
        if kind == "standing":
            entered = self._entered()
            return self._logged(name, self._days("standing", entered))
        count = f"{self.ledger.call}.known.stage_moves_count"
        if count not in self.ledger.cells:
            self.ledger.derive("known.stage_moves_count", CellType.COUNT, "count", moves)
        capped = self._capped("stage:moves", count)
        self._fact("stage:moves", count)
        if kind == "moves":
            return capped
        if kind == "moves_by_age":
            return self._derive(name, "weighted", capped, self.age())
        days = self._days("age", self._opened())
        self.facts.pop("age", None)
        longest = self._derive("stage_age", "largest", days, self._constant("shortest", SHORTEST))
        return self._derive(name, "ratio", self._derive("stage_month", "weighted", capped, self._constant("month", RECENT)), longest, places=9)

    def _moves(self) -> str:
        name = f"{self.ledger.call}_moves"
        if not any(block.id == name for block in self.ledger.blocks):
            moves = self.history.stage_moves
            own = self._upto(moves.holder, moves.day)
            self._record_block(
                "moves", "stage_history", [(record, "", day) for record, day in zip(moves.records[own].tolist(), moves.day[own].tolist(), strict=True)]
            )
        return name

    def _entered(self) -> str | None:
        move = self._last_move()
        row = None if move is None else self.ledger.sources.row("stage_history", move)
        if row is None:
            return self._opened()
        day = row["entered_on"].isoformat()
        return self.ledger.read("known.entered", day, CellType.DATE, source_of("stage_history", row, "entered_on"), Classification.INTERNAL)

    def _last_move(self) -> int | None:
        """The record of the stage that the deal stood in, as the study orders moves of one day."""
        import numpy as np

        sorted_moves = self.ledger.study.knowledge.moves
        if not len(sorted_moves.order):
            return None
        place = int(sorted_moves.last_place(np.array([self.place]), np.array([self.day]))[0])
        return None if place < 0 else int(self.history.stage_moves.records[sorted_moves.order[place]])

    def _record(self, name: str, group: str) -> str:
        """The log-odds of winning of the owner's (account's, product's) decided deals, shrunk to that of all, against that of all."""
        won, n = self._counted(group, "won"), self._counted(group, "decided")
        all_won, all_n = self._counted(None, "won"), self._counted(None, "decided")
        lost, all_lost = self._derive(f"{_key(name)}_lost", "delta", n, won), self._derive("all_lost", "delta", all_n, all_won)
        one, tracked = self.ledger.one, self._constant("tracked", TRACKED)
        odds = [self._derive(f"all_{side}_one", "add", count, one) for side, count in (("won", all_won), ("lost", all_lost))]
        base = self._derive("all_rate", "rate", odds[0], self._derive("all_two", "add", *odds), places=12)
        rest = self._derive("all_rest", "delta", one, base)
        own = [
            self._derive(f"{_key(name)}_{side}_odds", "log", count, self._derive(f"all_{side}_prior", "weighted", tracked, share), places=9)
            for side, count, share in (("won", won, base), ("lost", lost, rest))
        ]
        whole = [self._derive(f"all_{side}_odds", "log", odd, places=9) for side, odd in zip(("won", "lost"), odds, strict=True)]
        against = self._derive("all_odds", "delta", *whole)
        self._fact(name, self.ledger.derive(f"known.{_key(name)}_rate", CellType.RATE, "rate", won, n))
        return self._derive(name, "delta", self._derive(f"{_key(name)}_odds", "delta", *own), against)

    def _group_count(self, name: str, group: str, kind: str) -> str:
        if kind == "won":
            return self._logged(name, self._fact(name, self._counted(group, "won")))
        if kind == "lost":
            count = self._derive(f"{_key(name)}_count", "delta", self._counted(group, "decided"), self._counted(group, "won"))
        else:
            open_now = self._derive(f"{_key(name)}_open", "delta", self._counted(group, "started"), self._counted(group, "decided"))
            count = self._derive(f"{_key(name)}_count", "largest", open_now, self._zero())
        return self._logged(name, self._fact(name, count))

    def _counted(self, group: str | None, mark: str) -> str:
        """How many deals (of the same owner, account or product) bear a mark as of the day."""
        at = f"count.{group or 'all'}_{mark}"
        address = f"{self.ledger.call}.{at}"
        if address in self.ledger.cells:
            return address
        where: list[tuple[str, str | int | None]] = [(mark, 1)]
        if group is not None:
            where.append((group, int(self.history.groups[group].codes[self.place])))
        return self.ledger.derive(at, CellType.COUNT, "count", self._company(), where=where)

    def _company(self) -> str:
        """All deals with whose they are (as whole numbers) and what had become of them by the day."""
        import numpy as np

        name = f"{self.ledger.call}_company"
        if not any(block.id == name for block in self.ledger.blocks):
            history = self.history
            started = (history.opened <= self.day) & (history.opened >= 0)
            decided = history.closed <= self.day
            places = np.flatnonzero(started | decided)
            columns = [(group, CellType.COUNT, 0) for group in GROUPS] + [(mark, CellType.FLAG, 0) for mark in ("started", "decided", "won")]
            codes = [history.groups[group].codes[places].tolist() for group in GROUPS]
            marks = [each[places].astype(int).tolist() for each in (started, decided, decided & history.won)]
            self.ledger.deals("company", places, columns, *codes, *marks, classification=Classification.INTERNAL)
        return name

    # -- steps -----------------------------------------------------------------------------------------------------------

    def _logged(self, name: str, count: str) -> str:
        return self._derive(name, "log", count, self.ledger.one, places=9)

    def _capped(self, name: str, count: str) -> str:
        return self._derive(name, "smallest", count, self._constant("counted", COUNTED))

    def _derive(self, name: str, formula: Formula, *operands: str, places: int = 6) -> str:
        return self.ledger.derive(f"known.{_key(name)}", CellType.NUMBER, formula, *operands, places=places)

    def _constant(self, name: str, value: float) -> str:
        return self.ledger.number_constant(f"where.{name}", value)

    def _zero(self) -> str:
        return self._constant("zero", 0)

    def _fact(self, name: str, address: str) -> str:
        self.facts[name] = address
        return address

    def _upto(self, holder: Ints, day: Ints) -> Ints:
        import numpy as np

        return np.flatnonzero((holder == self.place) & (day <= self.day))

    def _record_block(self, name: str, table: str, rows: Iterable[tuple[int, str, int]]) -> str:
        """Records with their kind and day."""
        held = list(rows)
        read = self.ledger.sources.rows(table, [record for record, _, _ in held])
        made = [[record, read[record]["version"] if record in read else 1, kind, date.fromordinal(day).isoformat()] for record, kind, day in held]
        as_of = max((row["as_of"] for row in read.values()), default=None)
        columns = (("kind", CellType.TEXT, 0), ("day", CellType.DATE, 0))
        return self.ledger.block(name, table, columns, made, len(made), as_of)

    def _row(self, table: str) -> Row | None:
        """The deal's own record of a table: its account, its product, its owner or the owner's team."""
        if table not in self._rows:
            deal = self._rows[DEALS]
            field = {"accounts": "account_id", "products": "product_id", "members": "owner_id"}.get(table)
            if table == "teams":
                member = self._row("members")
                record = None if member is None else member["team_id"]
            else:
                record = None if deal is None or field is None else deal[field]
            self._rows[table] = None if record is None else self.ledger.sources.row(table, record)
        return self._rows[table]


def _key(name: str) -> str:
    """A feature as a part of an address; two that differ in what an address can't hold stay two."""
    plain = name.replace(":", "_")
    safe = "".join(each if each.isalnum() or each == "_" else "_" for each in plain)
    return safe if safe == plain else f"{safe}_{sha256(name.encode()).hexdigest()[:6]}"
