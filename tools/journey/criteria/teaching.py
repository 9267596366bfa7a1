"""Words that a company teaches for things and roles in its criteria, one meaning at a time. Knows no rule and no record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.definitions.service import key_of, levels_of
from tools.journey.criteria.errors import CriterionNotUnderstood, MayNotSaveRule
from tools.journey.criteria.lexicon import lexicon
from tools.journey.criteria.models import CriterionWord
from tools.threads.service import speaker_of


def teach(session: Session, principal: Principal, word: str, means: str, kind: Literal["thing", "role"], now: datetime) -> None:
    """From now on ``word`` means a thing ("POC agreement") or a role, for the whole company.

    Raises MayNotSaveRule where a person may save for itself alone, and CriterionNotUnderstood for a role that is none.
    """
    if levels_of(principal) == ("own",):
        raise MayNotSaveRule(audience="company")
    meant = means if kind == "thing" else _role(means)
    key = key_of(word)
    session.execute(
        update(CriterionWord).where(CriterionWord.word_key == key, CriterionWord.kind == kind, CriterionWord.ended_at.is_(None)).values(ended_at=now)
    )
    session.execute(insert(CriterionWord).values(word=word, word_key=key, means=meant, kind=kind, owner=speaker_of(principal), created_at=now))


def taught(session: Session, kind: Literal["thing", "role"]) -> Mapping[str, str]:
    """The taught words of a kind with what they mean."""
    rows = session.execute(
        select(CriterionWord.word, CriterionWord.means).where(CriterionWord.kind == kind, CriterionWord.ended_at.is_(None)).order_by(CriterionWord.id)
    )
    return dict(rows.tuples().all())


def _role(means: str) -> str:
    found = lexicon()
    role = means if means in found.roles else next((each.value for each in found.entries.get(means.casefold(), ()) if each.kind == "role"), None)
    if role is None:
        raise CriterionNotUnderstood(words=f"“{means}”")
    return role
