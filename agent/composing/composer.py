"""Composes an answer from its plan and results: what each result says, a table where it says more, and what was assumed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agent.answer import Language
from agent.composing.draft import Draft
from agent.composing.figures import tell_figures
from agent.composing.formatting import format_date
from agent.composing.groups import tell_groups
from agent.composing.overviews import OVERVIEWS, tell_overview
from agent.composing.records import tell_records
from agent.composing.steps import tell_steps
from agent.composing.tables import add_table
from agent.composing.telling import Telling
from agent.composing.typesetting import capital, tidy
from prompts.words import say
from tools.crm.asked_currency import restricted_to
from tools.crm.query import Filter, Plan, about_texts
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel
from tools.store.classification import Classification

NOTES = 2


class Composer:
    """Drafts one answer."""

    def __init__(self, plan: Plan, results: tuple[ResultSet, ...], model: SemanticModel, language: Language, clearance: Classification) -> None:
        """``results`` in the order of the plan's queries; ``clearance`` is the reader's."""
        self.plan, self.results, self.model, self.language, self.clearance = plan, results, model, language, clearance
        self.draft = Draft(language)
        self.useful: list[str] = []
        self.chosen: list[Filter | None] = []

    def compose(self, data_end: date | None, scope: str | None, questions: Sequence[str] = ()) -> Draft:
        """``data_end`` is set where relative dates count from the data's last day, ``scope`` where the reader sees a part only.

        ``questions`` are offered to whoever asks what can be asked.
        """
        told = [self._begin(result, number) for number, result in enumerate(self.results)]
        if self.plan.focus in OVERVIEWS:
            tell_overview(self.plan.focus, told, questions)
        for each in told if self.plan.focus not in OVERVIEWS else ():
            self._tell(each)
        for part in self.plan.left_out:
            self._note(part.zh if self.language == "zh" else part.en)
        for assumption in self.plan.assumptions:
            self._note(assumption.zh if self.language == "zh" else assumption.en)
        if any(about_texts(query.where) for query in self.plan.queries):
            self._note(say("about_note", self.language))
        if scope is not None:
            self._note(say("scope_note", self.language, scope=scope))
        if data_end is not None and any(each.phrases.is_relative() for each in told):
            self._note(say("today_note", self.language, day=format_date(data_end, self.language)))
        for text in self.useful:
            if len(self.draft.notes) < NOTES:
                self._note(text)
        return self.draft

    def _begin(self, result: ResultSet, number: int) -> Telling:
        self.draft.cells |= result.cells()
        told = Telling(self.plan.part(number), result, self.model, self.draft, self.clearance)
        self.draft.labels |= dict(told.labels())
        self.draft.own |= dict(told.own())
        return told

    def _tell(self, told: Telling) -> None:
        result = told.result
        if not result.query.measures:
            tell_records(told)
        elif not result.query.dimensions:
            tell_figures(told)
        else:
            tell_groups(told)
        if result.steps and result.query.where not in self.chosen:
            self.chosen.append(result.query.where)
            tell_steps(told)
        if self._needs_table(told):
            add_table(told)
        self.draft.cells |= told.phrases.cells
        self._result_notes(told)

    def _needs_table(self, told: Telling) -> bool:
        """More than the sentence says: several rows, or a list with fields to read."""
        result = told.result
        if result.query.measures:
            return len(result.rows) > 1
        return bool(result.rows) and (told.plan.focus != "lookup" or len(result.rows) > 1)

    def _result_notes(self, told: Telling) -> None:
        """What must be said goes to the notes at once, what is good to know waits for room."""
        result = told.result
        only = restricted_to(told.plan.queries[0], result.query)
        if only is not None:
            self._note(told.text("only_currency_note", currency=only))
        if result.converted_to:
            self._note(told.text("converted_note", currency=result.converted_to))
        if result.mixed_currencies:
            self._note(told.text("mixed_note", currencies=told.text("join_comma").join(result.mixed_currencies)))
        if told.plan.focus != "lookup" and any(
            cell.value is None and cell.classification > self.clearance for row in result.rows for cell in row.cells.values()
        ):
            self._note(told.text("masked_note"))
        for ref in result.query.measures:
            measure = self.model.measures.get(ref.measure or "")
            if measure is not None and (measure.op == "days" or (measure.op == "rate" and result.query.dimensions)):
                name = measure.words.label(self.language)
                self.useful.append(told.text("define_note", name=capital(name), define=measure.define.label(self.language)))
        dated = told.phrases.dated_by()
        if dated and not self.useful:
            self.useful.append(told.text("dated_note", field=dated))

    def _note(self, text: str) -> None:
        text = tidy(text) if self.language == "zh" else text
        text = text if text.endswith((".", "。")) else text + ("。" if self.language == "zh" else ".")
        if text not in self.draft.notes:
            self.draft.notes.append(text)
