"""What criteria are compiled with besides the grammar, as it comes in from outside. Knows no model and no endpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tools.journey.criteria.linking import Known
from tools.journey.criteria.reading import Compiled
from tools.journey.criteria.schemas import Rule


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion with what the grammar made of it. ``check`` raises the errors that any rule of it is refused with, whoever compiled it."""

    text: str
    today: date
    known: Known
    embedded: Compiled
    check: Callable[[Rule], None]


class OtherCompiler(Protocol):
    """Compiles a criterion in another way than the grammar does."""

    def __call__(self, asked: Asked) -> Compiled:
        """The criterion as it is to be understood: its own reading where one holds, else ``asked.embedded``. Raises nothing."""
        ...
