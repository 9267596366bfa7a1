"""Rules of taught words: who sees which, who may save for whom, and that a change is shown back first and applied once."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.crm.models import Member
from tools.definitions.errors import DefinitionOfAnother, DefinitionUnknown, MayNotSaveFor, NothingProposed
from tools.definitions.models import DefinitionProposal, DefinitionVersion
from tools.definitions.schemas import Definition, Level, Meaning, Proposal
from tools.threads.models import Run
from tools.threads.service import speaker_of

MAY_SAVE: dict[Role, tuple[Level, ...]] = {
    Role.OWNER: ("own", "team", "company"),
    Role.DIRECTOR: ("own", "team", "company"),
    Role.MANAGER: ("own", "team"),
    Role.REP: ("own",),
}
NEAREST: tuple[Level, ...] = ("own", "team", "company", "shipped")
"""Whose word wins where several are called the same."""


def key_of(name: str) -> str:
    """Names that differ in case, spaces or hyphens are one."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def visible(session: Session, principal: Principal) -> tuple[Definition, ...]:
    """The words that count for a person now: its own, those of its team and of the company; the nearest first."""
    rows = session.scalars(
        select(DefinitionVersion).where(DefinitionVersion.ended_at.is_(None), seen_by(session, principal, DefinitionVersion)).order_by(DefinitionVersion.id)
    )
    return tuple(sorted(map(_definition, rows), key=lambda each: NEAREST.index(each.level)))


def history(session: Session, principal: Principal, name: str) -> tuple[Definition, ...]:
    """Every version of a word that the person may see, ended ones too, oldest first."""
    own = select(DefinitionVersion).where(DefinitionVersion.name_key == key_of(name), seen_by(session, principal, DefinitionVersion))
    return tuple(map(_definition, session.scalars(own.order_by(DefinitionVersion.id))))


def levels_of(principal: Principal) -> tuple[Level, ...]:
    """For whom a person may save words."""
    return MAY_SAVE[principal.role]


def check_level(principal: Principal, level: Level) -> None:
    """Raises MayNotSaveFor."""
    if level not in levels_of(principal):
        raise MayNotSaveFor(audience=level)


def find(session: Session, principal: Principal, name: str) -> Definition:
    """The word that counts for the person under this name. Raises DefinitionUnknown."""
    for definition in visible(session, principal):
        if key_of(definition.name) == key_of(name):
            return definition
    raise DefinitionUnknown(name=name)


def check_endable(session: Session, principal: Principal, name: str) -> Definition:
    """The word that the person may forget: its own, or as an owner or director also one of the company. Raises DefinitionUnknown and DefinitionOfAnother."""
    definition = find(session, principal, name)
    if definition.owner != speaker_of(principal) and not (definition.level == "company" and "company" in levels_of(principal)):
        raise DefinitionOfAnother(name=definition.name, owner=definition.owner_name)
    return definition


def new_proposal(name: str, sentence: str, meaning: Meaning, level: Level = "own") -> Proposal:
    """A word to save, not yet written anywhere."""
    return Proposal(id=secrets.token_hex(8), action="save", name=name, sentence=sentence, meaning=meaning, level=level)


def new_farewell(definition: Definition) -> Proposal:
    """A word to forget, not yet forgotten."""
    return Proposal(id=secrets.token_hex(8), action="forget", name=definition.name, level=definition.level, forgets=definition.id)


def keep_proposal(session: Session, principal: Principal, thread_id: str, proposal: Proposal, now: datetime) -> None:
    """Write down what was shown back, in the transaction of the turn that shows it (whose own run is not counted yet)."""
    said = _turns(session, thread_id)
    session.execute(
        insert(DefinitionProposal).values(
            id=proposal.id,
            thread_id=thread_id,
            speaker=speaker_of(principal),
            turns=said + 1,
            content=proposal.model_dump(mode="json"),
            proposed_at=now,
        )
    )


def open_proposal(session: Session, principal: Principal, thread_id: str) -> Proposal | None:
    """What the last turn of the conversation showed back, if nothing was said since."""
    row = session.scalar(
        select(DefinitionProposal).where(
            DefinitionProposal.thread_id == thread_id,
            DefinitionProposal.speaker == speaker_of(principal),
            DefinitionProposal.settled_at.is_(None),
            DefinitionProposal.turns == _turns(session, thread_id),
        )
    )
    return Proposal.model_validate(row.content) if row is not None else None


