"""What can go wrong when templates are read."""

from __future__ import annotations

from tools.store.errors import PlumbError


class TemplateMalformed(PlumbError):
    """A template is not written as templates are. Data: ``where``, ``what``."""

    key = "template_malformed"
