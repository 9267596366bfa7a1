"""Invented deals as a history in memory, small enough to know what must come out."""

from __future__ import annotations

import numpy as np

from tools.forecast.history import NEVER, UNKNOWN, Coded, Events, History, Revision

DAY = 739_000


def history(n: int = 400, seed: int = 3, *, strength: float = 0.0, open_share: float = 0.1, revised: dict[str, tuple[Revision, ...]] | None = None) -> History:
    """Deals over two years up to DAY; with ``strength`` the product decides who wins. Every deal has talks and stages within its life."""
    rng = np.random.default_rng(seed)
    opened = np.sort(DAY - 730 + rng.integers(0, 720, n))
    closed = opened + rng.integers(5, 90, n)
    closed = np.where((closed > DAY) | (rng.random(n) < open_share), NEVER, closed)
    products = rng.integers(0, 4, n)
    odds = strength * np.where(products < 2, 1.0, -1.0)
    won = (rng.random(n) < 1 / (1 + np.exp(-odds))) & (closed < NEVER)
    last = np.minimum(closed, DAY)
    talks = np.repeat(np.arange(n), 3)
    talked = opened[talks] + (rng.random(len(talks)) * (last - opened)[talks]).astype(np.int64)
    moves = np.repeat(np.arange(n), 2)
    entered = opened[moves] + np.tile([0, 4], n)
    accounts = rng.integers(0, 40, n)
    groups = {
        "owner": Coded(rng.integers(0, 6, n), tuple("abcdef")),
        "account": Coded(accounts, tuple(f"account {each}" for each in range(40))),
        "product": Coded(products, ("p", "q", "r", "s")),
    }
    return History(
        ids=np.arange(n) + 1,
        names=tuple(f"deal {each}" for each in range(n)),
        opened=opened,
        closed=closed,
        planned=np.full(n, NEVER),
        won=won,
        amount=np.round(np.exp(rng.normal(10, 0.5, n)), 2),
        price=np.full(n, np.nan),
        probability=np.full(n, np.nan),
        groups=groups,
        sides=groups,
        words={"source": Coded(rng.integers(-1, 3, n), ("fair", "mail", "web"))},
        numbers={"quantity": rng.integers(1, 9, n).astype(float)},
        stage_now=Coded(np.full(n, UNKNOWN), ("first", "second")),
        stage_moves=Events(moves, entered, np.arange(len(moves)) + 1),
        stage_codes=np.tile([0, 1], n),
        deal_events={"call": Events(talks, talked, np.arange(len(talks)) + 1)},
        account_events={"said": Events(accounts[talks], talked, np.arange(len(talks)) + 1)},
        revised=revised or {},
        unit="EUR",
    )
