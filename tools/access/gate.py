"""How a decision about the use of a tool is asked for. Whoever runs tools asks; the permission sandbox answers."""

from __future__ import annotations

from typing import Protocol

from tools.access.principal import Principal
from tools.trace.cells import Frozen


class Verdict(Frozen):
    """A yes or no with the ids of the rules that said it."""

    allowed: bool
    rules: tuple[str, ...]


class ToolGate(Protocol):
    """Decides, at the moment of use, whether somebody may use a tool at all. What the tool then shows is limited row by row and field by field."""

    def use(self, principal: Principal, tool: str, *, changes: bool = False) -> Verdict:
        """``changes`` says that the tool would change something, not only read."""
        ...
