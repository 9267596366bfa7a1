"""Which deals and which days a message about a forecast means, and the study of them that the speaker may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from agent.composing.draft import Draft
from agent.parsing.language.periods import add_months
from agent.requests.request import Request, Span
from agent.turn import Turn
from prompts.words import say
from tools.crm.models import Account, Member, Product, Team
from tools.forecast.looking import EVERYTHING, Part
from tools.forecast.proving_target import Holder
from tools.forecast.study import Study
from tools.store.errors import PlumbError
from tools.trace.cells import Cell, CellType, Derivation

Days = tuple[date, date]


class NoSuchDeals(PlumbError):
    """No deal that the speaker may see belongs to what was named. Data: ``name``."""

    key = "forecast_no_such_deals"


@dataclass(frozen=True, slots=True)
class Meant:
    """The deals that are meant, what they are called, and the columns of a target that is for them."""

    part: Part
    name: str | None
    holder: Holder


def study_of(turn: Turn) -> Study:
    """What the deals in the speaker's reach tell as of the turn's day. Raises TooFewDecided and NoCloseDays."""
    zone = turn.catalog.model.time_zone
    return turn.studies.study(turn.session, turn.principal, turn.scope, turn.today, zone=zone, reporting=turn.reporting_currency)


def meant_by(request: Request, turn: Turn) -> Meant:
    """The part of the deals that a message names; all where it names none."""
    part: dict[str, frozenset[str]] = dict(EVERYTHING)
    names, holder = [], dict[str, tuple[object, ...]]()
    session = turn.session
    if request.member is not None:
        led = session.scalars(select(Member.id).where(Member.gone_at.is_(None), or_(Member.id == request.member, Member.manager_id == request.member))).all()
        part["owner"], holder["owner_id"] = frozenset(f"#{each}" for each in led), (request.member, *(each for each in led if each != request.member))
        names.append(session.scalar(select(Member.name).where(Member.id == request.member)))
    elif request.led_by is not None:
        led = session.scalars(select(Member.id).where(Member.gone_at.is_(None), Member.manager_ref == request.led_by)).all()
        part["owner"] = frozenset(f"#{each}" for each in led)
        holder["owner_ref"] = (request.led_by,)
        names.append(request.led_by)
    if request.team is not None:
        name = session.scalar(select(Team.name).where(Team.id == request.team))
        part["team"], holder["team_id"] = frozenset({str(name)}), (request.team,)
        names.append(name)
    if request.region is not None:
        part["region"], holder["region"] = frozenset({request.region}), (request.region,)
        names.append(request.region)
    if request.product is not None:
        name = session.scalar(select(Product.name).where(Product.id == request.product))
        part["product"] = frozenset({str(name)})
        names.append(name)
    if request.account is not None:
        part["account"] = frozenset({f"#{request.account}"})
        names.append(session.scalar(select(Account.name).where(Account.id == request.account)))
    return Meant(part, say("join_comma", turn.language).join(str(each) for each in names if each) or None, holder)


def name_cell(draft: Draft, meant: Meant) -> str | None:
    """The address of what the named deals are called, as the question gave it; None where all are meant."""
    if meant.name is None:
        return None
    cell = Cell(address="f1.where.part", value=meant.name, type=CellType.NAME, derivation=Derivation(formula="constant"))
    draft.cells[cell.address] = cell
    return cell.address


def days_of(span: Span | None, today: date) -> Days:
    """The days of a forecast: those named, from today on where no start is, to the end of a quarter where no end is; else the quarter of tomorrow."""
    tomorrow = today + timedelta(days=1)
    if span is None or (span.start is None and span.end is None):
        return quarter_of(tomorrow)
    start = span.start or tomorrow
    return start, span.end or quarter_of(max(start, tomorrow))[1]


def quarter_of(day: date) -> Days:
    """The calendar quarter of a day."""
    start = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return start, add_months(start, 3) - timedelta(days=1)


def following(days: Days) -> Days:
    """The period after one, as long: by months where it is made of whole ones."""
    start, end = days
    after, months = end + timedelta(days=1), _months(days)
    return (after, add_months(after, months) - timedelta(days=1)) if months else (after, after + (end - start))


def preceding(days: Days) -> Days:
    """The period before one, as long."""
    start, end = days
    months = _months(days)
    return (add_months(start, -months) if months else start - (end - start) - timedelta(days=1)), start - timedelta(days=1)


def _months(days: Days) -> int:
    """How many whole months a period is made of; 0 where it is not."""
    start, after = days[0], days[1] + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month if start.day == after.day == 1 else 0
