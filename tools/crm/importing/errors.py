"""What can stop an import as a whole. Nothing is stored then."""

from __future__ import annotations

from typing import ClassVar

from tools.store.errors import PlumbError


class ImportBusy(PlumbError):
    """Another import is writing."""

    key: ClassVar[str] = "import_busy"


class MappingUnfit(PlumbError):
    """A mapping names an entity or field that the model doesn't have. Data: ``file``, ``name``."""

    key: ClassVar[str] = "import_mapping_unfit"


class NothingToImport(PlumbError):
    """No file of the mapping is there. Data: ``folder``."""

    key: ClassVar[str] = "import_nothing"


class ImportUnknown(PlumbError):
    """There is no import of that number. Data: ``number``."""

    key: ClassVar[str] = "import_unknown"


class CorrectionsUnfit(PlumbError):
    """A file of corrections belongs to an import that this store doesn't have, or its columns were changed. Data: ``file``, ``number``."""

    key: ClassVar[str] = "import_corrections_unfit"
