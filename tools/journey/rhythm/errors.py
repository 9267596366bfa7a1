"""What can go wrong when changed rhythms are asked for."""

from __future__ import annotations

from tools.store.errors import PlumbError


class RateCannotBePromised(PlumbError):
    """So many false alarms were never measured. Data: ``rate``, ``lowest``, ``highest`` (false alarms an account and year)."""

    key = "rhythm_rate"
