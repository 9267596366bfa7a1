"""Accounts with invented names in both scripts, to see what very many names cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tools.crm.models import Account

SEED = 31
ONSETS, VOWELS, CODAS = "bcdfghklmnprstvw", "aeiou", ["", "l", "n", "r", "s"]
KINDS, FORMS = ["Systems", "Foods", "Logistics", "Energy", "Partners", "Medical"], ["Ltd", "Inc.", "Group", "GmbH", ""]
PLACES, SIGNS = ["杭州", "宁波", "青岛", "长沙", "厦门", "西安", "无锡", "佛山"], "恒星华远凌拓瑞博嘉诚鼎盛和润泰安启明晨曦云帆海岳"
TRADES, LEGAL = ["科技", "信息", "医疗", "食品", "物流", "机械", "能源"], ["有限公司", "股份有限公司", "集团"]


def add_accounts(session: Session, count: int) -> None:
    """Put ``count`` further accounts into the store."""
    if not count:
        return
    first = (session.scalar(select(func.max(Account.id))) or 0) + 1
    about = {"source_system": "crowd", "version": 1, "version_hash": "crowd", "as_of": datetime(2026, 1, 1, tzinfo=UTC), "custom": {}}
    rows = [{"id": number, "name": name, "source_id": f"crowd {number}", **about} for number, name in enumerate(_names(count), first)]
    session.execute(insert(Account), rows)
    session.commit()


def _names(count: int) -> Iterator[str]:
    rng = Random(SEED)
    given: set[str] = set()
    while len(given) < count:
        if rng.random() < 0.5:
            word = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(rng.randint(2, 4))).capitalize()
            name = f"{word} {rng.choice(KINDS)} {rng.choice(FORMS)}".strip()
        else:
            name = rng.choice(PLACES) + "".join(rng.choices(SIGNS, k=rng.randint(2, 4))) + rng.choice(TRADES) + rng.choice(LEGAL)
        if name not in given:
            given.add(name)
            yield name
