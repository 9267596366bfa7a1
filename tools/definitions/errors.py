"""What can go wrong when a word is taught, shared or forgotten."""

from __future__ import annotations

from tools.store.errors import PlumbError


class PeriodCannotBeKept(PlumbError):
    """The words name days that can't be told from another day."""

    key = "definition_period"


class MayNotSaveFor(PlumbError):
    """The person may not save words for so many others. Data: ``audience``."""

    key = "definition_not_allowed"


class NothingProposed(PlumbError):
    """There is nothing to say yes to."""

    key = "definition_nothing_proposed"


class DefinitionUnknown(PlumbError):
    """No word of this name is the person's to see or to end. Data: ``name``."""

    key = "definition_unknown"


class DefinitionOfAnother(PlumbError):
    """The word was defined by somebody else. Data: ``name``, ``owner``."""

    key = "definition_of_another"
