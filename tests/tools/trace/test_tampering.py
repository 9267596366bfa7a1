"""Whatever is altered in an exported trace, verification fails, also for an attacker who recomputes every hash."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.trace.example import draft
from tools.store.classification import Classification
from tools.trace.citation import CitationTrace, trace_id
from tools.trace.commitment import commit, commit_rows
from tools.trace.export import to_json
from tools.trace.sealing import seal_trace
from tools.trace.signing import InstallationKey
from tools.trace.verify import verify_trace

Path = tuple[str | int, ...]


def scalars(part: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(part, dict):
        for name, value in part.items():
            yield from scalars(value, (*path, name))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from scalars(value, (*path, index))
    else:
        yield path, part


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def altered(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value:
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return "x"


def hashed_again(document: dict[str, Any]) -> dict[str, Any]:
    """What an attacker without the private key can do: every commitment and the id fit the altered content."""
    blocks = [block["content"] for block in document["blocks"]]

    def visit(part: object) -> None:
        if isinstance(part, list):
            for each in part:
                visit(each)
        elif isinstance(part, dict):
            if part.get("opening") and not any(part is block for block in blocks):
                part["commitment"] = commit(part["opening"]["salt"], part["opening"]["value"])
            for name, each in part.items():
                if name != "opening":
                    visit(each)

    visit(document)
    for block in document["blocks"]:
        opening = block["content"]["opening"]
        if opening:
            header = (block["id"], block["table"], block["columns"], {**opening["value"], "rows_json": ""})
            block["content"]["commitment"] = commit_rows(opening["salt"], opening["value"]["rows_json"], header)
    document["id"] = trace_id(document)
    return document


def exported(trace: CitationTrace) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(to_json(trace))
    return document


def fails(document: dict[str, Any], key: InstallationKey) -> bool:
    return not verify_trace(document, key.trusted()).holds


def test_untouched_trace_verifies_and_hashing_it_again_changes_nothing(trace: CitationTrace, key: InstallationKey) -> None:
    document = exported(trace)
    assert not fails(document, key)
    assert hashed_again(copy.deepcopy(document)) == document


@pytest.mark.parametrize("clearance", [Classification.SENSITIVE, Classification.INTERNAL])
def test_every_scalar_altered_once_fails(trace: CitationTrace, key: InstallationKey, clearance: Classification) -> None:
    document = exported(trace.masked_for(clearance))
    unnoticed = []
    for path, value in list(scalars(document)):
        holder = at(document, path[:-1])
        holder[path[-1]] = altered(value)
        if not fails(document, key):
            unnoticed.append(path)
        holder[path[-1]] = value
    assert unnoticed == []
    assert not fails(document, key)


def test_every_scalar_altered_once_fails_even_when_all_hashes_are_made_to_fit(trace: CitationTrace, key: InstallationKey) -> None:
    document = exported(trace)
    unnoticed = []
    for path, value in scalars(document):
        if path[0] == "id":
            continue  # hashing again restores it
        forged = copy.deepcopy(document)
        at(forged, path[:-1])[path[-1]] = altered(value)
        try:
            forged = hashed_again(forged)
        except ValueError:
            continue  # such a salt can't even be hashed
        if forged != document and not fails(forged, key):
            unnoticed.append(path)
    assert unnoticed == []


@given(data=st.data(), hash_again=st.booleans())
def test_any_scalar_replaced_by_anything_fails(trace: CitationTrace, key: InstallationKey, data: st.DataObject, hash_again: bool) -> None:
    document = exported(trace)
    path, value = data.draw(st.sampled_from(list(scalars(document))))
    odd = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text(max_size=8)
    near = st.sampled_from([str(value), str(value).upper(), f" {value}", f"{value}0", [value], {"opening": None}])
    replacement = data.draw(odd | near)
    if type(replacement) is type(value) and replacement == value:
        return
    at(document, path[:-1])[path[-1]] = replacement
    if hash_again:
        try:
            document = hashed_again(document)
        except (ValueError, TypeError, AttributeError, KeyError):
            return
        if document == exported(trace):
            return
    assert fails(document, key)


@given(data=st.data())
def test_a_row_of_evidence_replaced_fails_also_with_hashes_made_to_fit(trace: CitationTrace, key: InstallationKey, data: st.DataObject) -> None:
    document = exported(trace)
    content = document["blocks"][0]["content"]["opening"]["value"]
    rows = json.loads(content["rows_json"])
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[row]) - 1))
    rows[row][column] = data.draw((st.none() | st.integers(0, 9) | st.text(max_size=3)).filter(lambda value: value != rows[row][column]))
    content["rows_json"] = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    assert fails(document, key)
    assert fails(hashed_again(document), key)


def test_a_member_removed_added_or_repeated_fails(trace: CitationTrace, key: InstallationKey) -> None:
    document = exported(trace)
    for name in document:
        assert fails({other: part for other, part in document.items() if other != name}, key), name
    assert fails({**document, "note": "x"}, key)
    assert not verify_trace(to_json(trace).replace(b'{"answer"', b'{"language":"en","answer"', 1), key.trusted()).holds


def test_a_list_shortened_or_reordered_fails_with_hashes_made_to_fit(trace: CitationTrace, key: InstallationKey) -> None:
    for name in ("cells", "claims", "blocks", "queries", "suggestions"):
        document = exported(trace)
        document[name] = document[name][1:]
        assert fails(hashed_again(document), key), name
    document = exported(trace)
    document["cells"].reverse()
    assert fails(hashed_again(document), key)


def test_a_trace_signed_by_a_stranger_fails_although_it_is_consistent(trace: CitationTrace, key: InstallationKey, tmp_path: Any) -> None:
    stranger = InstallationKey.open(tmp_path)
    forged = seal_trace(draft(answer="东区 won most: 12,500.50 EUR, 67.6 % of the total. The buyer is Zhang Wei. Trust me."), stranger)
    assert verify_trace(exported(forged), stranger.trusted()).holds
    assert fails(exported(forged), key)
    claiming_our_key = exported(forged)
    claiming_our_key["signature"]["key_id"] = key.id
    assert fails(claiming_our_key, key)


@pytest.mark.parametrize("payload", [b"", b"[]", b"{", b"\xff", b"null", b'{"a":1.5}', b"[" * 100_000, b'{"id":NaN}'])
def test_bytes_that_are_no_trace_fail_with_a_sentence(payload: bytes, key: InstallationKey) -> None:
    report = verify_trace(payload, key.trusted())
    assert [check.kind for check in report.of("failed")] == ["schema"]
    assert all(check.sentence("zh") and check.sentence("en") for check in report.checks)
