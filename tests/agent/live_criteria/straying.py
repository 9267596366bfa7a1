"""Forms that stray from a criterion in one place each: something added, dropped or turned round."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from agent.live_criteria.form import StateRule

DROPPED = ("objects", "roles", "persons", "whom_roles", "count", "within", "window", "record", "bound")


def strayed(written: StateRule) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each form with the name of how it strays."""
    form = json.loads(written.model_dump_json())
    for at, condition in enumerate(form["conditions"]):
        for name in DROPPED:
            if condition[name]:
                yield f"drop {name}", _changed(form, "conditions", at, **{name: [] if isinstance(condition[name], list) else None})
        if condition["acts"]:
            yield "other act", _changed(form, "conditions", at, acts=["join" if condition["acts"] == ["leave"] else "leave"])
            yield "other role", _changed(form, "conditions", at, roles=["board"])
            yield "other status", _changed(form, "conditions", at, status="promised" if condition["status"] == "done" else "done")
    for at, joint in enumerate(form["joints"]):
        if joint["how"] in ("after", "before"):
            yield "other denial", _changed(form, "joints", at, denied=not joint["denied"], still=False)
            yield "other order", _changed(form, "joints", at, how="after" if joint["how"] == "before" else "before")
            if joint["within"]:
                yield "drop within of a joint", _changed(form, "joints", at, within=None)
        elif joint["how"] in ("all", "any"):
            yield "other joint", _changed(form, "joints", at, how="any" if joint["how"] == "all" else "all")
    if form["accounts"]:
        yield "drop accounts", form | {"accounts": []}
        yield "other denial", _changed(form, "accounts", 0, negated=not form["accounts"][0]["negated"])
    last = form["joints"][-1]["number"] if form["joints"] else form["conditions"][0]["number"]
    yield "other denial", form | {"joints": [*form["joints"], {"number": 99, "how": "not", "of": [last]}]}


def _changed(form: dict[str, Any], part: str, at: int, **values: object) -> dict[str, Any]:
    made = copy.deepcopy(form)
    made[part][at] |= values
    return made
