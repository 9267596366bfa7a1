"""Says what to say next to a customer: every line with why, whom, the words, what the customer gets, and how often that led on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.answer import Language
from agent.composing.draft import Draft, Sentence, slot
from agent.composing.formatting import format_cell
from agent.composing.typesetting import tidy
from agent.requests.about import plan_about
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.turn import Turn
from prompts.words import say
from tools.coaching.ports import Shown
from tools.coaching.saying import person, track_record, why, words
from tools.coaching.schemas import Line, NothingToSay, TalkTrack
from tools.coaching.service import talk_track
from tools.trace.cells import Cell, CellType, Confidence, Derivation


def tell_track(request: Request, turn: Turn) -> Outcome:
    """What to say next to one customer; an honest sentence where nothing calls for a word. Raises AccountOutOfReach."""
    assert request.account is not None  # noqa: S101 - checked before it was run
    model, scope = turn.catalog.model, turn.scope
    found = talk_track(turn.session, model, turn.principal, scope, request.account, turn.today, turn.language, format_cell, turn.embedder)
    if isinstance(found, NothingToSay):
        return Outcome(_telling_nothing(found), {found.account.address: found.account}, about=plan_about("account", str(found.account.value), turn))
    cells = {cell.address: cell for line in found.lines for cell in _cells(line)} | {found.account.address: found.account}
    as_of = max((source.as_of for line in found.lines for source in line.grounds), default=None)

    def tell(draft: Draft) -> None:
        _tell(draft, found)

    return Outcome(tell, cells, found.blocks, as_of, suggestions=(found.suggestion,), about=plan_about("account", str(found.account.value), turn))


def _telling_nothing(found: NothingToSay) -> Callable[[Draft], None]:
    def tell(draft: Draft) -> None:
        name = format_cell(found.account, draft.language)
        draft.sentences.append(Sentence(found.sentence.replace("{{", "{ {").replace(name, slot(found.account.address))))

    return tell


def _tell(draft: Draft, track: TalkTrack) -> None:
    said: set[str] = set()
    for number, line in enumerate(track.lines, 1):
        parts = list(_parts(line, draft))
        if line.record is not None:
            record = track_record(line.record, draft.language, _slotted(draft), _rates(draft))
            if record not in said:
                parts.append(record)
            said.add(record)
        if number > 1:
            parts[0] = f"\n\n{number}. {parts[0]}"
        else:
            parts[0] = say("talk_first", draft.language, account=slot(track.account.address), line=parts[0])
        for part in parts:
            draft.sentences.append(Sentence(tidy(part) if draft.language == "zh" else part))
    draft.next_steps = [say(f"standing_next_{key}", draft.language, account=track.account.value) for key in ("stand", "moves")]


def _parts(line: Line, draft: Draft) -> Iterator[str]:
    language, shown = draft.language, _slotted(draft)
    yield why(line, language, shown)
    if line.person is not None:
        yield person(line.person, language, shown)
    yield say("talk_say", language, words=words(line, language, shown))
    yield say("talk_value", language, words=say(f"talk_{line.template}_value", language, **{name: shown(cell, language) for name, cell in line.slots.items()}))


def _slotted(draft: Draft) -> Shown:
    """Writes a cell as a slot, and remembers what people call the value where that is another word."""

    def shown(cell: Cell, language: Language) -> str:
        named = cell.label_zh if language == "zh" else cell.label_en
        if cell.type is CellType.STAGE and named:
            draft.labels[cell.address] = named
        return slot(cell.address)

    return shown


def _rates(draft: Draft) -> Callable[[Cell, Cell, Confidence], tuple[str, str, str]]:
    """Writes a rate with its interval as slots of cells that follow from the two counts."""

    def rated(k: Cell, n: Cell, rate: Confidence) -> tuple[str, str, str]:
        at = f"{k.address}_rate"
        counts = (k.address, n.address)
        for name, formula, value in (("", "rate", rate.point), ("_low", "wilson_low", rate.low), ("_high", "wilson_high", rate.high)):
            derivation = Derivation.model_validate({"formula": formula, "operands": counts})
            draft.cells[at + name] = Cell(address=at + name, value=f"{value.normalize():f}", type=CellType.RATE, derivation=derivation)
        return slot(at), slot(f"{at}_low", "bound"), slot(f"{at}_high", "bound")

    return rated


def _cells(line: Line) -> Iterator[Cell]:
    yield from (*line.slots.values(), *line.support)
    if line.person is not None:
        yield line.person.name
        if line.person.title is not None:
            yield line.person.title
    if line.record is not None:
        yield from (line.record.k, line.record.n)
        for step in line.record.steps:
            yield from (step.k, step.n, step.without_k, step.without_n)
