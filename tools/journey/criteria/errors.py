"""What can go wrong when a criterion is compiled, saved or judged."""

from __future__ import annotations

from tools.store.errors import PlumbError


class CriterionNotUnderstood(PlumbError):
    """Words of a criterion have no part in any rule. Data: ``words``."""

    key = "criteria_not_understood"


class CriterionNotVisible(PlumbError):
    """A rule looks at a field that the person may not see. Data: ``field``."""

    key = "criteria_not_visible"


class CriterionContradicts(PlumbError):
    """No account can ever fulfil the rule. Data: ``part``."""

    key = "criteria_contradicts"


class CriterionCircular(PlumbError):
    """A rule names itself, directly or through others. Data: ``name``, ``through``."""

    key = "criteria_circular"


class RuleUnknown(PlumbError):
    """No rule of this name is the person's to see. Data: ``name``."""

    key = "criteria_unknown"


class RuleOfAnother(PlumbError):
    """The rule was saved by somebody else. Data: ``name``, ``owner``."""

    key = "criteria_of_another"


class RuleInUse(PlumbError):
    """Other rules name it. Data: ``name``, ``others``."""

    key = "criteria_in_use"


class MayNotSaveRule(PlumbError):
    """The person may not save rules for so many others. Data: ``audience``."""

    key = "criteria_not_allowed"


class NothingToConfirm(PlumbError):
    """The proposal was settled already, or is somebody else's."""

    key = "criteria_nothing_proposed"


class NothingToUndo(PlumbError):
    """The rule has no earlier version. Data: ``name``."""

    key = "criteria_nothing_to_undo"
