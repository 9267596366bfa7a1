"""Fills the headers of a CRM's export with made-up rows, faults included, and writes them as that system does. Seeded: the same rows every time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal

from tools.trace.cells import Frozen

ROWS = {"account": 60, "contact": 90, "member": 12, "product": 10, "opportunity": 120, "contract": 40}
OTHER_ROWS = 80
FAULTS = 0.03
SPARSE = 0.25
NAMES = {
    "en": (
        ("Ada", "Bruno", "Clara", "Dmitri", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Karla", "Liam"),
        ("Abbot", "Berg", "Costa", "Dorn", "Ekström", "Fischer", "Gallo", "Hart", "Ivers", "Jung", "Keller", "Lund"),
        ("Norrvik", "Pellgate", "Quarzon", "Rosenfort", "Silberbach", "Tarnwood", "Umbria", "Veldhoven"),
        ("Logistics", "Energy", "Foods", "Systems", "Medical", "Capital"),
        ("Ltd", "Inc", "GmbH", "LLC"),
    ),
    "zh": (
        ("伟", "芳", "敏", "静", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "明"),
        ("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙"),
        ("恒远", "卓越", "华晨", "金桥", "瑞和", "天宇", "盛达", "宏图"),
        ("科技", "能源", "食品", "医疗", "物流", "信息"),
        ("有限公司", "股份有限公司", "集团有限公司"),
    ),
}
CITIES = {"en": ("Berlin", "Boston", "Lyon", "Leeds", "Denver"), "zh": ("上海", "北京", "深圳", "杭州", "成都")}
STATES = ("Bavaria", "Massachusetts", "Colorado", "Ohio", "Yorkshire")
PROVINCES = ("上海市", "广东省", "浙江省", "四川省", "江苏省")
COUNTRIES = ("Germany", "United States", "France", "United Kingdom")
WORDS = {
    "en": ("Call back about the pilot", "Sent the offer, waiting for answer", "Security review is open", "They compare two vendors", "Demo went well"),
    "zh": ("客户希望先看案例", "已发送报价，等待回复", "安全评审尚未完成", "正在比较两家供应商", "演示效果不错"),
}
PRODUCTS = ("Gateway Pro", "Data Hub", "Edge Box", "Vision Kit", "Ledger Suite", "Field App", "Cloud Seat", "Care Plan", "Start Pack", "Audit Add-on")
BEGIN = datetime(2023, 1, 2, 8, 0)


class Format(Frozen):
    """How a system writes its exports."""

    kind: Literal["csv", "xlsx"]
    encoding: str = "utf-8"
    date: str
    datetime: str
    id: str
    percent: Literal["plain", "fraction"] = "plain"
    names: Literal["en", "zh"]
    hidden_sheet: bool = False


class FileSpec(Frozen):
    """One file: its columns with header, the place where it belongs, and the recipe that fills it."""

    file: str
    entity: str
    kind: str
    columns: tuple[tuple[str, str, str], ...]


class SystemSpec(Frozen):
    """The files of one system."""

    version: int
    system: str
    format: Format
    files: tuple[FileSpec, ...]


class World:
    """Names and ids of the records of each kind, so that files refer to each other."""

    def __init__(self, spec: SystemSpec, seed: int) -> None:
        """Make up the records of all kinds that have files or are referred to."""
        self.format = spec.format
        self.random = Random(f"{seed}:{spec.system}")  # noqa: S311 - made-up rows, no secrets
        self.ids: dict[str, list[str]] = {}
        self.names: dict[str, list[str]] = {}
        self.codes: dict[str, list[str]] = {}
        kinds = [*ROWS, *(file.kind for file in spec.files if file.kind not in ROWS)]
        for number, kind in enumerate(dict.fromkeys(kinds), start=1):
            count = ROWS.get(kind, OTHER_ROWS)
            self.ids[kind] = [spec.format.id.format(number * 1000 + row) for row in range(count)]
            self.codes[kind] = [f"2025{number:02}{row:04}" for row in range(count)]
        for kind in ("account", "contact", "member", "product", "opportunity", "contract"):
            self.names[kind] = self._names(kind, ROWS[kind])

    def person(self) -> tuple[str, str]:
        """First and last name."""
        first, last = NAMES[self.format.names][:2]
        return self.random.choice(first), self.random.choice(last)

    def company(self) -> str:
        """A company's full name."""
        _, _, stem, trade, form = NAMES[self.format.names]
        joined = (self.random.choice(stem), self.random.choice(trade), self.random.choice(form))
        return " ".join(joined) if self.format.names == "en" else "".join((self.random.choice(CITIES["zh"]), *joined))

    def full(self, first: str, last: str) -> str:
        """A person's name in the order of the language."""
        return f"{first} {last}" if self.format.names == "en" else last + first

    def _names(self, kind: str, count: int) -> list[str]:
        if kind in ("contact", "member"):
            pairs = [(first, last) for first in NAMES[self.format.names][0] for last in NAMES[self.format.names][1]]
            return [self.full(*pair) for pair in self.random.sample(pairs, count)]
        if kind == "product":
            return list(PRODUCTS[:count])
        if kind == "account":
            found: dict[str, None] = {}
            while len(found) < count:
                found[self.company()] = None
            return list(found)
        return [f"{self.random.choice(self.names['account'])} {self.random.choice(PRODUCTS)} {row}" for row in range(count)]


