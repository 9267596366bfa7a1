"""Explains accounts that almost fulfil a rule: which one part is missing, and what happened instead. Decides nothing."""

from __future__ import annotations

from datetime import date

from prompts.words import say
from tools.journey.acts import Status
from tools.journey.criteria.lexicon import Language, lexicon
from tools.journey.criteria.matching import Account, Matching, Witness, occasions
from tools.journey.criteria.occurrences import Occurrence, Person
from tools.journey.criteria.saying import deed_of, say_condition
from tools.journey.criteria.schemas import All, Any, Condition, Happened, Not, Related, Who, is_positive
from tools.journey.criteria.times import add_span

_NEARNESS = {"status": 0, "who": 1, "window": 2, "thing": 3, "whom": 4, "record": 5}


class NearMisses:
    """Says in one language why an account does not fulfil a condition, where it almost does."""

    def __init__(self, matching: Matching, language: Language) -> None:
        """``matching`` judges as of its day."""
        self.matching, self.language = matching, language

    def why(self, condition: Condition, account: Account) -> str | None:
        """The one part that is missing; None where more is missing, or nothing came near."""
        match condition:
            case Happened():
                return self._happened(condition, account)
            case Not(part=part):
                cited = self.matching.holds(part, account)
                return self._did(cited[-1]) if cited else None
            case Related():
                return self._related(condition, account)
            case All(parts=parts):
                failing = [part for part in parts if self.matching.holds(part, account) is None]
                if len(failing) != 1:
                    return None
                others = any(is_positive(part) and part is not failing[0] for part in parts)
                return self.why(failing[0], account) or (self._lacking(failing[0]) if others else None)
            case Any(parts=parts):
                return next((why for part in parts if (why := self.why(part, account)) is not None), None)
            case _:
                return None

    def _happened(self, happened: Happened, account: Account) -> str | None:
        found = occasions(self.matching.matches(happened, account))
        if happened.count.most is not None and len(found) > happened.count.most:
            return self._say("criteria_near_often", n=len(found), asked=self._count(happened), day=found[-1].on)
        if found:
            if len(found) < happened.count.least:
                return self._say("criteria_near_seldom", n=len(found), asked=happened.count.least, day=found[-1].on)
            return self._say("criteria_near_apart", n=len(found), days=", ".join(str(each.on) for each in found[-3:]))
        candidates = []
        for each in account.told:
            if each.act in happened.acts:
                failing = self.matching.fit(happened, each).failing()
                if len(failing) == 1:
                    candidates.append((_NEARNESS[failing[0]], -each.on.toordinal(), failing[0], each))
        if not candidates:
            return None
        _, _, part, each = min(candidates, key=lambda found: found[:2])
        return self._almost(happened, part, each)

    def _almost(self, happened: Happened, part: str, each: Occurrence) -> str:
        done = self._verb(happened)
        if part == "status":
            return self._say(f"criteria_near_{each.status}", done=done, day=each.on)
        if part == "who":
            return self._by(happened.who, each, done)
        if part == "window":
            days = (self.matching.today - each.on).days
            return (
                self._say("criteria_near_window", done=done, days=days, day=each.on) if days >= 0 else self._say("criteria_near_ahead", done=done, day=each.on)
            )
        if part == "thing":
            asked = " / ".join(f"“{thing}”" for thing in happened.objects)
            return self._say("criteria_near_thing" if each.object else "criteria_near_nothing", done=done, thing=each.object, asked=asked, day=each.on)
        if part == "whom":
            return self._say("criteria_near_whom", done=done, who=self._name(each.partner), day=each.on)
        return self._say("criteria_near_kind", done=done, day=each.on)

    def _by(self, who: Who, each: Occurrence, done: str) -> str:
        if each.actor.role is None and each.actor.name is None and each.actor.side in ("unknown", who.side or "unknown"):
            return self._say("criteria_near_unnamed", done=done, day=each.on)
        return self._say("criteria_near_who", done=done, who=self._name(each.actor), day=each.on)

    def _related(self, related: Related, account: Account) -> str | None:
        anchors = self.matching.witnesses(related.anchor, account)
        if not anchors:
            return self.why(related.anchor, account) if related.negated or self.matching.matches(related.then, account) else None
        anchor = anchors[-1]
        if related.negated:
            return self._prevented(related, anchors, account)
        late = [each for each in self.matching.matches(related.then, account) if each not in anchor.cited]
        if related.then.count.least > 1 and (near := occasions(self.matching.within_time(related, anchor, account))):
            return self._say("criteria_near_seldom", n=len(near), asked=related.then.count.least, day=near[-1].on)
        after = [each for each in late if each.follows(anchor.last)]
        if after and related.order == "after":
            return self._say("criteria_near_late", done=self._verb(related.then), days=(after[0].on - anchor.day).days, day=after[0].on)
        if late:
            days = abs((late[-1].on - anchor.day).days)
            return self._say(
                "criteria_near_order" if not (related.order == "before" and anchor.cited[0].follows(late[-1])) else "criteria_near_long_before",
                done=self._verb(related.then),
                day=late[-1].on,
                days=days,
            )
        return self._happened(related.then, account) or self._say(
            "criteria_near_not_then", anchor_day=anchor.day, then=say_condition(Not(part=related.then), self.language)
        )

    def _prevented(self, related: Related, anchors: list[Witness], account: Account) -> str:
        for anchor in reversed(anchors):
            done = self.matching.within_time(related, anchor, account)
            if done:
                days = (done[0].on - anchor.day).days
                key = "criteria_near_in_time" if days >= 0 and related.order == "after" else "criteria_near_did"
                return self._say(key, done=self._verb(related.then), days=days, day=done[0].on)
        anchor = anchors[-1]
        deadline = add_span(anchor.day, related.within) if related.within is not None else date.max
        return self._say("criteria_near_running", days=(self.matching.today - anchor.day).days, day=deadline)

    def _did(self, each: Occurrence) -> str:
        word = next((deed for deed in lexicon().deeds.values() if each.act in deed.acts and deed.record is None), next(iter(lexicon().deeds.values())))
        verb = (word.part if self.language == "en" else word.zh) + (
            f" “{each.object}”" if each.object and self.language == "en" else f"“{each.object}”" if each.object else ""
        )
        return self._say("criteria_near_did", done=verb, day=each.on)

    def _lacking(self, part: Condition) -> str:
        return self._say("criteria_near_lacking", part=say_condition(part, self.language))

    def _verb(self, happened: Happened) -> str:
        deed, _ = deed_of(happened.model_copy(update={"status": Status.DONE}))
        return deed.part if self.language == "en" else deed.zh

    def _count(self, happened: Happened) -> str:
        most = happened.count.most
        return str(most) if most is not None else str(happened.count.least)

    def _name(self, person: Person) -> str:
        place = 0 if self.language == "en" else 1
        if person.role is not None:
            role = lexicon().roles[person.role][place]
            owner = {"us": ("our ", "我方"), "third": ("a third party's ", "第三方")}.get(person.side, ("the ", ""))[place]
            return f"{owner}{role}"
        if person.name is not None:
            return person.name
        key = person.side if person.side in ("us", "customer", "third") else "unknown"
        return self._say(f"criteria_side_{key}")

    def _say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)
