"""The door of coaching: what to say next to an account, and how to meet an objection given in words."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from prompts.words import say
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.coaching.detecting import find_all
from tools.coaching.objections import advise
from tools.coaching.ports import Language, Shown
from tools.coaching.schemas import NothingToSay, ObjectionAdvice, TalkTrack
from tools.coaching.sight import QUOTABLE, Sight
from tools.coaching.tracks import make_track
from tools.crm.models import Interaction, Opportunity
from tools.crm.ports import Embedder
from tools.crm.semantic import SemanticModel
from tools.trace.cells import CellType

MOST_LINES = 3


def talk_track(
    session: Session,
    model: SemanticModel,
    principal: Principal,
    scope: RowScope,
    account_id: int,
    today: date,
    language: Language,
    shown: Shown,
    embedder: Embedder | None = None,
    call: str = "k1",
    most: int = MOST_LINES,
) -> TalkTrack | NothingToSay:
    """What to say next to an account, at most ``most`` lines, the most urgent first; an honest sentence where nothing calls for one.

    Raises AccountOutOfReach.
    """
    sight = Sight(session, model, principal, scope, account_id, today, call)
    track = make_track(sight, find_all(sight), language, shown, embedder, most)
    if track is not None:
        return track
    account = sight.cell(f"{call}.account", sight.account, "name", CellType.NAME)
    assert account is not None  # noqa: S101 - accounts have a name, and whoever may see one may read it
    known = bool(sight.rows(Interaction, order=Interaction.id, most=1) or sight.rows(Opportunity, order=Opportunity.id, most=1))
    sentence = say("talk_nothing" if known else "talk_nothing_known", language, account=shown(account, language))
    return NothingToSay(account=account, sentence=sentence)


def objection_advice(
    session: Session,
    model: SemanticModel,
    principal: Principal,
    scope: RowScope,
    words: str,
    today: date,
    language: Language,
    shown: Shown,
    embedder: Embedder | None = None,
    account_id: int | None = None,
    call: str = "k1",
) -> ObjectionAdvice | str:
    """How to meet an objection given in words, compared with those of the account's tier and stage where one is named.

    A sentence where nothing comparable is in reach. Raises AccountOutOfReach.
    """
    sight = Sight(session, model, principal, scope, account_id, today, call)
    open_deal = None
    if account_id is not None:
        open_deal = next((deal.id for deal in sight.rows(Opportunity, Opportunity.status == "open", order=Opportunity.close_on, most=1)), None)
    return advise(sight, words, open_deal, language, shown, embedder) or say("talk_objection_unknown", language, words=" ".join(words.split())[:QUOTABLE])
