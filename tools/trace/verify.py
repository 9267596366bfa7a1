"""Checks a trace offline: form, id, commitments, signature, every derivation and every claim. Trusts nothing in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from typing import Any, Literal

from pydantic import Field, ValidationError

from prompts.words import say
from tools.trace.cells import Cell, EvidenceBlock, Frozen, Suggestion
from tools.trace.citation import CitationTrace, TracedClaim, trace_id
from tools.trace.commitment import canonical_json
from tools.trace.evidence import EXACT
from tools.trace.mentions import plain_words, shows
from tools.trace.recompute import Finding, recompute
from tools.trace.sealing import effective_classifications
from tools.trace.signing import TrustedKeys, is_signed_by

CheckKind = Literal["schema", "id", "signature", "commitment", "classification", "derivation", "claim", "suggestion", "source"]
Outcome = Literal["ok", "failed", "not_checkable"]


class Check(Frozen):
    """One check and what came of it. ``reason`` names a sentence of the catalogue that ``data`` fills."""

    kind: CheckKind
    subject: str
    outcome: Outcome
    reason: str
    data: dict[str, str] = Field(default_factory=dict)

    def sentence(self, language: Literal["zh", "en"]) -> str:
        """What to tell a person."""
        return say(f"trace_check_{self.reason}", language, subject=self.subject, **self.data)


class VerificationReport(Frozen):
    """All checks of one trace."""

    trace_id: str
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing failed; what could not be checked by this reader does not count as failed."""
        return not any(check.outcome == "failed" for check in self.checks)

    def of(self, outcome: Outcome) -> tuple[Check, ...]:
        """The checks with that outcome."""
        return tuple(check for check in self.checks if check.outcome == outcome)


class NotATrace(ValueError):
    """Bytes or JSON that are not a well-formed trace."""


def read_trace(payload: bytes | dict[str, Any]) -> CitationTrace:
    """The trace in a file's bytes or its JSON. Raises NotATrace when anything in it is missing, unknown or spelt differently."""
    try:
        document = _parse(payload) if isinstance(payload, bytes) else payload
        trace = CitationTrace.model_validate(document)
        if canonical_json(document) != canonical_json(trace.model_dump(mode="json")):
            raise NotATrace("a value is not in its canonical form")
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise NotATrace(_first_line(error)) from error
    return trace


def verify_trace(payload: bytes | dict[str, Any], trusted_keys: TrustedKeys) -> VerificationReport:
    """Check a trace without the store. Only ``trusted_keys`` count; a key that the file brought along would prove nothing."""
    try:
        trace = read_trace(payload)
    except NotATrace as error:
        return VerificationReport(trace_id="", checks=(Check(kind="schema", subject="trace", outcome="failed", reason="schema", data={"error": str(error)}),))
    checks = [Check(kind="schema", subject="trace", outcome="ok", reason="schema_ok")]
    checks += [_check_id(trace), _check_signature(trace, trusted_keys)]
    checks += _check_commitments(trace)
    cells = {cell.address: cell.opened() for cell in trace.cells}
    blocks = {block.id: block.opened() for block in trace.blocks}
    checks += _check_names(trace)
    checks += _check_classifications(cells, blocks)
    checks += [_from_finding(finding) for finding in recompute(cells, blocks, withheld_names(trace))]
    for number, claim in enumerate(trace.claims, 1):
        checks += _check_claim(f"claim {number}", claim, cells.get(claim.cell), trace)
    for number, suggestion in enumerate(trace.suggestions, 1):
        if suggestion.opening:
            checks.append(_check_suggestion(f"suggestion {number}", suggestion.opening.value))
    return VerificationReport(trace_id=trace.id, checks=tuple(checks))


def withheld_names(trace: CitationTrace) -> frozenset[str]:
    """Cells and blocks whose content is withheld from this reader."""
    cells = (cell.address for cell in trace.cells if cell.content.opening is None)
    return frozenset((*cells, *(block.id for block in trace.blocks if block.content.opening is None)))


def _parse(payload: bytes) -> dict[str, Any]:
    document = json.loads(payload.decode("utf-8"), object_pairs_hook=_without_repeats, parse_float=_refuse, parse_constant=_refuse)
    if not isinstance(document, dict):
        raise NotATrace("not a JSON object")
    return document


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotATrace("an object names a member twice")
    return found


