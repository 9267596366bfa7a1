"""Writes the demo company: people, customers, deals, conversations and stories, and beside the folder the truth about them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tools.crm.demo.billing import bill
from tools.crm.demo.conversations import Conversations
from tools.crm.demo.customers import found, inquire, write_accounts
from tools.crm.demo.names import Namer
from tools.crm.demo.people import hire, write_members
from tools.crm.demo.planning import plan
from tools.crm.demo.selling import Selling, write_deals
from tools.crm.demo.serving import serve
from tools.crm.demo.stories import Stories
from tools.crm.demo.truth import DemoTruth, tell_truth
from tools.crm.demo.world import SizeName, World
from tools.crm.demo.writing import HEADERS, write_table


def write_demo(folder: Path, size: SizeName = "small", seed: int = 7, today: date | None = None) -> DemoTruth:
    """Write the export of an invented company into ``folder``, and the truth about it to ``<folder>-truth.json``.

    Two years of history end the day before ``today``, which defaults to the clock's day in UTC. The same size, seed and day give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    world = World(size, seed, today or datetime.now(UTC).date())
    namer = Namer(world.rng("names"))
    hire(world, namer)
    found(world, namer)
    selling = Selling(world)
    stories = Stories(world, selling)
    stories.cast()
    selling.sell_all()
    write_members(world)
    write_deals(world)
    bill(world)
    write_accounts(world)
    inquire(world, namer)
    serve(world)
    plan(world)
    stories.tell()
    talks = Conversations(world)
    write_table(folder, "interactions", talks.all())
    for table in HEADERS:
        if table != "interactions":
            write_table(folder, table, world.tables[table])
    truth = tell_truth(world, stories.plots, talks.days, talks.number)
    truth_path(folder).write_text(truth.model_dump_json(indent=1), "utf-8")
    return truth


def truth_path(folder: Path) -> Path:
    """Where the truth about the export in ``folder`` lies: beside it, so that an import never reads it."""
    return folder.with_name(f"{folder.name}-truth.json")
