"""What can go wrong when a talk track is asked for."""

from __future__ import annotations

from tools.store.errors import PlumbError


class AccountOutOfReach(PlumbError):
    """There is no such account that the person may see; which of the two is not told."""

    key = "talk_account_out_of_reach"
