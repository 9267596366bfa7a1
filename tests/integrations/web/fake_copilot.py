"""A copilot at the port of the web chat: it knows a few questions by heart and keeps its threads in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from agent.answer import Answer, Chart, Choice, Claim, Finished, Source, StepStarted, Table, TextDelta, TurnEvent
from agent.evidence import CellEvidence, CellUnknown
from tests.tools.trace.example import draft
from tools.access.principal import Principal
from tools.crm.records import RecordLine
from tools.crm.semantic import Words
from tools.threads.service import ThreadBelongsToSomebodyElse, ThreadSummary
from tools.trace.cells import Cell, CellType, Derivation
from tools.trace.citation import CitationTrace
from tools.trace.sealing import seal_trace
from tools.trace.service import TraceUnknown
from tools.trace.signing import InstallationKey

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
HOSTILE = "<img src=x onerror=\"document.title='owned'\"> & Söhne [1] ‮txt.exe"
FAMOUS = "Which region won most?"
CHINESE = "各大区赢单金额是多少？"
SLOW = "Take your time"
ASKS_BACK = "How is the West doing?"
BROKEN = "Break"
CHARTED = "Where does Harbour stand?"
REFUSED = "Somebody else's thread"
RECORDS = 73
PAGE = 50

REGIONS = ("West", "East", "Central", "North", "South", "Overseas", "Alps", "Nordics", "Iberia", "Benelux", "Baltics", HOSTILE)


def money_table(language: str) -> Table:
    columns = ("Region", "Won value", "Won deals", "Win rate", "First win") if language == "en" else ("大区", "赢单金额", "赢单数", "赢单率", "首单日期")
    rows = tuple((name, 3_568_647 // (i + 1) + 0.5 * (i == 2), 1438 - 101 * i, 0.6319 - i / 30, f"2017-03-{i + 1:02}") for i, name in enumerate(REGIONS))
    return Table(
        name="Won value by region" if language == "en" else "各大区赢单金额",
        columns=columns,
        rows=(*rows[:4], (rows[4][0], None, 0, None, None), *rows[5:]),
        types=(CellType.NAME, CellType.MONEY, CellType.COUNT, CellType.RATE, CellType.DATE),
        units=(None, "USD", None, None, None),
        cells=tuple(tuple(f"q1.r{i + 1}.{key}" for key in ("d0", "m0", "m1", "m2", "m3")) for i in range(len(rows))),
        total_rows=40,
    )


def famous_answer(language: str, trace_id: str) -> Answer:
    english = language == "en"
    text = (
        "West has the highest won value: $3.57 M [1] (63.2 % [2] of its deals were won), from 1,438 [3] deals. Then East ($1.78 M [4])."
        "\n\nWon deals by close date. The data ends on 31 Dec 2017, so relative dates count from there."
        if english
        else "赢单金额最高的是 West：356.86 万美元 [1]（赢单率 63.2 % [2]），共 1,438 [3] 单。其次是 East（178.43 万美元 [4]）。"
        "\n\n赢单按成交日期计。数据截至 2017年12月31日，相对日期由此推算。"
    )
    values = (("$3.57 M", "356.86 万美元", 3568647, "money", "m0"), ("63.2 %", "63.2 %", 0.6319, "rate", "m2"), ("1,438", "1,438", 1438, "count", "m1"))
    claims = [
        Claim(text=en if english else zh, value=v, type=CellType(t), unit="USD" if t == "money" else None, cell=f"q1.r1.{c}", mark=i)
        for i, (en, zh, v, t, c) in enumerate(values, 1)
    ]
    claims.append(Claim(text="$1.78 M" if english else "178.43 万美元", value=1784323, type=CellType.MONEY, unit="USD", cell="q1.r2.m0", mark=4))
    origin = "sum over {} records of opportunities" if english else "opportunities 中 {} 条记录的合计"
    return Answer(
        answer=text,
        language="en" if english else "zh",
        mode="embedded",
        claims=tuple(claims),
        tables=(money_table(language),),
        sources=tuple(Source(mark=each.mark, cell=each.cell, text=origin.format("1,438"), records=1438, as_of="2026-03-03") for each in claims),
        next_steps=("Won value by region per quarter", "Which reps won most in West?") if english else ("各大区每季度的赢单金额", "West 哪位销售赢单最多？"),
        trace_id=trace_id,
    )


def charted_answer(trace_id: str) -> Answer:
    table = Table(
        name="Stages",
        columns=("Stage", "Intensity", "from", "to"),
        rows=(("Technical evaluation", 0.65, 0.58, 0.72), (f"Competitive {HOSTILE}", 0.42, 0.3, 0.55)),
        types=(CellType.STAGE, CellType.RATE, CellType.RATE, CellType.RATE),
        units=(None, None, None, None),
        cells=tuple(tuple(f"q1.r{row}.m{column}" for column in range(4)) for row in (1, 2)),
        total_rows=2,
    )
    chart = Chart(kind="intervals", title="Technical evaluation stands highest", low=2, high=3, alt="Technical evaluation 65.0 % (58.0 to 72.0)")
    claims = (Claim(text="65.0 %", value=0.65, type=CellType.RATE, unit=None, cell="q1.r1.m1", mark=1),)
    return Answer(
        answer="Harbour is foremost in technical evaluation: 65.0 % [1].",
        language="en",
        mode="embedded",
        claims=claims,
        tables=(table,),
        charts=(chart,),
        trace_id=trace_id,
    )


class FakeCopilot:
    """Implements CopilotPort. ``pace`` is the time between two events in seconds."""

    def __init__(self, folder: Path, pace: float = 0.0, has_data: bool = True) -> None:
        self.recorded: CitationTrace = seal_trace(draft(), InstallationKey.open(folder))
        self.pace, self.has_data = pace, has_data
        self.asked: list[tuple[str, str | None]] = []
        self.stopped = threading.Event()
        self.conversations: dict[str, list[tuple[str, Answer]]] = {}

    def stream(self, question: str, principal: Principal, thread_id: str | None = None) -> Iterator[TurnEvent]:
        self.asked.append((question, thread_id))
        try:
            yield from self._turn(question, thread_id or "t1")
        except GeneratorExit:
            self.stopped.set()
            raise

    def _turn(self, question: str, thread_id: str) -> Iterator[TurnEvent]:
        language = "zh" if any("\u3400" <= c <= "\u9fff" for c in question) else "en"
        if question == BROKEN:
            raise RuntimeError("password=hunter2")
        if question == REFUSED:
            raise ThreadBelongsToSomebodyElse()
        yield StepStarted(name="plan", text="reading the question…" if language == "en" else "正在理解问题…")
        while question == SLOW:
            yield StepStarted(name="act", text="reading 3,412 interactions…")
            time.sleep(0.02)
        time.sleep(self.pace)
        yield StepStarted(name="act", text="reading 3,412 interactions…" if language == "en" else "正在读取 3,412 条互动记录…")
        time.sleep(self.pace)
        answer = self._answer(question, language).model_copy(update={"thread_id": thread_id})
        for start in range(0, len(answer.answer), 24):
            yield TextDelta(text=answer.answer[start : start + 24])
            time.sleep(self.pace)
        self.conversations.setdefault(thread_id, []).append((question, answer))
        yield Finished(answer=answer)

    def _answer(self, question: str, language: str) -> Answer:
        if question == ASKS_BACK:
            choices = (
                Choice(text="West: deals owned by reps of the region West", ask=FAMOUS),
                Choice(text="Westfield Ltd., the account", ask="Deals of Westfield Ltd."),
            )
            text = "This can be read in more than one way. Which is meant?"
            return Answer(answer=text, language="en", mode="embedded", abstained=True, clarify=choices, trace_id=self.recorded.id)
        if question == CHARTED:
            return charted_answer(self.recorded.id)
        if question in {FAMOUS, CHINESE}:
            return famous_answer(language, self.recorded.id)
        return Answer(
            answer=f"“{question}” was not understood, so no figure is given.", language="en", mode="embedded", abstained=True, trace_id=self.recorded.id
        )

    def threads(self, principal: Principal) -> list[ThreadSummary]:
        return [ThreadSummary(id=key, title=turns[0][0], updated_at=NOW) for key, turns in reversed(self.conversations.items())]

    def history(self, thread_id: str, principal: Principal) -> list[tuple[str, Answer]]:
        return self.conversations.get(thread_id, [])

    def trace(self, trace_id: str, principal: Principal) -> CitationTrace:
        if not self.recorded.id.startswith(trace_id):
            raise TraceUnknown(id=trace_id)
        return self.recorded.masked_for(principal.clearance)

    def evidence(self, trace_id: str, cell: str, principal: Principal, offset: int = 0) -> CellEvidence:
        self.trace(trace_id, principal)
        if cell.startswith("q9"):
            raise CellUnknown(cell=cell)
        kind = {"m0": CellType.MONEY, "m1": CellType.COUNT, "m2": CellType.RATE}.get(cell.split(".")[-1], CellType.NAME)
        value = {"m0": "3568647.25", "m1": "1438", "m2": "0.631900"}.get(cell.split(".")[-1], "West")
        formula = {"m0": "sum", "m1": "count", "m2": "rate"}.get(cell.split(".")[-1], "group_key")
        lines = tuple(
            RecordLine(system="crm", table="opportunities", record=f"OP-{1000 + i}", line=i + 2, version=1, as_of="2026-03-03T09:30:00+00:00",
                       values=(HOSTILE if i == 0 else f"Account {i}", "Anna Maria 王", f"{48_000 + i}.50", "2017-03-01", None))
            for i in range(offset, min(offset + PAGE, RECORDS))
        )  # fmt: skip
        operands = (Cell(address="q1.r1.m1", value="1438", type=CellType.COUNT, label_en="Won deals", label_zh="赢单数"),) if kind is CellType.RATE else ()
        return CellEvidence(
            cell=Cell(
                address=cell,
                value=value,
                type=kind,
                unit="USD" if kind is CellType.MONEY else None,
                derivation=Derivation(formula=formula, operands=("b1.amount",)),
            ),
            formula=formula,
            name=Words(en=("won value",), zh=("赢单金额",)),
            definition=Words(en=("amounts of deals won, by close date",), zh=("按成交日期计的赢单金额",)),
            operands=operands,
            table="opportunities",
            total=RECORDS,
            offset=offset,
            columns=("account", "owner", "amount", "closed", "note"),
            records=lines,
        )

    def starters(self, principal: Principal, language: str) -> tuple[str, ...]:
        if not self.has_data:
            return ()
        return (
            (CHINESE, "哪位销售赢单最多？", "各产品的赢单率是多少？")
            if language == "zh"
            else (FAMOUS, "What is the win rate by product?", "Won value per quarter")
        )
