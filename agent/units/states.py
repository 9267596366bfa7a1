"""Says who is in a unit, for whom it works, under which template, and what its members may see and call."""

from __future__ import annotations

from agent.composing.draft import Draft, slot
from agent.composing.typesetting import listed
from agent.requests.outcome import Outcome
from agent.requests.telling import say_into
from agent.turn import Turn
from agent.units.errors import WhichUnit
from agent.units.request import UnitRequest
from agent.units.telling import counted, name_of, unit_meant
from prompts.words import say
from tools.sandbox.templates.schemas import EVERY_CAPABILITY
from tools.sandbox.units.reading import template_of, units_of
from tools.sandbox.units.saying import flow_words, function_word, level_word
from tools.trace.book import Book

MOST = 12


def tell_state(request: UnitRequest, turn: Turn) -> Outcome:
    """The unit that is named, or the speaker's; all units where there are several and none is meant. Raises WhichUnit where there is none."""
    if request.unit is None:
        return _all(turn)
    unit = unit_meant(request, turn)
    template = template_of(turn.session, unit.id)
    book = Book("s1")
    name = name_of(book, unit, turn)
    count = counted(book, "members", "members", [each.member_id for each in unit.members])

    def tell(draft: Draft) -> None:
        language = draft.language
        customers = listed([each.name for each in unit.customers], language)
        say_into(draft, "talk_state", unit=slot(name), template=say(f"template_{unit.template}", language), customers=customers, members=slot(count))
        people = [say("talk_member", language, name=each.name, function=function_word(each.function, language)) for each in unit.members]
        say_into(draft, "talk_people", lead=unit.lead, people=listed(people, language))
        kinds = listed([turn.catalog.model.entities[kind].words.label(language) for kind in template.kinds if kind in turn.catalog.model.entities], language)
        say_into(draft, "talk_sees", kinds=kinds, clearance=level_word(template.clearance, language), masks=level_word(template.masks_from, language))
        calls = say("talk_every_capability", language) if EVERY_CAPABILITY in template.capabilities else listed(template.capabilities, language)
        say_into(draft, "talk_calls" if calls else "talk_calls_nothing", capabilities=calls)
        draft.notes.append(say("talk_flow", language, flow=flow_words(template, language)))

    return Outcome(tell, dict(book.cells), tuple(book.blocks), turn.asked_at)


def _all(turn: Turn) -> Outcome:
    units = [each for each in units_of(turn.session, turn.principal) if each.status == "active"][:MOST]
    if not units:
        raise WhichUnit
    book = Book("s1")
    count = counted(book, "units", "sales_units", range(1, len(units) + 1))

    def tell(draft: Draft) -> None:
        say_into(draft, "talk_units", n=slot(count))
        for each in units:
            customers = listed([one.name for one in each.customers], draft.language)
            say_into(draft, "talk_unit_line", unit=each.name, template=say(f"template_{each.template}", draft.language), customers=customers, lead=each.lead)

    return Outcome(tell, dict(book.cells), tuple(book.blocks), turn.asked_at)
