"""Headers of days as people say them: the "expected signing date" of a column Expected Signing, 预计签约日期 of 预计签约."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.text import has_han
from tools.crm.semantic import Field

_DATED = re.compile(r"(?:日期|时间|日|时|date|day|time|on|at)$", re.IGNORECASE)


def dated_labels(spec: Field) -> Iterator[str]:
    """An own label of a day or a time that says of neither that it is one, with the word that says so."""
    for label in spec.words.en[:1] if spec.custom and spec.type.is_time else ():
        if not _DATED.search(label):
            yield from (label + word for word in (("日期", "时间", "日") if has_han(label) else (" date", " day", " time")))
