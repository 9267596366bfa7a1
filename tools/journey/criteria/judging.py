"""Judges a rule on the accounts of the store, as far as the principal may see them: which fulfil it, by which records, and which almost do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from prompts.words import say
from tools.crm.models import Account as AccountRow
from tools.crm.models import Opportunity
from tools.journey.acts import Status
from tools.journey.criteria.errors import CriterionNotVisible
from tools.journey.criteria.lexicon import Language
from tools.journey.criteria.matching import Account, Deal, Matching
from tools.journey.criteria.near_misses import NearMisses
from tools.journey.criteria.objects import Objects
from tools.journey.criteria.occurrences import Occurrence, OccurrenceSource, RecordRef, gather, wanted
from tools.journey.criteria.schemas import AccountIs, Condition, DealWorth, Move, Rule, Saved, happenings, named
from tools.store.classification import Classification
from tools.trace.cells import Frozen

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tools.access.principal import Principal
    from tools.access.scope import RowScope

RuleBook = Callable[[str], Rule | None]
"""The rule that is saved under a name, for the person who asks; None where there is none."""


class Match(Frozen):
    """An account that fulfils the rule, with the records by which it does; none where the rule rests on nothing having happened."""

    account_id: int
    account: str
    records: tuple[RecordRef, ...]


class NearMiss(Frozen):
    """An account that fulfils all but one part, and what happened instead."""

    account_id: int
    account: str
    why: str


class Judgement(Frozen):
    """The accounts by name that fulfil a rule as of a day, and those that almost do."""

    matches: tuple[Match, ...]
    near_misses: tuple[NearMiss, ...]


class Judge:
    """Judges rules for one person on one store."""

    def __init__(
        self,
        session: Session,
        principal: Principal,
        scope: RowScope,
        sources: Sequence[OccurrenceSource],
        objects: Objects,
        today: date,
        saved: RuleBook = lambda name: None,
    ) -> None:
        """``sources`` tell what happened; ``saved`` finds rules that a rule names."""
        self.session, self.principal, self.scope, self.sources = session, principal, scope, sources
        self.matching, self.today, self.saved = Matching(objects, today), today, saved

    def judge(self, rule: Rule, language: Language = "en") -> Judgement:
        """Raises CriterionNotVisible where the rule looks at what the person may not see."""
        check_visible(rule, self.principal, self.saved)
        spread = _spread(rule.when, self.saved)
        asked = wanted(spread, self.today, self.matching.near(tuple(happenings(spread))))
        told = gather(self.sources, self.session, self.principal, self.scope, asked)
        deals = self._deals() if _asks_worth(rule.when, self.saved) else {}
        near = NearMisses(self.matching, language)
        matches, misses = [], []
        for row in self._accounts():
            account = self._account(row, told.get(row["id"], ()), deals.get(row["id"], ()))
            failing = [test for test in rule.accounts if not _fulfils(test, row)]
            cited = self.matching.holds(rule.when, account) if len(failing) < 2 else None
            if cited is not None and not failing:
                matches.append(Match(account_id=row["id"], account=row["name"], records=tuple(dict.fromkeys(each.ref() for each in cited))))
            elif cited:
                misses.append(NearMiss(account_id=row["id"], account=row["name"], why=_other(failing[0], row, language)))
            elif not failing and (why := near.why(rule.when, account)) is not None:
                misses.append(NearMiss(account_id=row["id"], account=row["name"], why=why))
        return Judgement(matches=tuple(matches), near_misses=tuple(misses))

    def _accounts(self) -> Iterable[Mapping[str, Any]]:
        table: Any = AccountRow.__table__
        limit = self.scope.limit(self.principal, "account", table)
        columns = [table.c[name] for name in ("id", "name", *_COLUMNS)]
        query = select(*columns).where(table.c.gone_at.is_(None)).order_by(table.c.name, table.c.id)
        return (dict(row._mapping) for row in self.session.execute(query if limit is None else query.where(limit)))

    def _account(self, row: Mapping[str, Any], told: Sequence[Occurrence], deals: Sequence[Deal]) -> Account:
        def fulfils(name: str) -> Sequence[Occurrence] | None:
            rule = self.saved(name)
            if rule is None or not all(_fulfils(test, row) for test in rule.accounts):
                return None
            return self.matching.holds(rule.when, account)

        account = Account(told, deals, fulfils)
        return account

    def _deals(self) -> Mapping[int, Sequence[Deal]]:
        table: Any = Opportunity.__table__
        limit = self.scope.limit(self.principal, "opportunity", table)
        query = select(
            table.c.account_id,
            table.c.id,
            table.c.source_system,
            table.c.source_id,
            table.c.name,
            table.c.amount,
            table.c.currency,
            table.c.status,
            table.c.opened_on,
            table.c.close_on,
        ).where(table.c.gone_at.is_(None), table.c.account_id.is_not(None), table.c.amount.is_not(None))
        found: dict[int, list[Deal]] = {}
        for account, number, system, source, name, amount, currency, status, opened, close in self.session.execute(
            query if limit is None else query.where(limit)
        ):
            words = f"{name or ''}: {amount} {currency or ''}".strip(" :")
            record = Occurrence(Move.REACH, Status.DONE, opened or close or self.today, "opportunities", number, system, source, words)
            found.setdefault(account, []).append(Deal(amount, currency, status, record))
        return found


_COLUMNS = ("tier", "region", "sector", "country", "city", "kind", "status", "women_founded")


def check_visible(rule: Rule, principal: Principal, saved: RuleBook = lambda name: None) -> None:
    """Raises CriterionNotVisible where a rule looks at a field above the person's clearance; what texts tell is confidential."""
    needed: dict[Classification, str] = {AccountRow.__table__.c[test.field].info["classification"]: test.field for test in rule.accounts}
    needed[Classification.CONFIDENTIAL] = "body"
    for level, field in needed.items():
        if level > principal.clearance:
            raise CriterionNotVisible(field=field)
    for name in named(rule.when):
        other = saved(name)
        if other is not None:
            check_visible(other, principal, saved)


def _spread(condition: Condition, saved: RuleBook) -> Condition:
    """The condition with those of the rules that it names beside it, so that all that is needed is read at once."""
    from tools.journey.criteria.schemas import All

    others = [rule.when for name in named(condition) if (rule := saved(name)) is not None]
    if not others:
        return condition
    return All(parts=(condition, *(_spread(other, saved) for other in others)))


def _asks_worth(condition: Condition, saved: RuleBook) -> bool:
    text = _spread(condition, saved).model_dump_json()
    return f'"kind":"{DealWorth(least=None).kind}"' in text


def _fulfils(test: AccountIs, row: Mapping[str, Any]) -> bool:
    value = row[test.field]
    found = "" if value is None else str(value).casefold()
    return (found in {each.casefold() for each in test.values}) != test.negated


def _other(test: AccountIs, row: Mapping[str, Any], language: Language) -> str:
    value = row[test.field] if row[test.field] is not None else say("criteria_none", language)
    return say("criteria_near_account", language, field=say(f"criteria_field_{test.field}", language), value=value, asked=" / ".join(test.values))


__all__ = ["Judge", "Judgement", "Match", "NearMiss", "RuleBook", "Saved", "check_visible"]