def _refuse(text: str) -> object:
    raise NotATrace(f"{text[:40]} is not a whole number")


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _check_id(trace: CitationTrace) -> Check:
    computed = trace_id(trace.model_dump(mode="json"))
    if computed == trace.id:
        return Check(kind="id", subject=trace.id, outcome="ok", reason="id_ok")
    return Check(kind="id", subject=trace.id, outcome="failed", reason="id", data={"computed": computed})


def _check_signature(trace: CitationTrace, trusted_keys: TrustedKeys) -> Check:
    signer = trace.signature.key_id
    public = trusted_keys.get(signer)
    if public is None:
        return Check(kind="signature", subject=signer, outcome="failed", reason="signature_untrusted")
    if not is_signed_by(public, trace.id, trace.signature.value):
        return Check(kind="signature", subject=signer, outcome="failed", reason="signature")
    return Check(kind="signature", subject=signer, outcome="ok", reason="signature_ok")


def _check_commitments(trace: CitationTrace) -> Iterator[Check]:
    for name, seal, holds in trace.seals():
        if seal.opening is None:
            data = {"level": seal.classification.label}
            yield Check(kind="commitment", subject=name, outcome="not_checkable", reason="commitment_withheld", data=data)
        elif holds:
            yield Check(kind="commitment", subject=name, outcome="ok", reason="commitment_ok")
        else:
            yield Check(kind="commitment", subject=name, outcome="failed", reason="commitment")


def _check_names(trace: CitationTrace) -> Iterator[Check]:
    names = Counter([*(cell.address for cell in trace.cells), *(block.id for block in trace.blocks)])
    for name, times in names.items():
        if times > 1:
            yield Check(kind="derivation", subject=name, outcome="failed", reason="duplicate_name")


def _check_classifications(cells: Mapping[str, Cell], blocks: Mapping[str, EvidenceBlock]) -> Iterator[Check]:
    """A trace whose levels would have been raised when it was sealed gives away more than it should."""
    stated = {name: part.classification for part_of in (cells, blocks) for name, part in part_of.items()}
    due = effective_classifications(tuple(cells.values()), tuple(blocks.values()))
    for name, level in stated.items():
        if level < due[name]:
            yield Check(kind="classification", subject=name, outcome="failed", reason="classification", data={"due": due[name].label, "stated": level.label})


def _from_finding(finding: Finding) -> Check:
    data = {"about": finding.about, "stated": finding.stated or "—", "recomputed": finding.recomputed or "—"}
    reason = "derivation_ok" if finding.outcome == "ok" else finding.reason or "mismatch"
    return Check(kind="derivation", subject=finding.address, outcome=finding.outcome, reason=reason, data=data)


def _check_claim(name: str, claim: TracedClaim, cell: Cell | None, trace: CitationTrace) -> Iterator[Check]:
    def check(outcome: Outcome, reason: str, **data: str) -> Check:
        return Check(kind="claim", subject=name, outcome=outcome, reason=reason, data={"cell": claim.cell, **data})

    if cell is None:
        yield check("failed", "claim_unbound")
        return
    if (claim.type, claim.unit) != (cell.type, cell.unit):
        yield check("failed", "claim_kind", stated=f"{claim.type} {claim.unit or ''}", held=f"{cell.type} {cell.unit or ''}")
    value = claim.value.opening
    if value is None or claim.cell in withheld_names(trace):
        yield check("not_checkable", "claim_withheld")
    elif value.value == cell.value:
        yield check("ok", "claim_ok")
    else:
        yield check("failed", "claim_value", stated=value.value or "—", held=cell.value or "—")
    if claim.text.opening is None or trace.answer.opening is None:
        yield check("not_checkable", "claim_words_withheld")
        return
    words = claim.text.opening.value
    if plain_words(words) not in plain_words(trace.answer.opening.value):
        yield check("failed", "claim_words_absent", words=words)
    elif value is not None:
        shown = shows(words, value.value, claim.type)
        outcome: Outcome = "not_checkable" if shown is None else "ok" if shown else "failed"
        yield check(outcome, {"ok": "claim_words_ok", "failed": "claim_words", "not_checkable": "claim_words_free"}[outcome], words=words)


def _check_suggestion(name: str, suggestion: Suggestion) -> Check:
    with localcontext(EXACT):
        total = sum((each.weight * each.effect for each in suggestion.contributions), Decimal(0))
    agrees = total == suggestion.score
    data = {"stated": f"{suggestion.score:f}", "recomputed": f"{total:f}"}
    return Check(kind="suggestion", subject=name, outcome="ok" if agrees else "failed", reason="suggestion_ok" if agrees else "suggestion", data=data)
