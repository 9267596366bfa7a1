"""What can go wrong with the file of stages and with the events that move them."""

from __future__ import annotations

from tools.store.errors import PlumbError


class WeightsUnreadable(PlumbError):
    """The file is not written as a file of stages. Data: ``place`` (where in it), ``found``."""

    key = "journey_weights_unreadable"


class StageUnknown(PlumbError):
    """Something in the file speaks of a stage that it does not have. Data: ``stage``, ``place``."""

    key = "journey_stage_unknown"


class TopicUnknown(PlumbError):
    """A kind of evidence is recognised by a topic that the file does not have. Data: ``topic``, ``place``."""

    key = "journey_topic_unknown"


class OriginUnknown(PlumbError):
    """A kind of evidence names an origin that the file does not have. Data: ``origin``, ``place``."""

    key = "journey_origin_unknown"


class WeightAbsurd(PlumbError):
    """A number of the file lies outside of what can be meant. Data: ``place``, ``value``, ``low``, ``high``."""

    key = "journey_weight_absurd"


class RelationsCircular(PlumbError):
    """Stages act on each other in a circle. Data: ``circle`` (the stages in order)."""

    key = "journey_relations_circular"


class NothingChanged(PlumbError):
    """A proposed file says what the one in force says."""

    key = "journey_nothing_changed"


class MayNotChangeWeights(PlumbError):
    """The person may propose but not put into force."""

    key = "journey_may_not_change"


class VersionUnknown(PlumbError):
    """There is no such version or proposal. Data: ``version``."""

    key = "journey_version_unknown"


class VersionOutdated(PlumbError):
    """Another version came into force after this was proposed. Data: ``version``, ``now``."""

    key = "journey_version_outdated"


class SignalUnreadable(PlumbError):
    """An external signal lacks what it must have or holds what can't be. Data: ``field``, ``found``."""

    key = "journey_signal_unreadable"


class SignalReplayed(PlumbError):
    """A sender uses the id of a signal for another one. Data: ``id``, ``sender``."""

    key = "signal_replayed"


class StandingUnknown(PlumbError):
    """There is no such account for the person. Data: ``account``."""

    key = "journey_account_unknown"
