"""The written messages: placeholders stand for names, and are filled as the program fills them after it has put the names away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, get_args

from agent.answer import Language
from agent.requests.kinds import Kind
from agent.requests.masking import STAND_INS, Slot
from tools.trace.cells import Frozen

FOLDER = Path("evals/datasets/requests")


class Message(Frozen):
    """One message with the kind of answer that it asks for; ``follows`` where it only makes sense after a customer was talked about."""

    q: str
    language: Literal["zh", "en", "mixed"]
    kind: Kind
    slots: tuple[Slot, ...] = ()
    follows: bool = False

    @property
    def masked(self) -> str:
        """The message as the classifier sees it."""
        text = self.q
        spoken: Language = "en" if self.language == "en" else "zh"
        for slot in get_args(Slot):
            text = text.replace("{" + slot + "}", STAND_INS[slot][spoken])
        return text


def messages(name: str) -> list[Message]:
    """The messages of one file, in its order; none where it is absent."""
    path = FOLDER / f"{name}.jsonl"
    return [_message(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()] if path.exists() else []


def _message(row: dict[str, Any]) -> Message:
    return Message.model_validate(row | {"slots": tuple(row.get("slots") or ())})  # a mapping gives its keys
