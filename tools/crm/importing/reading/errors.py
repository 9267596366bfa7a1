"""What can be wrong with a folder that is to be imported, or with a mapping file."""

from collections.abc import Sequence
from typing import ClassVar

from tools.store.errors import PlumbError


class ImportPathMissing(PlumbError):
    """There is no such file or folder."""

    key: ClassVar[str] = "import_path_missing"

    def __init__(self, path: str) -> None:
        """``path`` as it was given."""
        super().__init__(path=path)


class NothingToImport(PlumbError):
    """No file of a folder holds a table."""

    key: ClassVar[str] = "import_nothing_readable"

    def __init__(self, path: str, files: int) -> None:
        """``files`` is how many were looked at."""
        super().__init__(path=path, files=files)


class MappingFileMalformed(PlumbError):
    """A mapping file is no YAML, or not shaped as a mapping."""

    key: ClassVar[str] = "import_mapping_malformed"

    def __init__(self, path: str, detail: str) -> None:
        """``detail`` names the place in the file."""
        super().__init__(path=path, detail=detail)


class MappingNamesMissingFile(PlumbError):
    """A mapping speaks of a file or sheet that the folder does not have."""

    key: ClassVar[str] = "import_mapping_file_missing"

    def __init__(self, file: str) -> None:
        """``file`` with its sheet, as the mapping names it."""
        super().__init__(file=file)


class MappingNamesMissingColumn(PlumbError):
    """A mapping speaks of a column that the file does not have."""

    key: ClassVar[str] = "import_mapping_column_missing"

    def __init__(self, file: str, column: str) -> None:
        """``column`` as the mapping names it."""
        super().__init__(file=file, column=column)


class MappingNamesUnknownField(PlumbError):
    """A mapping sends a column to a field or table that there is not."""

    key: ClassVar[str] = "import_mapping_field_unknown"

    def __init__(self, file: str, field: str, nearest: str, known: Sequence[str]) -> None:
        """``field`` as the mapping names it, the ``nearest`` of what it could have named, and all of that."""
        super().__init__(file=file, field=field, nearest=nearest, known=", ".join(known))
