"""Seals what a proposal of a reconstruction rests on: the same trace as an answer's, to be shown, exported and verified later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from agent.composing.formatting import format_cell
from prompts.words import said_day, say
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.models import Okr
from tools.crm.semantic import SemanticModel
from tools.journey.imagining import Imagined
from tools.journey.proving import StandingProof, prove_standing
from tools.journey.reconstruction.schemas import Diff, OkrDiff, ReweightingDiff, TalkTrack
from tools.store.classification import Classification
from tools.trace.book import Book
from tools.trace.cells import Cell, CellType, EvidenceBlock, SourceRef, Suggestion
from tools.trace.citation import Speaker
from tools.trace.sealing import ClaimDraft, TraceDraft, seal_trace
from tools.trace.service import record
from tools.trace.signing import InstallationKey

Language = Literal["zh", "en"]


class ProposalSealer:
    """Implements the port of reconstruction."""

    def __init__(self, key: InstallationKey, model: Callable[[Session], SemanticModel]) -> None:
        """``key`` signs; ``model`` gives what the store's tables mean."""
        self.key, self.model = key, model

    def seal(
        self,
        session: Session,
        principal: Principal,
        scope: RowScope,
        diff: Diff,
        suggestion: Suggestion,
        track: TalkTrack | None,
        language: Language,
        today: date,
        now: datetime,
    ) -> str:
        """The id of the trace that was written, in the caller's transaction."""
        said: list[tuple[str, Cell]] = []
        if isinstance(diff, ReweightingDiff):
            sides = _sides(session, principal, scope, diff, now)
            said = list(_stages(*sides, language))
            cells, blocks = sides[0].found | sides[1].found, (*sides[0].blocks, *sides[1].blocks)
            lines = [suggestion.statement, *(text for text, _ in said)]
        elif isinstance(diff, OkrDiff):
            book = Book("o1")
            said = list(_weights(session, diff, book, language))
            cells, blocks = dict(book.cells), ()
            lines = [suggestion.statement, *(text for text, _ in said)]
        else:
            cells = {cell.address: cell for cell in track.cells} if track is not None else {}
            blocks = track.blocks if track is not None else ()
            said = [(words, cell) for cell in cells.values() if cell.value and (words := format_cell(cell, language)) in diff.text]
            lines = [diff.text]
        trace = seal_trace(self._draft(session, principal, suggestion, lines, said, cells, blocks, language, today, now), self.key)
        record(session, trace)
        return trace.id

    def _draft(
        self,
        session: Session,
        principal: Principal,
        suggestion: Suggestion,
        lines: list[str],
        said: list[tuple[str, Cell]],
        cells: dict[str, Cell],
        blocks: tuple[EvidenceBlock, ...],
        language: Language,
        today: date,
        now: datetime,
    ) -> TraceDraft:
        claims = [ClaimDraft(text=format_cell(cell, language), value=cell.value, type=cell.type, unit=cell.unit, cell=cell.address) for _, cell in said]
        return TraceDraft(
            created_at=now,
            language=language,
            mode="embedded",
            today=today,
            semantic_version=self.model(session).version,
            speaker=Speaker(role=principal.role, member_id=principal.member_id, name=principal.name),
            question=say("reconstruction_question", language, day=said_day(today, language)),
            answer="\n".join(lines),
            claims=tuple({claim.cell: claim for claim in claims}.values()),
            cells=tuple(cells.values()),
            blocks=blocks,
            suggestions=(suggestion,),
        )


def _sides(session: Session, principal: Principal, scope: RowScope, diff: ReweightingDiff, now: datetime) -> tuple[StandingProof, StandingProof]:
    scaled = Imagined(older_than=diff.before, keeps=float(diff.keeps))
    before = prove_standing(session, principal, scope, diff.account_id, now, "j1")
    return before, prove_standing(session, principal, scope, diff.account_id, now, "j2", scaled)


def _stages(before: StandingProof, after: StandingProof, language: Language) -> Iterator[tuple[str, Cell]]:
    """Each stage's weight before and after, as a line each."""
    for each in before.stages:
        for key, proof in (("before", before), ("after", after)):
            cell = proof.found[proof.stage(each.stage).weight]
            yield say(f"reconstruction_{key}", language, what=each.name.label(language), value=format_cell(cell, language)), cell


def _weights(session: Session, diff: OkrDiff, book: Book, language: Language) -> Iterator[tuple[str, Cell]]:
    """Each key result's weight, as it is recorded and as it would be."""
    for number, move in enumerate(diff.moves, 1):
        row = session.get_one(Okr, move.okr_id)
        source = SourceRef(table="okrs", system=row.source_system, record=row.source_id, field="weight", version=str(row.version), as_of=row.as_of)
        before = book.read(f"k{number}.before", move.before, CellType.NUMBER, source, Classification.INTERNAL)
        points = book.constant(f"k{number}.move", move.after - move.before, CellType.NUMBER)
        after = book.derive(f"k{number}.after", CellType.NUMBER, "add", before, points)
        for key, address in (("before", before), ("after", after)):
            cell = book.cells[address]
            yield say(f"reconstruction_{key}", language, what=move.key_result or move.objective, value=format_cell(cell, language)), cell
