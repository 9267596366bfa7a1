"""What the fields of records tell without any text: visits, demos, mails, signed contracts, requests, tickets, payments, deals, milestones, verified events.

One query a table, and only for tables that can tell of what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select

from tools.crm.models import Contact, Contract, Interaction, Milestone, Opportunity, Payment, Request, StageHistory, Ticket, VerifiedEvent
from tools.journey.acts import Act, Status
from tools.journey.criteria.lexicon import lexicon, occasion_words
from tools.journey.criteria.linking import Known, link
from tools.journey.criteria.occurrences import NOBODY, Occurrence, Person, Wanted
from tools.journey.criteria.schemas import Deed, Kind, Move
from tools.journey.reading.actors import role_of_title

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.access.scope import RowScope

_BY_KIND: dict[Kind, Act] = {"visit": Act.MEET, "meeting": Act.MEET, "call": Act.MEET, "demo": Act.SHOW, "training": Act.SHOW, "mail": Act.SEND}
_AHEAD = {"planned", "scheduled", "open", "not started", "not_started", "计划", "计划中", "未开始", "待办", "已安排", "deferred"}
_OFF = {"cancelled", "canceled", "no show", "no-show", "取消", "已取消", "未进行"}
_INBOUND = {"inbound", "incoming", "呼入", "来电", "接收", "收到", "in", "received"}
_COMPLAINTS = ("complain", "投诉", "抱怨", "claim")
_US = Person("us")
_CUSTOMER = Person("customer")


class RecordEvents:
    """Occurrences out of structured fields, in the days of the store's time zone."""

    def __init__(self, time_zone: str = "UTC") -> None:
        """``time_zone``: in which a point in time is a day."""
        self.zone = None if time_zone == "UTC" else ZoneInfo(time_zone)

    def occurrences(self, session: Session, principal: Principal, scope: RowScope, asked: Wanted) -> Mapping[int, Sequence[Occurrence]]:
        """See :class:`tools.journey.criteria.occurrences.OccurrenceSource`."""
        found: dict[int, list[Occurrence]] = {}
        reading = _Reading(session, principal, scope, asked, self.zone)
        for account, occurrence in reading.all():
            told = found.get(account)
            if told is None:
                found[account] = [occurrence]
            else:
                told.append(occurrence)
        return found


Told = Iterator[tuple[int, Occurrence]]


