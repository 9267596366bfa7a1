"""What is asked for about a unit, as a typed call. Records are named by our own ids; ``words`` are the message."""

from __future__ import annotations

from decimal import Decimal

from agent.units.kinds import UnitKind
from tools.sandbox.templates.schemas import TemplateKey
from tools.trace.cells import Frozen


class UnitRequest(Frozen):
    """``needs`` are the functions and capabilities that a new unit is to have; ``template`` is where a unit is to move to."""

    kind: UnitKind
    words: str
    chance: float
    unit: str | None = None
    capability: str | None = None
    account: int | None = None
    template: TemplateKey | None = None
    needs: tuple[str, ...] = ()
    amount: Decimal | None = None
