"""Reads a message about a unit: what it asks for, and which unit, capability, customer and template it names. Names come from the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from agent.answer import Language
from agent.parsing.language.incoming import clean
from agent.requests.reading import LONGEST, account_named, look_at
from agent.turn import Turn
from agent.units.kinds import LIKELY, UnitKind, trained_unit_kinds, unit_kind_of
from agent.units.request import UnitRequest
from prompts.words import say
from tools.sandbox.models import Capability
from tools.sandbox.templates.schemas import TEMPLATES, TemplateKey
from tools.sandbox.units.amounts import read_amount
from tools.sandbox.units.errors import AmountMalformed
from tools.sandbox.units.reading import UnitName, unit_names

UNIT_STAND_IN: dict[Language, str] = {"en": "our unit", "zh": "我们单元"}
CAPABILITY_STAND_IN: dict[Language, str] = {"en": "the risk model", "zh": "风控模型"}
_LISTED = re.compile(r"\bwith\b(?P<en>.+)$|(?:要有|需要|配|含|包括|包含|带上|带|要)(?P<zh>.+)$", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:,|，|、|;|；|\band\b|\bplus\b|和|与|及|以及|还有|再加)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:an?|the|one|our|some|two|three)\s+|一[名位个]|[两三]?[名位个])", re.IGNORECASE)
_AMOUNT = re.compile(r"[-−+]?\d[\d,，]*(?:\.\d+)?\s*[kKmM万亿]?")
MOST_NEEDS, LONGEST_NEED = 8, 40


def read_unit_request(question: str, turn: Turn, is_unread: Callable[[], bool]) -> UnitRequest | None:
    """The typed call; None where the message is about no unit. Where there is neither unit nor capability, only forming one is understood.

    Where that is not sure, a name of a unit or a capability decides, or ``is_unread``: whether it can't be read as a question about records.
    """
    embedder, text = turn.embedder, clean(question)
    if embedder is None or len(text) > LONGEST:
        return None
    seen = look_at(question, turn)
    units = unit_names(turn.session, turn.principal)
    capabilities = turn.session.scalars(select(Capability).order_by(Capability.key)).all()
    unit = _named_unit(text, units)
    capability = _named_capability(text, capabilities)
    masked = seen.masked
    for name in _names(unit, capability):
        stand_in = UNIT_STAND_IN if unit is not None and name == unit.name else CAPABILITY_STAND_IN
        masked = re.sub(re.escape(name), stand_in[seen.language], masked, flags=re.IGNORECASE)
    kind, chance = unit_kind_of(masked, embedder)
    sure = chance >= trained_unit_kinds().sure or (chance >= LIKELY and (unit is not None or capability is not None or is_unread()))
    if not sure or (not units and not capabilities and kind != "form_unit"):
        return None
    turn.language, turn.confidence = seen.language, chance
    template = _named_template(text)
    return UnitRequest(
        kind=kind, words=text, chance=chance, unit=unit.id if unit else _own_unit(units), capability=capability.key if capability else None,
        account=account_named(seen.linked, turn), template=template, needs=tuple(_needs(text, kind)), amount=_amount(text, kind),
    )  # fmt: skip


def call_of(request: UnitRequest) -> dict[str, Any]:
    """The request as a tool call."""
    return {"name": request.kind, "args": request.model_dump(mode="json", exclude_none=True), "id": "c1"}


def _named_unit(text: str, units: Iterable[UnitName]) -> UnitName | None:
    """The unit with the longest name that stands in the message."""
    found = [each for each in units if each.name.casefold() in text.casefold()]
    return max(found, key=lambda each: len(each.name), default=None)


def _own_unit(units: Iterable[UnitName]) -> str | None:
    """The one active unit that the speaker is in, or the only one that they see."""
    active = [each for each in units if each.is_active]
    for some in ([each for each in active if each.is_own], active):
        if len(some) == 1:
            return some[0].id
    return None


def _named_capability(text: str, capabilities: Iterable[Capability]) -> Capability | None:
    """The capability whose name, in either language, or key stands in the message; the only one there is, where it is spoken of as a call."""
    folded = text.casefold()
    found = [(len(name), each) for each in capabilities for name in (each.name_en, each.name_zh, each.key) if name and name.casefold() in folded]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _names(unit: UnitName | None, capability: Capability | None) -> Iterator[str]:
    if unit is not None:
        yield unit.name
    if capability is not None:
        yield from sorted({capability.name_en, capability.name_zh, capability.key}, key=len, reverse=True)


def _named_template(text: str) -> TemplateKey | None:
    folded = text.casefold()
    for key in TEMPLATES:
        if any(say(f"template_{key}", language).casefold() in folded for language in ("en", "zh")) or say(f"template_{key}", "zh").removesuffix("期") in text:
            return key
    return None


def _needs(text: str, kind: UnitKind) -> Iterator[str]:
    """The people that a new unit is to have, as they are listed."""
    found = _LISTED.search(text) if kind == "form_unit" else None
    if found is None:
        return
    parts = [_ARTICLE.sub("", part.strip(' .。!！?？"“”')).strip() for part in _SPLIT.split(found["en"] or found["zh"] or "")]
    yield from [part for part in parts if 0 < len(part) <= LONGEST_NEED][:MOST_NEEDS]


def _amount(text: str, kind: UnitKind) -> Decimal | None:
    """The one amount of money that a message names."""
    found = [each.group() for each in _AMOUNT.finditer(text)] if kind in {"unit_change", "form_unit"} else []
    if len(found) != 1:
        return None
    try:
        return read_amount(found[0])
    except AmountMalformed:
        return None
