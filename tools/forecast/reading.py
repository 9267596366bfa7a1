"""Reads from the store what :class:`tools.forecast.history.History` holds, only of rows that the asking person may see and fields it is cleared for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.currency import RateBook, load_rates
from tools.crm.days import local_day
from tools.crm.models import RowChange
from tools.forecast.coding import (
    ENDS,
    Row,
    as_often,
    closing_day,
    coded,
    early_words,
    events_of,
    known_early,
    money,
    number,
    opening_day,
    planned_day,
    price_of,
    product_name,
)
from tools.forecast.history import NEVER, UNKNOWN, Coded, Events, History, Revision
from tools.store.base import Base

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

ACCOUNT_NUMBERS = ("employees", "revenue", "founded_year")
KINDS = 8
"""So many kinds of interaction, the most frequent, are counted apart."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "opportunities": (
        "id", "name", "source_id", "account_id", "account_ref", "owner_id", "owner_ref", "product_id", "product_ref", "stage", "status", "amount", "currency",
        "quantity", "probability", "kind", "source", "region", "competitor", "opened_on", "close_on",
        "version", "as_of",
    ),
    "accounts": ("id", "name", "tier", "sector", "region", "country", "employees", "revenue", "founded_year"),
    "products": ("id", "name", "family", "list_price", "currency"),
    "members": ("id", "name", "region", "team_id", "team_ref", "manager_ref"),
    "teams": ("id", "name"),
    "stage_history": ("id", "opportunity_id", "stage", "entered_on"),
    "interactions": ("id", "opportunity_id", "account_id", "kind", "direction"),
    "tickets": ("id", "account_id"),
    "contracts": ("id", "account_id", "signed_on"),
}  # fmt: skip


