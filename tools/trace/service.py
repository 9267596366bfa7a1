"""Records traces in the caller's transaction and finds them again, among those that a reader may see, by id or a unique beginning of it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from tools.store.errors import PlumbError
from tools.store.inserting import insert_missing
from tools.trace.citation import CitationTrace
from tools.trace.commitment import canonical_json, rows_digest
from tools.trace.models import RecordedEvidence, RecordedTrace

COMPRESSION_LEVEL = 1
_ID = re.compile(r"[0-9a-f]{8,64}")


class TraceUnknown(PlumbError):
    """No recorded trace that the reader may see has this id. Data: ``id``."""

    key: ClassVar[str] = "trace_unknown"


class TraceIdAmbiguous(PlumbError):
    """Several traces that the reader may see begin with these characters. Data: ``id``."""

    key: ClassVar[str] = "trace_id_ambiguous"


def record(session: Session, trace: CitationTrace) -> None:
    """Add a trace and the evidence that is not stored yet. The caller commits."""
    rows = {block.id: block.content.opening.value.rows_json for block in trace.blocks if block.content.opening}
    digests = {block_id: rows_digest(text) for block_id, text in rows.items()}
    _store_evidence(session, {digests[block_id]: text for block_id, text in rows.items()})
    document = trace.model_dump(mode="json")
    for block in document["blocks"]:
        if block["id"] in rows:
            block["content"]["opening"]["value"]["rows_json"] = ""
    session.execute(insert(RecordedTrace).values(id=trace.id, created_at=trace.created_at, payload=canonical_json(document).decode("utf-8"), evidence=digests))


def load(session: Session, trace_id: str, among: Select[str] | None) -> CitationTrace:
    """The recorded trace whose id begins with ``trace_id`` (at least eight hexadecimal digits).

    ``among`` selects the ids that the reader may see; None where all may be seen. A trace beyond them is as unknown as one
    that never was. Raises TraceUnknown and TraceIdAmbiguous.
    """
    if not _ID.fullmatch(trace_id):
        raise TraceUnknown(id=trace_id)
    begun = select(RecordedTrace.payload, RecordedTrace.evidence).where(RecordedTrace.id >= trace_id, RecordedTrace.id < trace_id + "g")
    found = session.execute((begun if among is None else begun.where(RecordedTrace.id.in_(among))).limit(2)).all()
    if not found:
        raise TraceUnknown(id=trace_id)
    if len(found) > 1:
        raise TraceIdAmbiguous(id=trace_id)
    payload, evidence = found[0]
    return CitationTrace.model_validate(_with_rows(json.loads(payload), _fetch_evidence(session, evidence)))


def _store_evidence(session: Session, rows: Mapping[str, str]) -> None:
    if not rows:
        return
    known = set(session.scalars(select(RecordedEvidence.digest).where(RecordedEvidence.digest.in_(rows))))
    new = [{"digest": digest, "content": zlib.compress(text.encode("utf-8"), COMPRESSION_LEVEL)} for digest, text in rows.items() if digest not in known]
    insert_missing(session, RecordedEvidence, new)


def _fetch_evidence(session: Session, evidence: Mapping[str, str]) -> dict[str, str]:
    contents = select(RecordedEvidence.digest, RecordedEvidence.content).where(RecordedEvidence.digest.in_(evidence.values()))
    texts = {digest: zlib.decompress(content).decode("utf-8") for digest, content in session.execute(contents)}
    return {block_id: texts[digest] for block_id, digest in evidence.items()}


def _with_rows(document: dict[str, Any], rows: Mapping[str, str]) -> dict[str, Any]:
    for block in document["blocks"]:
        if block["id"] in rows:
            block["content"]["opening"]["value"]["rows_json"] = rows[block["id"]]
    return document
