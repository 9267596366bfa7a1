"""Turns the bytes of a delimited text file into records with line numbers: encoding, stray control characters, delimiter, quotes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
SNIFFED_BYTES = 65_536
SNIFFED_LINES = 200
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
BINARY_SHARE = 0.02
DAMAGED_SHARE = 0.02
# A record longer than this is a quotation mark that nobody closed, not a note with many lines.
LONGEST_RECORD = 400
# A line inside a cell is a record that a quotation mark swallowed where it has as many cells as the others.
TELLING_WIDTH, TELLING_LINES, ALIKE_SHARE = 3, 2, 0.5
LARGEST_CELL = 16 * 1024 * 1024
SEPARATOR_LINE = re.compile(r"sep=(.)\s*$", re.IGNORECASE)


class NotText(ValueError):
    """The bytes are no text in any encoding that is read."""


@dataclass(slots=True)
class Record:
    """One record of a delimited file and the line, from 1, on which it begins; ``unclosed`` where a quotation mark in it has no end."""

    cells: list[str]
    line: int
    unclosed: bool = False


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises NotText for binary data."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, "utf-16")
    guessed = _unmarked_utf16(data[:SNIFFED_BYTES])
    if guessed:
        return _utf16(data, guessed)
    if _is_binary(data[:SNIFFED_BYTES]):
        raise NotText
    try:
        text = data.decode("utf-8-sig")
        return text, "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8-sig", "replace")
    high = sum(1 for letter in text if letter > "\x7f")
    if text.count("\ufffd") <= DAMAGED_SHARE * high:
        return text, "utf-8"
    return _legacy(data)


def _utf16(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), encoding


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: its delimiters and line ends bring zeros, which all stand on one side of their pair."""
    half = len(head) // 2
    if half < 4:
        return None
    first, second = head[0::2].count(0), head[1::2].count(0)
    guessed = "utf-16-le" if second > 20 * first else "utf-16-be" if first > 20 * second else None
    if guessed is None or max(first, second) < 0.02 * half:
        return None
    text = head[: 2 * half].decode(guessed, "replace")
    return guessed if "\n" in text and text.count("\ufffd") <= DAMAGED_SHARE * len(text) else None


def _is_binary(head: bytes) -> bool:
    control = sum(count for byte, count in Counter(head).items() if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a")
    return control > BINARY_SHARE * len(head)


def _legacy(data: bytes) -> tuple[str, str]:
    """GB18030 where the high bytes come in the pairs of common characters, a Western code page where they stand alone."""
    pairs, common, alone = _high_bytes(data[: 4 * SNIFFED_BYTES])
    if pairs and common >= 0.7 * (pairs + alone):
        try:
            return data.decode("gb18030"), "gb18030"
        except UnicodeDecodeError:
            text = data.decode("gb18030", "replace")
            if text.count("\ufffd") <= DAMAGED_SHARE * pairs:
                return text, "gb18030"
    if alone > pairs:
        try:
            return data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            return data.decode("latin-1"), "latin-1"
    from charset_normalizer import from_bytes  # slow to import and to run: the last resort

    best = from_bytes(data[: 4 * SNIFFED_BYTES]).best()
    if best is None:
        raise NotText
    return data.decode(best.encoding, "replace"), best.encoding


def _high_bytes(head: bytes) -> tuple[int, int, int]:
    """How many bytes above 127 come in pairs, how many such pairs are common Chinese characters, and how many bytes stand alone."""
    pairs = common = alone = 0
    for match in re.finditer(rb"[\x80-\xff]+", head):
        run = match.group()
        pairs += len(run) // 2
        alone += len(run) % 2
        common += sum(1 for lead, trail in zip(run[0::2], run[1::2], strict=False) if (0xB0 <= lead <= 0xF7 or 0xA1 <= lead <= 0xA3) and trail >= 0xA1)
    return pairs, common, alone


def records(text: str) -> tuple[list[Record], str]:
    """All records of a text and its delimiter. Cells keep their line breaks; control characters are gone."""
    if CONTROL.search(text):
        text = CONTROL.sub("", text)
    lines = list(io.StringIO(text, newline=None))
    first = 0
    declared = SEPARATOR_LINE.match(lines[0]) if lines else None
    if declared and declared[1] in DELIMITERS:
        first = 1
    delimiter = declared[1] if declared and declared[1] in DELIMITERS else best_delimiter(lines[:SNIFFED_LINES])
    return list(_parse(lines, first, delimiter)), delimiter


def _parse(lines: list[str], first: int, delimiter: str) -> Iterator[Record]:
    """Records from line ``first`` on. A quotation mark that nobody closed spoils the line that it stands in, and no other."""
    csv.field_size_limit(LARGEST_CELL)
    width = _usual_width(lines[first : first + SNIFFED_LINES], delimiter)
    start = first
    while start < len(lines):
        restart = None
        reader = csv.reader((lines[at] for at in range(start, len(lines))), delimiter=delimiter)
        began = 0
        for cells in reader:
            end = reader.line_num
            ends = start + end == len(lines)
            if (ends or end - began > 1) and _is_unclosed(lines[start + began : start + end], len(cells), width, delimiter, ends=ends):
                restart = start + began
                break
            yield Record(cells, start + began + 1)
            began = end
        if restart is None:
            return
        yield Record(next(csv.reader([lines[restart]], delimiter=delimiter, quoting=csv.QUOTE_NONE)), restart + 1, unclosed=True)
        start = restart + 1


def _is_unclosed(spanned: list[str], cells: int, width: int, delimiter: str, *, ends: bool) -> bool:
    """True for a record of several lines that is too long, that never ends, or most of whose further lines are records by themselves."""
    if len(spanned) > LONGEST_RECORD:
        return True
    fault = _fault(spanned, delimiter)
    if ends and "unexpected end" in fault:
        return True
    further = [line for line in spanned[1:] if line.strip()]
    alike = sum(_cells_of(line, delimiter) == width for line in further)
    return width >= TELLING_WIDTH and alike >= 1 and alike >= ALIKE_SHARE * len(further) and (cells != width or alike >= TELLING_LINES or bool(fault))


def _fault(spanned: list[str], delimiter: str) -> str:
    """What a strict reading of a record stumbles over; empty where it doesn't."""
    try:
        for _ in csv.reader(spanned, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return str(error)
    return ""


def _usual_width(lines: list[str], delimiter: str) -> int:
    widths = Counter(width for line in lines if (width := _cells_of(line, delimiter)) > 1)
    return widths.most_common(1)[0][0] if widths else 1


def _cells_of(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line], delimiter=delimiter), ()))


def best_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts most records into the same number of cells, the widest where several do."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if any(cells))
        except csv.Error:
            continue
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = count / sum(widths.values()) * (1 + min(width, 50) / 50)
        if score > best_score:
            best, best_score = delimiter, score
    return best
