"""Rewrites the documents that are made from code: ``python -m tests.docs``."""

from tests.docs.documents import ROOT
from tests.docs.fields_table import fields_document
from tests.docs.settings_table import settings_document

(ROOT / "docs" / "settings.md").write_text(settings_document(), "utf-8")
(ROOT / "docs" / "import-fields.md").write_text(fields_document(), "utf-8")
