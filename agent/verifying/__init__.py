"""Holds what an answer says to the cells that it is bound to."""

from agent.verifying.evidence import hold_to_evidence

__all__ = ["hold_to_evidence"]