class Reader:
    """One reading of the store for one person, up to a day."""

    def __init__(self, session: Session, principal: Principal, scope: RowScope, today: date, zone: str, reporting: str | None) -> None:
        """``today`` is the last day whose events count."""
        self.session, self.principal, self.scope, self.today, self.zone = session, principal, scope, today.toordinal(), zone
        self.rates: RateBook = load_rates(session, today, reporting)

    def history(self) -> History:
        """All deals in reach that were opened by today. What was decided later counts as open, without a planned day."""
        import numpy as np

        moves = self._stage_moves()
        rows = [(row, opening_day(row, moves), closing_day(row, moves, self.today)) for row in self._rows("opportunity", "opportunities")]
        self.undated = sum(closed is None for _, _, closed in rows)
        kept = [(row, opened, closed) for row, opened, closed in rows if opened <= self.today and closed is not None]
        deals, closed = [row for row, _, _ in kept], [end for _, _, end in kept]
        self.place = {row["id"]: at for at, row in enumerate(deals)}
        unit, factors = self._currencies(deals)
        amounts = np.array([money(row["amount"], factors.get(row["currency"])) for row in deals], float)
        products = {row["id"]: row for row in self._rows("product", "products")}
        won = np.array([row["status"] == "won" and end < NEVER for row, end in zip(deals, closed, strict=True)], bool)
        groups = {
            "owner": coded([row["owner_id"] or row["owner_ref"] for row in deals]),
            "account": coded([row["account_id"] or row["account_ref"] for row in deals]),
            "product": coded([product_name(products, row["product_id"], row["product_ref"]) for row in deals]),
        }
        self.accounts = {row["id"]: row for row in self._rows("account", "accounts")}
        self.members = {row["id"]: row for row in self._rows("member", "members")}
        sides, numbers = self._attributes(deals, products, np.array(closed, np.int64))
        codes, stage_events, stages = self._stages(deals, moves)
        lasting = np.array(closed, np.int64)
        words = {name: each for name, each in sides.items() if early_words(name, each, lasting, won)}
        return History(
            ids=np.array([row["id"] for row in deals], np.int64),
            names=tuple(row["name"] or row["source_id"] for row in deals),
            opened=np.array([opened for _, opened, _ in kept], np.int64),
            closed=lasting,
            planned=np.array([planned_day(row) for row in deals], np.int64),
            won=won,
            amount=amounts,
            price=np.array([price_of(products.get(row["product_id"]), factors) for row in deals], float),
            probability=np.array([np.nan if row["probability"] is None else float(row["probability"]) for row in deals], float),
            groups=groups,
            words=words,
            numbers=numbers,
            stage_now=stages,
            stage_moves=stage_events,
            stage_codes=codes,
            deal_events=self._said(),
            account_events=self._around(groups["account"]),
            sides={**sides, **groups},
            labels={f"#{each['id']}": each["name"] for each in self.members.values()},
            revised=self._revised(deals, groups, words),
            unit=unit,
            left_out=len(rows)
            - len(kept)
            + int((np.isnan(amounts) & np.array([row["amount"] is not None and row["amount"] > 0 for row in deals], bool)).sum()),
            versions=np.array([row["version"] for row in deals], np.int64),
            as_of=max((row["as_of"] for row in deals), default=None),
            amount_known_early=known_early(amounts > 0, lasting) and as_often(amounts > 0, won, lasting),
        )

    def _rows(self, entity: str, name: str, *further: ColumnElement[Any]) -> list[Row]:
        """Rows in reach; fields above the person's clearance come empty."""
        return [dict(row) for row in self.session.execute(self._select(entity, name, *further)).mappings()]

    def _select(self, entity: str, name: str, *further: ColumnElement[Any]) -> Select[Any]:
        table = Base.metadata.tables[name]
        columns = [table.c[each] if table.c[each].info["classification"] <= self.principal.clearance else literal(None).label(each) for each in COLUMNS[name]]
        statement = select(*columns, *further).where(table.c.gone_at.is_(None)).order_by(table.c.id)
        limit = self.scope.limit(self.principal, entity, table)
        return statement if limit is None else statement.where(limit)

    def _day_of(self, name: str, field: str) -> ColumnElement[Any]:
        """The local day of a point in time, as ISO text."""
        return local_day(Base.metadata.tables[name].c[field], self.session.get_bind().dialect.name, self.zone).label("day")

    def _stage_moves(self) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self._rows("stage_history", "stage_history"):
            if row["entered_on"] is not None and row["opportunity_id"] is not None:
                found[row["opportunity_id"]].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: (row["entered_on"], row["id"]))
        return found

    def _stages(self, deals: Sequence[Row], moves: Mapping[int, Sequence[Row]]) -> tuple[Ints, Events, Coded]:
        """What deals entered while they were underway: the stage of the day they ended on is no forerunner of the end."""
        ends = [row["close_on"] if row["status"] in ENDS else None for row in deals]
        held = [
            (at, move)
            for at, (row, end) in enumerate(zip(deals, ends, strict=True))
            for move in moves.get(row["id"], ())
            if end is None or move["entered_on"] < end
        ]
        now = coded([row["stage"] for row in deals] + [move["stage"] for _, move in held])
        entered = events_of([(at, move["entered_on"].toordinal(), move["id"]) for at, move in held])
        return now.codes[len(deals) :], entered, Coded(now.codes[: len(deals)], now.levels)

    def _currencies(self, deals: Sequence[Row]) -> tuple[str | None, dict[str | None, float]]:
        """One currency for all amounts, and what one unit of each is worth in it. Without rates the most frequent one, alone."""
        counts: dict[str | None, int] = defaultdict(int)
        for row in deals:
            if row["amount"] is not None:
                counts[row["currency"]] += 1
        named = frozenset(each for each in counts if each)
        target = self.rates.target(named) if named and None not in counts else None
        if target is None:
            most = max(counts, key=lambda each: (counts[each], each or ""), default=None)
            return most, {most: 1.0}
        return target, {each: 1.0 if each == target else float(self.rates.rate(str(each), target)) for each in counts}

    def _attributes(self, deals: Sequence[Row], products: Mapping[int, Row], closed: Ints) -> tuple[dict[str, Coded], dict[str, Floats]]:
        """Words and numbers that were there early: of the deal, its account, its product and its owner."""
        import numpy as np

        teams = {row["id"]: row["name"] for row in self._rows("team", "teams")}
        owners, buyers = [self.members.get(row["owner_id"], {}) for row in deals], [self.accounts.get(row["account_id"], {}) for row in deals]
        told: dict[str, list[Hashable]] = {
            "kind": [row["kind"] for row in deals],
            "source": [row["source"] for row in deals],
            "region": [row["region"] or owner.get("region") or buyer.get("region") for row, owner, buyer in zip(deals, owners, buyers, strict=True)],
            "team": [teams.get(owner.get("team_id", 0)) or owner.get("team_ref") or owner.get("manager_ref") for owner in owners],
            "product_family": [products.get(row["product_id"], {}).get("family") for row in deals],
            "tier": [buyer.get("tier") for buyer in buyers],
            "sector": [buyer.get("sector") for buyer in buyers],
            "country": [buyer.get("country") for buyer in buyers],
        }
        rivals = np.array([bool(row["competitor"]) for row in deals], bool)
        words = {name: coded(values) for name, values in told.items()}
        words = {name: each for name, each in words.items() if (each.codes != UNKNOWN).any()}
        words["competitor"] = coded(["yes" if each else "no" for each in rivals])
        numbers = {name: np.array([number(buyer.get(name)) for buyer in buyers], float) for name in ACCOUNT_NUMBERS}
        numbers["quantity"] = np.array([number(row["quantity"]) for row in deals], float)
        return words, {name: each for name, each in numbers.items() if (each > 0).any() and known_early(each > 0, closed)}

    def _said(self) -> dict[str, Events]:
        """Interactions with a deal, by kind."""
        return self._interactions("opportunity_id", lambda row: row.kind, self.place)

    def _around(self, accounts: Coded) -> dict[str, Events]:
        """What happened with an account: interactions by direction, tickets opened, contracts signed."""
        place = {level: code for code, level in enumerate(accounts.levels)}
        known = {int(level[1:]): code for level, code in place.items() if level.startswith("#")}
        found = self._interactions("account_id", lambda row: f"said {(row.direction or '').lower()}".strip(), known)
        day = self._day_of("tickets", "opened_at")
        tickets = [(row.account_id, row.day, row.id) for row in self.session.execute(self._select("ticket", "tickets", day))]
        contracts = [(row["account_id"], row["signed_on"] and row["signed_on"].isoformat(), row["id"]) for row in self._rows("contract", "contracts")]
        for name, rows in (("tickets", tickets), ("contracts", contracts)):
            held = [(known[account], date.fromisoformat(day).toordinal(), record) for account, day, record in rows if day and account in known]
            if held:
                found[name] = events_of(held)
        return found

    def _interactions(self, holder: str, kind: Callable[[Any], str | None], place: Mapping[int, int]) -> dict[str, Events]:
        rows: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        days: dict[str, int] = {}
        for row in self._talks():
            at = place.get(getattr(row, holder))
            if at is not None and row.day:
                if row.day not in days:
                    days[row.day] = date.fromisoformat(row.day).toordinal()
                rows[kind(row) or "other"].append((at, days[row.day], row.id))
        most = sorted(rows, key=lambda name: (-len(rows[name]), name))[:KINDS]
        return {name: events_of(rows[name]) for name in sorted(most)}

    def _talks(self) -> Sequence[Any]:
        if self._held is None:
            self._held = self.session.execute(self._select("interaction", "interactions", self._day_of("interactions", "occurred_at"))).all()
        return self._held

    _held: Sequence[Any] | None = None

    def _revised(self, deals: Sequence[Row], groups: Mapping[str, Coded], words: Mapping[str, Coded]) -> dict[str, tuple[Revision, ...]]:
        """What the fields of deals were before later imports changed them."""
        found: dict[str, list[Revision]] = defaultdict(list)
        table = Base.metadata.tables[RowChange.__tablename__]
        fields = {"amount", "quantity", "competitor", *groups, *words}
        changes = select(table.c.record_id, table.c.field, table.c.before, table.c.changed_at).where(
            table.c.table == "opportunities", table.c.field.in_(fields)
        )
        told = {name: {row[f"{name}_ref"]: int(code) for row, code in zip(deals, coded.codes, strict=True)} for name, coded in groups.items()}
        for change in self.session.execute(changes.order_by(table.c.id)):
            at = self.place.get(change.record_id)
            if at is None:
                continue
            if change.field in {"amount", "quantity"}:
                before = number(change.before)
            elif change.field == "competitor" and "competitor" in words:
                before = words["competitor"].levels.index("yes") if change.before else words["competitor"].levels.index("no")
            elif change.field in groups:
                before = told[change.field].get(change.before, UNKNOWN)
            else:
                levels = words[change.field].levels if change.field in words else ()
                before = levels.index(change.before) if change.before in levels else UNKNOWN
            found[change.field].append(Revision(at, change.changed_at.toordinal(), before))
        return {name: tuple(each) for name, each in found.items()}