def check_proposal(session: Session, principal: Principal, proposal: Proposal, level: Level) -> None:
    """What is checked before a yes counts, again by who says it. Raises what saving and forgetting raise."""
    if proposal.action == "save":
        check_level(principal, level)
    else:
        check_endable(session, principal, proposal.name)


def apply_proposal(session: Session, principal: Principal, proposal: Proposal, level: Level, now: datetime) -> None:
    """Carry out a proposal once, in the caller's transaction; a second time does nothing. Raises what :func:`check_proposal` raises, and NothingProposed."""
    check_proposal(session, principal, proposal, level)
    if not _settle(session, principal, proposal, now):
        return
    if proposal.action == "forget":
        _end(session, principal, DefinitionVersion.id == int(proposal.forgets), now)
        return
    if proposal.meaning is None:
        raise NothingProposed()
    owner = speaker_of(principal)
    series = and_(DefinitionVersion.name_key == key_of(proposal.name), DefinitionVersion.level == level)
    if level != "company":
        series = and_(series, DefinitionVersion.owner == owner)
    newest = session.scalar(select(func.max(DefinitionVersion.version)).where(series)) or 0
    _end(session, principal, series, now)
    session.execute(
        insert(DefinitionVersion).values(
            name=proposal.name,
            name_key=key_of(proposal.name),
            level=level,
            owner=owner,
            owner_name=principal.name,
            sentence=proposal.sentence,
            meaning=proposal.meaning.model_dump(mode="json"),
            version=newest + 1,
            created_at=now,
        )
    )


def drop_proposal(session: Session, principal: Principal, proposal: Proposal, now: datetime) -> None:
    """Settle a proposal without doing it."""
    _settle(session, principal, proposal, now)


def forget(session: Session, principal: Principal, name: str, now: datetime) -> Definition:
    """End a word at once; its history stays. Raises DefinitionUnknown and DefinitionOfAnother."""
    definition = check_endable(session, principal, name)
    _end(session, principal, DefinitionVersion.id == int(definition.id), now)
    return definition


def _settle(session: Session, principal: Principal, proposal: Proposal, now: datetime) -> bool:
    own = and_(DefinitionProposal.id == proposal.id, DefinitionProposal.speaker == speaker_of(principal), DefinitionProposal.settled_at.is_(None))
    settled = session.scalars(update(DefinitionProposal).where(own).values(settled_at=now).returning(DefinitionProposal.id)).all()
    return len(settled) == 1


def _end(session: Session, principal: Principal, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(update(DefinitionVersion).where(which, DefinitionVersion.ended_at.is_(None)).values(ended_at=now, ended_by=speaker_of(principal)))


def _turns(session: Session, thread_id: str) -> int:
    return session.scalar(select(func.count()).select_from(Run).where(Run.thread_id == thread_id)) or 0


def seen_by(session: Session, principal: Principal, table: Any) -> ColumnElement[bool]:  # noqa: ANN401 - any table of versions with an owner and a level
    """Condition on a table of versions under which a row is the person's to see: its own, those of its team and of the company."""
    mine: ColumnElement[bool] = table.owner == speaker_of(principal)
    company = table.level == "company"
    team = and_(table.level == "team", table.owner.in_(_leads(session, principal)))
    return or_(mine, company, team)


def _leads(session: Session, principal: Principal) -> list[str]:
    """Whose team the person is in: managers above it, known by record or by name."""
    found: list[str] = []
    here = principal.member_id
    while here is not None:
        row = session.execute(select(Member.manager_id, Member.manager_ref).where(Member.id == here)).first()
        here = row.manager_id if row is not None and f"member:{row.manager_id}" not in found else None
        if here is not None:
            found.append(f"member:{here}")
        elif row is not None and row.manager_ref:
            found.append(f"named:{row.manager_ref.casefold()}")
    return found


def _definition(row: DefinitionVersion) -> Definition:
    return Definition(
        id=str(row.id),
        name=row.name,
        level=row.level,
        owner=row.owner,
        owner_name=row.owner_name,
        sentence=row.sentence,
        meaning=Meaning.model_validate(row.meaning),
        version=row.version,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )
