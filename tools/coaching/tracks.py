"""Makes a talk track of what was found: urgency, person, record and customer value of each line. No line without a value and a ground."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.coaching.comparing import compare
from tools.coaching.finding import Finding, urgency_parts
from tools.coaching.likeness import Likeness
from tools.coaching.occasions import WITH_DEALS
from tools.coaching.ports import Language, Shown
from tools.coaching.precedents import precedents_of
from tools.coaching.saying import fill, words
from tools.coaching.schemas import Line, Person, SituationKind, TalkTrack, TrackRecord, UrgencyPart
from tools.coaching.settled_before import ending_before, overdue_before
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import has_duty
from tools.crm.models import Contact, Opportunity
from tools.crm.ports import Embedder
from tools.journey.acts import Act
from tools.trace.cells import Cell, CellType, SourceRef, Suggestion
from tools.trace.intervals import wilson

MOST_CONTACTS = 200
REASONS = {SituationKind.DEAL_DUE: "deal", SituationKind.SILENCE: "last", SituationKind.CONTACT_LEFT: "last", SituationKind.OUR_PROMISE_DUE: "last"}
WITH_OBJECT = frozenset({SituationKind.OBJECTION_OPEN})


def make_track(sight: Sight, findings: Sequence[Finding], language: Language, shown: Shown, embedder: Embedder | None, most: int) -> TalkTrack | None:
    """The ``most`` urgent findings as lines; None where there is nothing to say."""
    ranked = sorted(((urgency_parts(each), each) for each in findings), key=lambda one: (-_total(one[0]), one[1].since, one[1].template))
    contacts = sight.rows(Contact, order=Contact.id, most=MOST_CONTACTS)
    lines: list[Line] = []
    spoken: set[tuple[SituationKind, str]] = set()
    for parts, finding in ranked:
        if (finding.kind, finding.about) in spoken or len(lines) == most:
            continue
        spoken.add((finding.kind, finding.about))
        lines.append(_line(sight, finding, parts, contacts, language, shown, embedder))
    if not lines:
        return None
    account = sight.cell(f"{sight.call}.account", sight.account, "name", CellType.NAME)
    assert account is not None  # noqa: S101 - accounts have a name, and whoever may see one may read it
    return TalkTrack(account=account, lines=tuple(lines), suggestion=suggestion_of(lines[0], language, shown), blocks=tuple(sight.blocks.values()))


def suggestion_of(line: Line, language: Language, shown: Shown) -> Suggestion:
    """A line as the trace records it: its score is its urgency, its confidence that of comparable situations."""
    best = line.record.best if line.record is not None else None
    rate = best.rate if best is not None else line.record.rate if line.record is not None else wilson(0, 0)
    return Suggestion(
        statement=words(line, language, shown), score=line.urgency, contributions=tuple(part.contribution for part in line.parts), confidence=rate,
        customer_value=line.customer_value,
    )  # fmt: skip


def record_of(sight: Sight, kind: SituationKind, about: str, deal_id: int | None, embedder: Embedder | None, told_by: Act = Act.OBJECT) -> TrackRecord | None:
    """What comparable situations led to; None for kinds without a past to be counted."""
    if kind is SituationKind.PAYMENT_OVERDUE:
        return compare(sight, "invoices", overdue_before(sight), sight.tier, None, False)
    if kind is SituationKind.CONTRACT_ENDING:
        return compare(sight, "contracts", ending_before(sight), sight.tier, None, False)
    if kind not in WITH_DEALS:
        return None
    deal = sight.session.get(Opportunity, deal_id) if deal_id is not None else None
    likeness = Likeness(about, embedder) if kind in WITH_OBJECT and about else None
    found = precedents_of(sight, kind, likeness, without=deal_id, told_by=told_by)
    return compare(sight, "deals", found, sight.tier, deal.stage if deal is not None else None, likeness is not None)


def _line(
    sight: Sight, finding: Finding, parts: tuple[UrgencyPart, ...], contacts: Sequence[Contact], language: Language, shown: Shown, embedder: Embedder | None
) -> Line:
    for cell in finding.slots.values():
        sight.keep(cell)
    return Line(
        kind=finding.kind, template=finding.template, slots=dict(finding.slots), support=_support(sight, finding),
        grounds=_grounds(finding), urgency=_total(parts), parts=parts,
        person=_person(sight, finding, contacts), record=record_of(sight, finding.kind, finding.about, finding.deal_id, embedder),
        customer_value=fill(f"talk_{finding.template}_value", finding.slots, language, shown),
    )  # fmt: skip


def _total(parts: tuple[UrgencyPart, ...]) -> Decimal:
    return sum((part.points for part in parts), Decimal(0))


def _grounds(finding: Finding) -> tuple[SourceRef, ...]:
    """The records that a line rests on, each field once."""
    cells = [*finding.slots.values(), *(cell for _, _, cell in finding.because)]
    return tuple(dict.fromkeys(source for cell in cells for source in cell.sources))


def _support(sight: Sight, finding: Finding) -> tuple[Cell, ...]:
    """The cells on which slots and urgency rest, with those behind them."""
    wanted = [cell for _, _, cell in finding.because] + list(finding.slots.values())
    found: dict[str, Cell] = {}
    while wanted:
        cell = wanted.pop()
        if cell.address not in found:
            found[cell.address] = cell
            wanted += [sight.support[name] for name in (cell.derivation.operands if cell.derivation else ()) if name in sight.support]
    own = {cell.address for cell in finding.slots.values()}
    return tuple(cell for address, cell in sorted(found.items()) if address not in own)


def _person(sight: Sight, finding: Finding, contacts: Sequence[Contact]) -> Person | None:
    """Whom to speak to: who said it, else who holds the role that decides on it."""
    own = next((each for each in contacts if each.id == finding.contact_id), None)
    if own is not None:
        why = "named" if finding.named else REASONS.get(finding.kind, "said")
        return _as_person(sight, own, why)
    for duty in finding.duties:
        found = next((each for each in contacts if has_duty((each.role, each.title, each.department), duty)), None)
        if found is not None:
            return _as_person(sight, found, "role")
    return None


def _as_person(sight: Sight, contact: Contact, why: str) -> Person | None:
    at = sight.place()
    name = sight.quote(f"{at}.who", contact, "name")
    if name is None:
        return None
    return Person.model_validate({"contact_id": contact.id, "name": name, "title": sight.quote(f"{at}.title", contact, "title"), "why": why})
