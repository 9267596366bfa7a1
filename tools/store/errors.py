"""The root of all errors that a person may get to see."""

from typing import ClassVar


class PlumbError(Exception):
    """Something that a person can do something about.

    ``key`` names the sentence in ``prompts/errors.yaml``; the attributes of the error fill its placeholders.
    """

    key: ClassVar[str] = "error_unexpected"

    def __init__(self, **data: object) -> None:
        """Keep the situation's data, to be filled into the sentence."""
        super().__init__(self.key)
        self.data = data
