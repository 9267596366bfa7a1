"""Two years of calls, mails, meetings, visits, demos and messages, with notes that fit the stage in which the deal then was."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tools.crm.demo.names import Language, grammar
from tools.crm.demo.seasons import HISTORY
from tools.crm.demo.world import Account, Contact, Deal, Product, Row, Said, World, spread, stamp

EVERYDAY = {"strategic": 8.0, "growth": 3.0, "long_tail": 1.0}
ABOUT_A_DEAL = ("call",) * 7 + ("email",) * 7 + ("message",) * 6
BETWEEN_DEALS = ("call",) * 6 + ("email",) * 6 + ("message",) * 5 + ("meeting", "visit", "visit")
MINUTES = {"call": (3, 40), "meeting": (30, 120), "visit": (60, 180), "demo": (45, 90)}
TRIALS = frozenset({"poc_promised", "poc_signed", "poc_refused"})
OBJECTIONS = frozenset({"objection_feature", "objection_price"})
SAMPLE, SAMPLE_OF_TRIALS = 60, 5_000
MORNING_TO_EVENING = 630


class Conversations:
    """Talks with every account; also keeps what the truth needs of it."""

    def __init__(self, world: World) -> None:
        """Prepare the grammar as tables that are fast to draw from."""
        self.world, self.rng = world, world.rng("conversations")
        words = grammar()
        self.words, self.reasons = words, words.reasons_zh
        self.moods = {stage: [mood for mood, share in mix.items() for _ in range(share)] for stage, mix in words.mix.items()}
        self.texts: dict[tuple[str, Language], tuple[str, ...]] = {}
        languages: tuple[Language, Language] = ("zh", "en")
        for mood, phrases in words.notes.items():
            for language in languages:
                openers = ("",) if mood == "no_answer" else words.openers.said(language)
                closers = words.closers.said(language)
                self.texts[mood, language] = tuple(f"{a}{b}{c}" for a in openers for b in phrases.said(language) for c in closers)
        self.days: dict[str, list[int]] = {}  # the days of starred accounts
        self.number = 0

    def all(self) -> Iterator[Row]:
        """The rows of the interactions' file, account by account, each in order of time."""
        accounts, rng = self.world.accounts, self.rng
        planned = sum(len(account.said) + (account.everyday or 0) for account in accounts)
        usual = [account for account in accounts if account.everyday is None]
        known = [min(1.0, (self.world.seasons.today - account.created) / HISTORY) for account in usual]
        weights = [EVERYDAY[account.tier] * share * rng.lognormvariate(0, 0.4) for account, share in zip(usual, known, strict=True)]
        counts = dict(zip((account.id for account in usual), spread(self.world.size.interactions - planned, weights), strict=True))
        for account in accounts:
            yield from self._account(account, counts.get(account.id, account.everyday or 0))

    def _account(self, account: Account, everyday: int) -> Iterator[Row]:
        rng, seasons = self.rng, self.world.seasons
        if account.busy is not None:
            days = rng.choices(range(seasons.first, seasons.today), account.busy, k=everyday)
        else:
            start = max(seasons.first, account.created)
            days = [seasons.draw(rng, start, seasons.last) for _ in range(everyday)]
        events = [(day, None) for day in days]
        plot: list[tuple[int, Said | None]] = [(said.day, said) for said in account.said]
        plot += events
        plot.sort(key=lambda event: event[0])
        if plot:
            self.world.talked[account.id] = plot[-1][0]
        if account.starred:
            self.days[account.id] = [day for day, _ in plot]
        for day, said in plot:
            yield self._said(account, said) if said else self._everyday(account, day)

    def _everyday(self, account: Account, day: int) -> Row:
        rng = self.rng
        deal = next((each for each in account.deals if each.opened <= day <= each.close or (each.status == "Open" and each.opened <= day)), None)
        if deal is not None and rng.random() < 0.85:
            kind = ABOUT_A_DEAL[int(rng.random() * 20)]
            mood = self._mood(deal, day)
            contact = deal.contact if rng.random() < 0.6 else account.contacts[int(rng.random() * len(account.contacts))]
        else:
            deal = None
            kind = BETWEEN_DEALS[int(rng.random() * 20)]
            mood = self._pick("none", rng) if 0 < account.buyer_since <= day else "discovery"
            contact = account.contacts[int(rng.random() * len(account.contacts))]
        return self._row(account, day, kind, mood, deal, contact, "Inbound" if rng.random() < 0.28 else "Outbound", None, None)

    def _said(self, account: Account, said: Said) -> Row:
        mood = said.mood or (self._mood(said.deal, said.day) if said.deal else "care")
        if mood == "no_answer" and said.kind in {"meeting", "visit", "demo"}:
            mood = "needs"
        contact = said.contact or (said.deal.contact if said.deal else account.contacts[0])
        return self._row(account, said.day, said.kind, mood, said.deal, contact, said.direction, said.subject, said.body)

    def _mood(self, deal: Deal, day: int) -> str:
        stage = deal.stages[0][0]
        for entered, since in deal.stages:
            if since > day:
                break
            stage = entered
        mood = self._pick(stage, self.rng)
        if mood == "competitor" and not deal.competitor:
            return "technical_question"
        return self.words.special.get(deal.product.code, mood) if mood in OBJECTIONS else mood

    def _bought(self, account: Account) -> Product:
        return next((each.product for each in account.deals if each.status == "Won"), self.world.products[0])

    def _pick(self, stage: str, rng: Random) -> str:
        moods = self.moods[stage]
        return moods[int(rng.random() * len(moods))]

    def _row(
        self, account: Account, day: int, kind: str, mood: str, deal: Deal | None, contact: Contact, direction: str, subject: str | None, body: str | None
    ) -> Row:
        rng = self.rng
        language: Language = account.language
        if rng.random() < 0.07:
            language = "en" if language == "zh" else "zh"
        if body is None:
            texts = self.texts[mood, language]
            product = (deal.product if deal else self._bought(account)).name
            reason = deal.lost_reason if deal else ""
            body = texts[int(rng.random() * len(texts))].format(
                p=product,
                k=deal.competitor if deal else "",
                c=contact.name,
                n=2 + int(rng.random() * 11),
                r=self.reasons.get(reason, "") if language == "zh" else reason.lower(),
            )
        self.number += 1
        identity = f"X{self.number:07d}"
        sample = self.world.moods.setdefault(mood, [])
        if len(sample) < SAMPLE or (mood in TRIALS and len(sample) < SAMPLE_OF_TRIALS):
            sample.append(identity)
        self.world.kinds[kind] += 1
        span = MINUTES.get(kind)
        return (
            identity,
            account.id,
            contact.id,
            deal.id if deal else None,
            (deal.owner if deal else account.owner).id,
            kind,
            direction,
            subject or self.words.subjects[mood].said(language),
            body,
            self.words.outcomes[mood],
            stamp(self.world, day, int(rng.random() * MORNING_TO_EVENING)),
            span[0] + int(rng.random() * (span[1] - span[0])) if span else None,
        )
