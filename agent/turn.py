"""What one turn carries outside the graph's state: the caller's identity, the open session and the results so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from langchain_core.language_models import BaseChatModel
from sqlalchemy.orm import Session

from agent.answer import Answer, Choice, Language
from agent.catalog import Catalog
from agent.composing.draft import Draft, Rendered
from agent.live import LiveModel
from agent.parsing.linking.items import Linked
from agent.parsing.linking.links import link
from agent.parsing.ranking import Ranker, trained_ranker
from agent.parsing.ranking.features import Features
from agent.parsing.store_words.vocabulary import Vocabulary
from agent.visibility import Visibility
from tools.access.gate import ToolGate
from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.currency import RateBook, load_rates
from tools.crm.ports import Dictionary, Embedder, TextSearch
from tools.crm.query import Plan, Query
from tools.crm.results import ResultSet
from tools.forecast.keeping import Studies
from tools.sandbox.using import PolicyGate
from tools.trace.citation import Mode
from tools.trace.proof import Proof
from tools.trace.signing import InstallationKey

if TYPE_CHECKING:
    from agent.defining import Told
    from agent.requests.outcome import Outcome
    from agent.requests.request import Request
    from agent.units.request import UnitRequest
    from tools.journey.criteria.ports import OtherCompiler


class TurnState(TypedDict, total=False):
    """What the checkpoint keeps: plain JSON, a cache of the conversation."""

    question: str
    calls: list[dict[str, Any]]
    plan: dict[str, Any] | None
    previous: dict[str, Any] | None
    trace_id: str


@dataclass(slots=True)
class Turn:
    """The runtime context of the graph. Never checkpointed, never shown to a model."""

    session: Session
    principal: Principal
    scope: RowScope
    catalog: Catalog
    key: InstallationKey
    thread_id: str
    asked_at: datetime
    today: date
    from_data_end: bool
    reporting_currency: str | None
    gate: ToolGate = field(default_factory=PolicyGate)
    texts: TextSearch | None = None
    studies: Studies = field(default_factory=Studies)
    embedder: Embedder | None = None
    dictionary: Dictionary | None = None
    visible: Visibility | None = None
    heard: dict[str, Linked] = field(default_factory=dict)
    live: BaseChatModel | None = None
    rewords: bool = False
    mode: Mode = "embedded"
    language: Language = "en"
    plan: Plan | None = None
    results: tuple[ResultSet, ...] = ()
    hollow: tuple[Query, ...] = ()
    readings: tuple[Choice, ...] = ()
    not_understood: tuple[str, ...] = ()
    reason: str = ""
    nearest: tuple[str, ...] = ()
    margin: float = 0.0
    confidence: float = 0.0
    doubts: Features = field(default_factory=dict)
    explains: bool = False
    goes_on: bool = False
    ranker: Ranker = field(default_factory=trained_ranker)
    draft: Draft | None = None
    rendered: Rendered | None = None
    answer: Answer | None = None
    told: Told | None = None
    request: Request | None = None
    unit_request: UnitRequest | None = None
    outcome: Outcome | None = None
    shared: Vocabulary | None = None
    timings: dict[str, float] = field(default_factory=dict)
    compiler: OtherCompiler | None = None

    def begin_live(self) -> None:
        """From the first call of a live model on, the time of the turn runs, whatever it is called for."""
        if isinstance(self.live, LiveModel):
            self.live = self.live.begin_turn()

    def let_go(self) -> None:
        """Forget what the answer was made of: the graph's own cycles would keep it in memory until a full collection."""
        self.results, self.outcome, self.draft, self.rendered = (), None, None, None
        self.heard.clear()

    def proofs(self) -> tuple[Proof, ...]:
        """The evidence of everything that was found."""
        return self.results if self.outcome is None else (*self.results, self.outcome)

    def rates(self) -> RateBook:
        """Rates of the day, for amounts in several currencies."""
        return load_rates(self.session, self.today, self.reporting_currency)

    def linked(self, text: str) -> Linked:
        """A text with its links, which choosing an engine and reading a question both ask for; remembered for the turn."""
        if text not in self.heard:
            self.heard[text] = link(text, self.catalog.vocabulary, self.today, self.readable())
        return self.heard[text]

    def readable(self) -> Visibility:
        """What the speaker may be understood by; remembered for the turn."""
        if self.visible is None:
            self.visible = Visibility(self.session, self.principal, self.scope, self.catalog.model)
        return self.visible
