"""What can go wrong when a change is asked for or decided. Nothing is changed in any of these cases."""

from __future__ import annotations

from tools.store.errors import PlumbError


class CaseUnknown(PlumbError):
    """No such case that the person may see. Data: ``id``."""

    key = "case_unknown"


class CaseEnded(PlumbError):
    """The case was decided before. Data: ``status``."""

    key = "case_ended"


class CaseExpired(PlumbError):
    """It waited too long. Data: ``day``."""

    key = "case_expired"


class CaseOutdated(PlumbError):
    """What it would change was changed meanwhile."""

    key = "case_outdated"


class AnotherWasShown(PlumbError):
    """What was approved is not what the case says."""

    key = "case_another"


class NotTheirTurn(PlumbError):
    """Somebody else decides at this step. Data: ``who`` (a :data:`tools.sandbox.approvals.schemas.Who`)."""

    key = "case_not_their_turn"


class OwnRequest(PlumbError):
    """Four eyes: who asked does not decide."""

    key = "case_own_request"


class DecidedBefore(PlumbError):
    """Four eyes: who decided at an earlier step does not decide at this one."""

    key = "case_decided_before"


class AskerSuspended(PlumbError):
    """Who asked is suspended; the case waits until that is lifted. Data: ``who``."""

    key = "case_asker_suspended"


class VoterSuspended(PlumbError):
    """Who would decide is suspended."""

    key = "case_voter_suspended"


class StepDecided(PlumbError):
    """Somebody else decided at this step at the same moment."""

    key = "case_step_decided"