def write_system(spec: SystemSpec, folder: Path, seed: int = 20260301) -> None:
    """Write all files of one system's export."""
    world = World(spec, seed)
    for file in spec.files:
        rows = _rows(file, world)
        headers = [header for header, _, _ in file.columns]
        if spec.format.kind == "csv":
            with (folder / file.file).open("w", encoding=spec.format.encoding, newline="", errors="replace") as out:
                writer = csv.writer(out)
                writer.writerow(headers)
                writer.writerows(rows)
        else:
            _write_workbook(folder / file.file, headers, rows, hidden=spec.format.hidden_sheet)


def _rows(file: FileSpec, world: World) -> list[list[str]]:
    count = ROWS.get(file.kind, OTHER_ROWS)
    rows = []
    for row in range(count):
        first, last = world.person()
        rows.append([_fault(_cell(recipe, file.kind, row, first, last, world), recipe, world.random) for _, _, recipe in file.columns])
    return rows


def _cell(recipe: str, kind: str, row: int, first: str, last: str, world: World) -> str:
    random = world.random
    if recipe.endswith(" sparse"):
        if random.random() > SPARSE:
            return ""
        recipe = recipe.removesuffix(" sparse")
    word, _, rest = recipe.partition(" ")
    if word == "id":
        return world.ids[kind][row]
    if word == "idof":
        return random.choice(world.ids[rest])
    if word == "nameof":
        return random.choice(world.names[rest])
    if word == "codeof":
        return random.choice(world.codes[rest])
    if word == "name":
        return world.names[kind][row]
    if word == "code":
        # Contracts are referred to by their number: it must be the one that other files name.
        return world.codes[kind][row] if kind == "contract" else f"{rest}-{row + 1:05}"
    if word == "choice":
        return random.choice(rest.split("|"))
    if word == "flag":
        return random.choice(rest.split("|"))
    if word in ("first", "last", "person"):
        return {"first": first, "last": last, "person": world.full(first, last)}[word]
    return PLAIN[word](world, row)


def _when(world: World) -> datetime:
    return BEGIN + timedelta(minutes=world.random.randrange(3 * 365 * 24 * 60))


PLAIN: dict[str, Callable[[World, int], str]] = {
    "date": lambda world, row: _when(world).strftime(world.format.date),
    "datetime": lambda world, row: _when(world).strftime(world.format.datetime),
    "olddate": lambda world, row: (_when(world) - timedelta(days=12000)).strftime(world.format.date),
    "clock": lambda world, row: _when(world).strftime("%H:%M"),
    "duration": lambda world, row: f"00:{world.random.randrange(1, 59):02}:{world.random.randrange(60):02}",
    "money": lambda world, row: f"{world.random.randrange(900, 900_000)}.{world.random.choice(('00', '50'))}",
    "smallmoney": lambda world, row: f"{world.random.uniform(1, 400):.2f}",
    "percent": lambda world, row: _percent(world),
    "count": lambda world, row: str(world.random.randrange(0, 400)),
    "number": lambda world, row: str(10_000 + row * 7),
    "phone": lambda world, row: (
        f"+49 30 {world.random.randrange(10**6, 10**7)}" if world.format.names == "en" else f"139{world.random.randrange(10**7, 10**8)}"
    ),
    "email": lambda world, row: f"user{world.random.randrange(10**4)}@mail{row % 9}.example.com",
    "url": lambda world, row: f"https://www.site{row}.example.com",
    "domain": lambda world, row: f"site{row}.example.com",
    "words": lambda world, row: world.random.choice(WORDS[world.format.names]),
    "company": lambda world, row: world.company(),
    "leadtitle": lambda world, row: f"{world.company()} lead" if world.format.names == "en" else f"{world.company()}线索",
    "city": lambda world, row: world.random.choice(CITIES[world.format.names]),
    "state": lambda world, row: world.random.choice(STATES),
    "province": lambda world, row: world.random.choice(PROVINCES),
    "country": lambda world, row: world.random.choice(COUNTRIES),
    "address": lambda world, row: f"{world.random.randrange(1, 200)} Mill Road" if world.format.names == "en" else f"人民路{world.random.randrange(1, 200)}号",
    "zip": lambda world, row: f"{world.random.randrange(10_000, 99_999)}",
    "currency": lambda world, row: world.random.choice(("USD", "EUR") if world.format.names == "en" else ("CNY", "USD")),
    "guid": lambda world, row: f"{row:08x}-53b0-11ef-b8e8-{world.random.randrange(16**12):012x}",
    "checksum": lambda world, row: f"{world.random.getrandbits(240):060x}",
    "taxid": lambda world, row: f"9131{world.random.randrange(10**13):013}X",
}


def _percent(world: World) -> str:
    hundredths = world.random.choice((10, 20, 40, 60, 75, 90, 100))
    return str(hundredths) if world.format.percent == "plain" else f"{hundredths / 100:g}"


def _fault(value: str, recipe: str, random: Random) -> str:
    """What goes wrong in real files: blanks, dates that are none, names spelled another way."""
    if recipe == "id" or random.random() >= FAULTS:
        return value
    if "date" in recipe:
        return random.choice(("", "tbd", "2025-02-30"))
    if recipe.startswith(("nameof", "choice")):
        return random.choice((value.upper(), f" {value} ", value.replace(" ", "  "), ""))
    return random.choice((value, ""))


def _write_workbook(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]], *, hidden: bool) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]  # a development dependency, and slow to import

    book = Workbook()
    sheet = book.active
    sheet.title = path.stem.split(" 3-1-2026")[0][:31]
    sheet.append(list(headers))
    for row in rows:
        sheet.append(list(row))
    if hidden:
        other = book.create_sheet("hiddenSheet")
        other.append(["opportunity:checksum&amp;opportunityid"])
        other.sheet_state = "veryHidden"
    book.save(path)
