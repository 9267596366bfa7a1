"""Salted SHA-256 commitments over canonical JSON: a value can be withheld and still be part of what was signed."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from hashlib import sha256

from pydantic import BaseModel

SALT_BYTES = 16
HEX_64 = r"^[0-9a-f]{64}$"
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False)


def canonical_json(value: object) -> bytes:
    """RFC 8785 bytes of a JSON value made of objects with ASCII keys, lists, text, whole numbers, flags and null.

    For such values the C encoder with sorted keys gives exactly the bytes of the standard. Fractions would not; they
    are written as decimal text everywhere in a trace. Raises UnicodeEncodeError for text that is not valid Unicode.
    """
    return _ENCODER.encode(value).encode("utf-8")


def plain(value: object) -> object:
    """The JSON form of a model, a tuple or a scalar."""
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def fresh_salts(count: int) -> list[str]:
    """``count`` independent random salts as hexadecimal text, drawn in one call."""
    text = secrets.token_bytes(SALT_BYTES * count).hex()
    width = SALT_BYTES * 2
    return [text[start : start + width] for start in range(0, len(text), width)]


def commit(salt: str, value: object) -> str:
    """Commitment ``SHA-256(salt ‖ canonical JSON of value)`` as hexadecimal text."""
    return sha256(bytes.fromhex(salt) + canonical_json(plain(value))).hexdigest()


def rows_digest(rows_json: str) -> str:
    """Plain SHA-256 of the rows of an evidence block; never leaves the installation, because it has no salt."""
    return sha256(rows_json.encode("utf-8")).hexdigest()


def commit_rows(salt: str, rows_json: str, header: Sequence[object]) -> str:
    """Commitment of a block: ``SHA-256(salt ‖ SHA-256(rows) ‖ canonical JSON of header)``. The rows are not parsed."""
    digest = sha256(rows_json.encode("utf-8")).digest()
    return sha256(bytes.fromhex(salt) + digest + canonical_json([plain(part) for part in header])).hexdigest()
