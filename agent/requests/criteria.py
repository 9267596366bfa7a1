"""Says which customers fulfil a criterion in plain words: as what it was understood, by which records, and who almost does. Judges nothing itself."""

from __future__ import annotations

from sqlalchemy.orm import sessionmaker

from agent.composing.draft import Draft, slot
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.requests.telling import add_table, say_into
from agent.turn import Turn
from prompts.words import say
from tools.journey.criteria.checking import check_rule
from tools.journey.criteria.errors import CriterionNotUnderstood
from tools.journey.criteria.judging import Judge
from tools.journey.criteria.objects import Objects
from tools.journey.criteria.ports import OtherCompiler
from tools.journey.criteria.proving import AccountProof, JudgementProof, prove_judgement
from tools.journey.criteria.reading import Compiled
from tools.journey.criteria.record_events import RecordEvents
from tools.journey.criteria.saying import say_rule
from tools.journey.criteria.service import compile_for, rule_book, taught
from tools.journey.criteria.text_occurrences import TextOccurrences
from tools.journey.reading.filling import TextEventFiller
from tools.trace.cells import Cell, CellType, Derivation
from tools.trace.citation import Mode

MOST = 20
"""Accounts of each kind that an answer shows."""


def compile_said(words: str, turn: Turn, other: OtherCompiler | None = None) -> Compiled:
    """The rule of what was said, with the words of the store and those that the company taught."""
    return compile_for(turn.session, turn.principal, turn.scope, words, turn.today, turn.dictionary, other)


def compiler_of(turn: Turn) -> OtherCompiler | None:
    """The live model of a turn as a compiler, which says in the turn's mode whether its word was taken; None where there is no model."""
    if turn.live is None:
        return None
    if turn.compiler is None:
        from agent.live_criteria.compiling import LiveCompiler

        def spoke(mode: Mode) -> None:
            turn.mode = mode

        turn.begin_live()
        turn.compiler = LiveCompiler(turn.live, turn.timings, spoke)
    return turn.compiler


def _keep_texts_read(turn: Turn) -> None:
    """Read texts that are new or changed since somebody last asked; in transactions of its own, before this turn has written anything."""
    turn.session.rollback()
    TextEventFiller(sessionmaker(turn.session.get_bind()), turn.catalog.model.time_zone).run()


def tell_criterion(request: Request, turn: Turn) -> Outcome:
    """Who fulfils it and who almost does. Raises CriterionNotUnderstood, CriterionNotVisible, CriterionContradicts."""
    compiled = compile_said(request.words, turn, compiler_of(turn))
    if compiled.rule is None:
        raise CriterionNotUnderstood(words=", ".join(f"“{each}”" for each in compiled.not_understood))
    check_rule(compiled.rule, compiled.language)
    _keep_texts_read(turn)
    zone = turn.catalog.model.time_zone
    sources = (RecordEvents(zone), TextOccurrences(turn.catalog.model, zone))
    objects = Objects(turn.dictionary, turn.embedder, taught(turn.session, "thing"))
    judge = Judge(turn.session, turn.principal, turn.scope, sources, objects, turn.today, rule_book(turn.session, turn.principal))
    judgement = judge.judge(compiled.rule, turn.language)
    proof = prove_judgement(turn.session, judgement, MOST, say("criterion_absent", turn.language))
    said = say_rule(compiled.rule, turn.language)

    def tell(draft: Draft) -> None:
        say_into(draft, "criterion_means", said=said.replace("{{", "{ {"))
        say_into(draft, "criterion_found" if judgement.matches else "criterion_found_none", n=slot(proof.matched))
        if len(judgement.matches) > MOST:
            say_into(draft, "criterion_first", n=MOST)
        _matches(draft, proof)
        if judgement.near_misses:
            say_into(draft, "criterion_near", n=slot(proof.missed))
            _near(draft, proof)
        draft.next_steps = [say("criterion_next_save", draft.language, text=request.words.strip("?？。. "))]

    return Outcome(tell, proof.found, tuple(proof.blocks), proof.as_of)


def _matches(draft: Draft, proof: JudgementProof) -> None:
    if not proof.matches:
        return
    rows = []
    for number, each in enumerate(proof.matches, 1):
        rows.append([draft.cells[each.name], draft.cells[each.day] if each.day else _nothing(draft, f"r1.m{number}.day"), draft.cells[each.what]])
    add_table(draft, say("criterion_table", draft.language), _titles(draft, "account", "day", "what"), rows)


def _near(draft: Draft, proof: JudgementProof) -> None:
    def row(each: AccountProof) -> list[Cell]:
        return [draft.cells[each.name], draft.cells[each.what]]

    add_table(draft, say("criterion_near_table", draft.language), _titles(draft, "account", "why"), [row(each) for each in proof.near])


def _titles(draft: Draft, *columns: str) -> list[str]:
    return [say(f"criterion_column_{name}", draft.language) for name in columns]


def _nothing(draft: Draft, address: str) -> Cell:
    """Where nothing happened there is no day."""
    cell = Cell(address=address, value=None, type=CellType.DATE, derivation=Derivation(formula="constant"))
    draft.cells[address] = cell
    return cell