class _Reading:
    def __init__(self, session: Session, principal: Principal, scope: RowScope, asked: Wanted, zone: ZoneInfo | None) -> None:
        self.session, self.principal, self.scope, self.asked, self.zone = session, principal, scope, asked, zone

    def all(self) -> Told:
        acts, kinds = self.asked.acts, self.asked.kinds
        if acts & {Act.MEET, Act.SHOW, Act.SEND}:
            yield from self._interactions()
        if acts & {Act.ASK, Act.OBJECT, Act.ANSWER, Act.COMPLETE}:
            yield from self._tickets()
        if acts & {Act.ASK, Act.ANSWER}:
            yield from self._requests()
        if Act.SIGN in acts:
            yield from self._contracts()
        if Act.PAY in acts:
            yield from self._payments()
        if acts & {Move.WIN, Move.LOSE}:
            yield from self._outcomes()
        if Move.REACH in acts:
            yield from self._stages()
        yield from self._milestones(everything="milestone" in kinds)
        yield from self._verified()

    def _rows(self, entity: str, table: Table, *columns: str, contact: bool = False, account: Any = None, source: Any = None, where: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - SQL expressions and rows
        chosen = [account if account is not None else table.c.account_id, table.c.id, table.c.source_system, table.c.source_id]
        chosen += [table.c[name] for name in columns]
        start = source if source is not None else table
        if contact:
            people = Contact.__table__.alias("people")
            chosen += [people.c.name, people.c.title, people.c.role]
            start = start.outerjoin(people, people.c.id == table.c.contact_id)
        limit = self.scope.limit(self.principal, entity, table)
        query = select(*chosen).select_from(start).where(table.c.gone_at.is_(None), chosen[0].is_not(None), *where)
        return self.session.execute(query if limit is None else query.where(limit))

    def _interactions(self) -> Told:
        table: Any = Interaction.__table__
        stored = [kind for kind in self.session.scalars(select(table.c.kind).distinct()) if kind is not None]
        by_stored = {kind: known for kind in stored if (known := kind_of(kind)) is not None and _BY_KIND[known] in self.asked.acts}
        if self.asked.only_kinds:
            by_stored = {kind: known for kind, known in by_stored.items() if known in self.asked.kinds}
        if not by_stored:
            return
        rows = self._rows(
            "interaction",
            table,
            "kind",
            "direction",
            "status",
            "subject",
            "occurred_at",
            contact=True,
            where=[table.c.kind.in_(list(by_stored)), table.c.occurred_at.is_not(None)],
        )
        sets = {kind: frozenset({kind}) for kind in _BY_KIND}
        today = self.asked.today
        for account, number, system, source, stored_kind, direction, state, subject, at, name, title, role in rows:
            kind = by_stored[stored_kind]
            act = _BY_KIND[kind]
            day = self._day(at)
            word = state.casefold() if state else ""
            status = Status.NOT_DONE if word in _OFF else Status.PLANNED if word in _AHEAD and day >= today else Status.DONE
            inbound = direction is not None and direction.casefold() in _INBOUND
            partner = Person("customer", _role(title, role), name) if name else _CUSTOMER
            actor = partner if inbound and act is not Act.SHOW else _US
            words = f"{stored_kind}: {subject}" if subject else stored_kind
            yield (
                account,
                Occurrence(
                    act,
                    status,
                    day,
                    "interactions",
                    number,
                    system,
                    source,
                    words,
                    actor,
                    _US if inbound else partner,
                    subject or "",
                    "",
                    sets[kind],
                    False,
                    _time(at),
                ),
            )

    def _tickets(self) -> Told:
        table: Any = Ticket.__table__
        for account, number, system, source, subject, category, opened, first, closed, name, title, role in self._rows(
            "ticket", table, "subject", "category", "opened_at", "first_response_at", "closed_at", contact=True
        ):
            if opened is None:
                continue
            actor = Person("customer", _role(title, role), name) if name else _CUSTOMER
            text = f"{category or ''} {subject or ''}".casefold()
            asked = Act.OBJECT if any(word in text for word in _COMPLAINTS) else Act.ASK
            steps: tuple[tuple[Deed, datetime | None, Person, Person], ...] = (
                (asked, opened, actor, _US),
                (Act.ANSWER, first, _US, actor),
                (Act.COMPLETE, closed, _US, actor),
            )
            for place, (act, at, who, partner) in enumerate(steps):
                if at is not None and act in self.asked.acts:
                    yield (
                        account,
                        Occurrence(
                            act,
                            Status.DONE,
                            self._day(at),
                            "tickets",
                            number,
                            system,
                            source,
                            f"{subject or category or ''}".strip(),
                            who,
                            partner,
                            subject or "",
                            category or "",
                            frozenset({"ticket"}),
                            False,
                            _time(at),
                            place,
                        ),
                    )

    def _requests(self) -> Told:
        table: Any = Request.__table__
        for account, number, system, source, subject, opened, responded in self._rows("request", table, "subject", "opened_at", "responded_at"):
            steps = ((Act.ASK, opened, _CUSTOMER, _US), (Act.ANSWER, responded, _US, _CUSTOMER))
            for place, (act, at, who, partner) in enumerate(steps):
                if at is not None and act in self.asked.acts:
                    yield (
                        account,
                        Occurrence(
                            act,
                            Status.DONE,
                            self._day(at),
                            "requests",
                            number,
                            system,
                            source,
                            subject or "",
                            who,
                            partner,
                            subject or "",
                            "",
                            frozenset({"request"}),
                            False,
                            _time(at),
                            place,
                        ),
                    )

    def _contracts(self) -> Told:
        table: Any = Contract.__table__
        for account, number, system, source, name, kind, signed in self._rows("contract", table, "name", "kind", "signed_on"):
            if signed is None:
                continue
            words = f"signed_on {signed}: {name or kind or ''}".rstrip(": ")
            thing = " ".join(dict.fromkeys(part for part in (name, kind) if part)) or "contract"
            yield (
                account,
                Occurrence(Act.SIGN, Status.DONE, signed, "contracts", number, system, source, words, _CUSTOMER, _US, thing, "", frozenset({"contract"}), True),
            )

    def _payments(self) -> Told:
        table: Any = Payment.__table__
        for account, number, system, source, name, method, amount, paid in self._rows("payment", table, "number", "method", "amount", "paid_on"):
            if paid is not None:
                yield (
                    account,
                    Occurrence(
                        Act.PAY,
                        Status.DONE,
                        paid,
                        "payments",
                        number,
                        system,
                        source,
                        f"paid_on {paid}: {amount}",
                        _CUSTOMER,
                        _US,
                        name or "",
                        method or "",
                        frozenset({"payment"}),
                        True,
                    ),
                )

    def _outcomes(self) -> Told:
        table: Any = Opportunity.__table__
        for account, number, system, source, name, status, close in self._rows(
            "opportunity", table, "name", "status", "close_on", where=[table.c.status.in_(("won", "lost"))]
        ):
            act = Move.WIN if status == "won" else Move.LOSE
            if close is not None and act in self.asked.acts:
                yield (
                    account,
                    Occurrence(
                        act,
                        Status.DONE,
                        close,
                        "opportunities",
                        number,
                        system,
                        source,
                        f"{status}: {name or ''}".rstrip(": "),
                        NOBODY,
                        NOBODY,
                        name or "",
                        "",
                        frozenset({"deal"}),
                        True,
                    ),
                )

    def _stages(self) -> Told:
        table: Any = StageHistory.__table__
        deals: Any = Opportunity.__table__
        rows = self._rows(
            "stage_history", table, "stage", "entered_on", account=deals.c.account_id, source=table.join(deals, deals.c.id == table.c.opportunity_id)
        )
        for account, number, system, source, stage, entered in rows:
            if entered is not None:
                yield (
                    account,
                    Occurrence(
                        Move.REACH,
                        Status.DONE,
                        entered,
                        "stage_history",
                        number,
                        system,
                        source,
                        f"stage {stage}",
                        NOBODY,
                        NOBODY,
                        stage,
                        "",
                        frozenset({"deal"}),
                        True,
                    ),
                )

    def _milestones(self, *, everything: bool) -> Told:
        table: Any = Milestone.__table__
        for account, number, system, source, name, due, done in self._rows("milestone", table, "name", "due_on", "done_on"):
            kinds: frozenset[Kind] = frozenset({"milestone"})
            if done is not None:
                for act, thing in _told(name):
                    if act in self.asked.acts:
                        yield (
                            account,
                            Occurrence(
                                act,
                                Status.DONE,
                                done,
                                "milestones",
                                number,
                                system,
                                source,
                                f"{name} (done_on {done})",
                                NOBODY,
                                _CUSTOMER,
                                thing,
                                "",
                                frozenset(),
                                True,
                            ),
                        )
            if not everything:
                continue
            missed = due is not None and (done is None or done > due) and due < self.asked.today
            if missed:
                yield (
                    account,
                    Occurrence(
                        Act.COMPLETE,
                        Status.NOT_DONE,
                        due,
                        "milestones",
                        number,
                        system,
                        source,
                        f"{name} (due_on {due})",
                        NOBODY,
                        _CUSTOMER,
                        name,
                        "",
                        kinds,
                        True,
                    ),
                )
            if done is not None:
                yield (
                    account,
                    Occurrence(
                        Act.COMPLETE,
                        Status.DONE,
                        done,
                        "milestones",
                        number,
                        system,
                        source,
                        f"{name} (done_on {done})",
                        NOBODY,
                        _CUSTOMER,
                        name,
                        "",
                        kinds,
                        True,
                        "",
                        1,
                    ),
                )

    def _verified(self) -> Told:
        table: Any = VerifiedEvent.__table__
        for account, number, system, source, event, kind, day, name, title, role in self._rows(
            "verified_event", table, "name", "kind", "verified_on", contact=True
        ):
            if day is None:
                continue
            actor = Person("customer", _role(title, role), name) if name else _CUSTOMER
            told = dict.fromkeys((*_told(event), (Act.CONFIRM, event)))
            for act, thing in told:
                if act in self.asked.acts:
                    by = actor if act in (Act.CONFIRM, Act.SIGN, Act.APPROVE, Act.ACCEPT, Act.PAY, Act.ORDER, Act.RENEW, Act.CHOOSE) else NOBODY
                    yield (
                        account,
                        Occurrence(
                            act,
                            Status.DONE,
                            day,
                            "verified_events",
                            number,
                            system,
                            source,
                            f"{event} (verified_on {day})",
                            by,
                            actor,
                            thing,
                            kind or "",
                            frozenset({"verified"}),
                            True,
                        ),
                    )

    def _day(self, at: datetime) -> date:
        moment = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
        return moment.date() if self.zone is None else moment.astimezone(self.zone).date()


def _time(at: datetime) -> str:
    return "" if at.hour == at.minute == at.second == 0 else at.isoformat()


def _role(title: str | None, role: str | None) -> Any:  # noqa: ANN401 - one of the roles or None
    return (role_of_title(title) if title else None) or (role_of_title(role) if role else None)


@lru_cache(maxsize=1024)
def kind_of(stored: str) -> Kind | None:
    """Which kind of occasion a source's word for it is: "On-site visit", 上门拜访, E-Mail, "Client demo"."""
    words = occasion_words()
    folded = stored.casefold().strip()
    if folded in words:
        return words[folded]
    inside = [(len(word), kind) for word, kind in words.items() if len(word) > 1 and word in folded]
    if inside:
        return max(inside)[1]
    return "mail" if folded in {"message", "chat", "sms", "wechat", "微信", "消息", "短信", "whatsapp"} else None


@lru_cache(maxsize=16384)
def _told(name: str) -> tuple[tuple[Deed, str], ...]:
    """The acts that the name of a milestone tells, each with what it was done to: "POC environment deployed"."""
    found: list[tuple[Deed, str]] = []
    items = link(name, date.min, Known()).items
    for item in items:
        if item.is_("deed") and item.form() != "base":
            deed = lexicon().deeds[item.value("deed")]
            thing = " ".join(each.text for each in items if each is not item and not each.is_("filler", "aspect", "side", "role") and each.kind != "mark")
            found += [(act, thing) for act in deed.acts[:1]]
    return tuple(found)
