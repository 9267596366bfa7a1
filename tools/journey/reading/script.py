"""Reads traditional characters and full-width letters as what the lexicon writes. One character stays one character, so that positions hold."""

from __future__ import annotations

from pathlib import Path


def _simpler() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
    table |= {code: chr(code + 32 - 0xFEE0) for code in range(0xFF21, 0xFF3B)}
    table |= {
        ord("’"): "'",
        ord("‘"): "'",
        ord("`"): "'",
        ord("‑"): "-",
        ord("–"): "—",
        ord("％"): "%",
        ord("＆"): "&",
        ord("／"): "/",
        ord("﹐"): "，",
        ord("；"): ";",
    }
    pairs = "".join((Path(__file__).parent / "traditional.txt").read_text("utf-8").split())
    return table | {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}


SIMPLER = _simpler()
"""For :meth:`str.translate`; the pairs of ``traditional.txt`` are those characters of the lexicon that are written otherwise in traditional script."""
