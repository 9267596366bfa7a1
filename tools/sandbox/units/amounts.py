"""Reads amounts of money as people type them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from tools.sandbox.units.errors import AmountMalformed

SCALES = {"k": 1_000, "m": 1_000_000, "万": 10_000, "亿": 100_000_000}
MOST = Decimal(10) ** 13


def read_amount(text: str) -> Decimal:
    """An amount such as 120,000, 12万, 1.5m. Raises AmountMalformed for what is none, is finer than a cent, or beyond ten trillion."""
    found = re.fullmatch(r"\s*([-−+]?[\d,，]+(?:\.\d+)?)\s*([kKmM万亿]?)\s*", text)
    try:
        amount = Decimal(re.sub(r"[,，]", "", found[1]).replace("−", "-")) * SCALES.get(found[2].casefold(), 1) if found else None
    except InvalidOperation:
        amount = None
    if amount is None or abs(amount) > MOST or amount != amount.quantize(Decimal("0.01")):
        raise AmountMalformed(amount=text)
    return amount
