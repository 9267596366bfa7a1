"""Written messages about units, and all others that they must be told from; placeholders are filled as the program fills them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from agent.answer import Language
from agent.requests.masking import STAND_INS
from agent.units.kinds import UNIT_KINDS, UnitKind
from agent.units.reading import CAPABILITY_STAND_IN, UNIT_STAND_IN
from evals.requests.examples import messages as requests
from tools.trace.cells import Frozen

FOLDER = Path("evals/datasets/units")
TEMPLATE_STAND_IN: dict[Language, str] = {"en": "delivery", "zh": "交付期"}


class Message(Frozen):
    """One message with what it asks for about a unit; ``other`` where it is about none. ``masked`` is what the classifier sees."""

    q: str
    masked: str
    kind: UnitKind


def messages(name: str) -> list[Message]:
    """The messages of one file, in its order."""
    return [_message(json.loads(line)) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def others() -> list[Message]:
    """What engines and records answer."""
    return [Message(q=each.q, masked=each.masked, kind="other") for name in ("dev", "records") for each in requests(name)]


def _message(row: dict[str, Any]) -> Message:
    spoken: Language = "en" if row["language"] == "en" else "zh"
    text = row["q"]
    ours = {"unit": UNIT_STAND_IN, "capability": CAPABILITY_STAND_IN, "template": TEMPLATE_STAND_IN}
    stand_ins = {str(slot): words for slot, words in STAND_INS.items()} | ours
    for slot, words in stand_ins.items():
        text = text.replace("{" + slot + "}", words[spoken])
    return Message(q=row["q"], masked=text, kind=row["kind"] if row["kind"] in UNIT_KINDS else "other")
