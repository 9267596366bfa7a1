"""What can't be answered about units, and what to say instead."""

from __future__ import annotations

from tools.store.errors import PlumbError


class WhichUnit(PlumbError):
    """No unit is named, and the speaker is in none or in several."""

    key = "talk_which_unit"


class NothingRefused(PlumbError):
    """Nothing that the speaker asked for was refused."""

    key = "talk_nothing_refused"


class NothingWaits(PlumbError):
    """No request that the speaker may see waits."""

    key = "talk_nothing_waits"


class WhichTemplate(PlumbError):
    """A unit is to be changed, and it is not said how."""

    key = "talk_which_change"


class NobodyHas(PlumbError):
    """Nobody on record has what a new unit is to have. Data: ``needs``."""

    key = "talk_nobody_has"
