"""Whether somebody may use a tool at all, by the policies about using."""

from __future__ import annotations

from tools.access.gate import Verdict
from tools.access.principal import Principal
from tools.sandbox.policies.sets import entity, policies
from tools.sandbox.row_scope import member_entity


class PolicyGate:
    """Implements :class:`tools.access.gate.ToolGate`."""

    def use(self, principal: Principal, tool: str, *, changes: bool = False) -> Verdict:
        """See :class:`tools.access.gate.ToolGate`."""
        found = policies("using").rule(member_entity(principal), "Use", entity("Tool", tool, changes=changes), {})
        return Verdict(allowed=found.allowed, rules=found.rules)
