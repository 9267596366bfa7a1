"""Rewrites the documents that are made from code: ``python -m tests.docs``."""

from tests.docs.documents import ROOT
from tests.docs.settings_table import settings_document

(ROOT / "docs" / "settings.md").write_text(settings_document(), "utf-8")
