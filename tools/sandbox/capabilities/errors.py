"""What can go wrong with capabilities and with calls of them."""

from __future__ import annotations

from tools.store.errors import PlumbError


class MayNotChangeCapabilities(PlumbError):
    """Capabilities are the owner's and the directors' to register and change."""

    key = "capability_may_not_change"


class CapabilityKeyUnfit(PlumbError):
    """A key is small letters, digits and hyphens. Data: ``capability``."""

    key = "capability_key_unfit"


class CapabilityKeyTaken(PlumbError):
    """There is a capability with this key. Data: ``capability``."""

    key = "capability_key_taken"


class CapabilityNameMissing(PlumbError):
    """A capability needs a name in both languages. Data: ``capability``."""

    key = "capability_name_missing"


class CapabilityUrlUnfit(PlumbError):
    """Calls leave by https, or by http where the service is on this machine. Data: ``url``."""

    key = "capability_url_unfit"


class CapabilityCostUnfit(PlumbError):
    """What a call costs is nothing or more, and no more than the books hold. Data: ``cost``."""

    key = "capability_cost_unfit"


class CapabilityCurrencyUnknown(PlumbError):
    """No ISO 4217 code. Data: ``currency``."""

    key = "capability_currency_unknown"


class CapabilityLevelUnfit(PlumbError):
    """What leaves is one of the five levels of classification. Data: ``sends``."""

    key = "capability_level_unfit"


class CapabilityPurposeMissing(PlumbError):
    """Where personal data leaves, the purpose that consent must cover has to be named. Data: ``capability``."""

    key = "capability_purpose_missing"


class CapabilityTimeoutUnfit(PlumbError):
    """One attempt takes between ``low`` and ``high`` milliseconds. Data: ``timeout_ms``, ``low``, ``high``."""

    key = "capability_timeout_unfit"


class CapabilityChangedMeanwhile(PlumbError):
    """Somebody changed it since it was read. Data: ``capability``, ``version`` (the one in force)."""

    key = "capability_changed_meanwhile"


# -- calls -----------------------------------------------------------------------------------------------------------------
# Each carries ``name_en`` and ``name_zh`` of the capability.


class CapabilityResting(PlumbError):
    """Calls failed in a row, so none is tried for a while. Data: ``at`` (time of day, UTC), ``seconds`` until then."""

    key = "call_resting"


class CallUnreachable(PlumbError):
    """No connection to the service."""

    key = "call_unreachable"


class CallTimedOut(PlumbError):
    """The service did not answer in time."""

    key = "call_timed_out"


class CallFaulty(PlumbError):
    """The service had a fault of its own."""

    key = "call_faulty"


class CallTurnedDown(PlumbError):
    """The service refused what it was sent. Data: ``said`` (its words, or its status)."""

    key = "call_turned_down"


class CallUnreadable(PlumbError):
    """What came back is no answer of a capability."""

    key = "call_unreadable"


class CallTooLate(PlumbError):
    """The money was no longer held when the answer came, or when the call was to go on."""

    key = "call_too_late"


class CallNoLongerAllowed(PlumbError):
    """The call was allowed and cut off, and by the time that it was to go on the facts no longer allowed it."""

    key = "call_no_longer_allowed"
