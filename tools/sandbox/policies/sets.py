"""A set of policies with its schema: read, checked and parsed once, named by the hash of its words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import cedarpy

from tools.sandbox.errors import PoliciesDoNotFitSchema

Topic = Literal["reading", "using", "calling"]
Entity = dict[str, Any]
HERE = Path(__file__).parent
NOTHING_PERMITS = "nothing-permits"
"""What stands for a no that no rule spoke: there is simply none that says yes."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What policies say of one case: the ids of the rules that decided, those that say no where it is a no."""

    allowed: bool
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Policies:
    """One set, ready to be asked. ``hash`` is SHA-256 over policies and schema as they are written."""

    text: str
    schema: str
    hash: str
    parsed: cedarpy.PolicySet
    ids: tuple[str, ...]

    @classmethod
    def read(cls, text: str, schema: str) -> Policies:
        """Parse and check against the schema. Raises PoliciesDoNotFitSchema, also where a policy has no ``@id`` of its own."""
        checked = cedarpy.validate_policies(text, schema)
        if not checked.validation_passed:
            raise PoliciesDoNotFitSchema(said="; ".join(each.error for each in checked.errors))
        held = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
        ids = tuple(each.get("annotations", {}).get("id") or "" for each in held.values())
        if "" in ids or len(set(ids)) < len(ids):
            raise PoliciesDoNotFitSchema(said="every policy needs an @id of its own")
        return cls(text, schema, sha256(f"{text}\0{schema}".encode()).hexdigest(), cedarpy.PolicySet.from_str(text), ids)

    def rule(self, principal: Entity, action: str, resource: Entity, context: dict[str, Any], others: tuple[Entity, ...] = ()) -> Ruling:
        """Decide one case. Entities and context are as Cedar's JSON has them; ``others`` are those that these refer to.

        A policy that can't be evaluated counts as a no, whatever the others say.
        """
        request = {"principal": principal["uid"], "action": {"type": "Action", "id": action}, "resource": resource["uid"], "context": context}
        found = cedarpy.is_authorized(request, self.parsed, [principal, resource, *others])
        names, diagnostics = found.diagnostics.id_annotations_by_reason, found.diagnostics
        if diagnostics.errors:
            return Ruling(False, ("cannot-be-decided",))
        rules = tuple(sorted(names[each] for each in diagnostics.reasons))
        return Ruling(found.allowed, rules or (NOTHING_PERMITS,))

    def residue(self, principal: Entity, action: str, context: dict[str, Any], others: tuple[Entity, ...] = ()) -> dict[str, dict[str, Any]]:
        """What is left of every policy while the resource is not known, by the policy's ``@id``: its effect and its conditions."""
        request = {"principal": _written(principal["uid"]), "action": _written(uid("Action", action)), "resource": None, "context": context}
        found = cedarpy.is_authorized_partial(request, self.parsed, [principal, *others])
        return {each["annotations"]["id"]: each for each in found.residuals.values()}


@cache
def policies(topic: Topic) -> Policies:
    """The policies in force about a topic, as shipped."""
    return Policies.read((HERE / f"{topic}.cedar").read_text("utf-8"), (HERE / "schema.cedarschema").read_text("utf-8"))


@lru_cache(maxsize=32)
def recorded_policies(text: str, schema: str) -> Policies:
    """Policies as they were recorded with a decision."""
    return Policies.read(text, schema)


def uid(kind: str, name: object) -> dict[str, str]:
    """The name of an entity."""
    return {"type": kind, "id": str(name)}


def entity(kind: str, name: object, **attributes: object) -> Entity:
    """An entity with its attributes."""
    return {"uid": uid(kind, name), "attrs": attributes, "parents": []}


def ref(kind: str, name: object) -> dict[str, dict[str, str]]:
    """A reference to an entity inside attributes or context."""
    return {"__entity": uid(kind, name)}


def day(iso: str) -> dict[str, dict[str, str]]:
    """A day, or a point in time, inside attributes or context."""
    return {"__extn": {"fn": "datetime", "arg": iso}}


def _written(name: dict[str, str]) -> str:
    return f"{name['type']}::{json.dumps(name['id'])}"
