"""What can go wrong when proposals of a reconstruction are read or decided."""

from __future__ import annotations

from tools.store.errors import PlumbError


class ReconstructionAccountUnknown(PlumbError):
    """No account that the principal may see. Data: ``account``."""

    key = "reconstruction_account_unknown"


class ProposalUnknown(PlumbError):
    """There is no such proposal that the principal may see. Data: ``id``."""

    key = "reconstruction_proposal_unknown"


class ProposalExpired(PlumbError):
    """The proposal waited too long. Data: ``day``."""

    key = "reconstruction_expired"


class ProposalOutdated(PlumbError):
    """What the proposal would change was changed meanwhile."""

    key = "reconstruction_outdated"


class ProposalRefused(PlumbError):
    """Somebody refused the proposal before."""

    key = "reconstruction_refused"


class AnotherWasApproved(PlumbError):
    """What was approved is not what stands in the proposal."""

    key = "reconstruction_another"


class MayNotDecide(PlumbError):
    """The person may not decide about this kind of proposal. Data: ``who`` (the key of who may)."""

    key = "reconstruction_may_not"


class NothingToUndo(PlumbError):
    """The proposal was not applied."""

    key = "reconstruction_nothing_to_undo"
