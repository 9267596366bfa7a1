"""Acts that are told without a verb of their own: things that are wanted, refused or agreed to."""

from __future__ import annotations

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import Who, default_actor
from tools.journey.reading.english.telling import Telling
from tools.journey.reading.english.words import CONDITIONS, PASSIVE, REQUESTS, WANTS
from tools.journey.reading.found import Found
from tools.journey.reading.statuses import status_of


class Standing(Telling):
    """Acts that are told without a verb of their own: things that are wanted, refused or agreed to."""

    def _agreed(self, at: int) -> Found | None:
        """Agreed to a thing, not to do something."""
        token = self.tokens[at]
        if (
            token.word not in {"agreed to", "agrees to", "agree to"}
            or at + 1 >= len(self.tokens)
            or not (self.tokens[at + 1].has("DET") or self.tokens[at + 1].word in {"our", "their", "your"})
        ):
            return None
        start, cues, _ = self._group(at)
        status = status_of([cue for cue in cues if cue != "PROMISE"], Act.APPROVE)
        return None if status is None else self._plain(Act.APPROVE, status, at, start, "agreed")

    def _refusal(self, at: int) -> Found | None:
        """A thing that is refused."""
        token = self.tokens[at]
        if not token.has("REFUSAL") or self.used[at]:
            return None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        start, cues, words = self._group(at)
        if cues or any(token.word in CONDITIONS for token in self.tokens[max(0, start - 4) : start]) or (after is not None and after.word == "to"):
            return None
        passive = any(word.word in PASSIVE for word in words[-3:])
        act = Act.ACCEPT
        around = " ".join(each.word for each in self.tokens[max(0, at - 6) : at + 7])
        if any(word in around for word in ("budget", "request", "project", "plan", "purchase", "no to", "board", "capex", "discount", "change")):
            act = Act.APPROVE
        return self._plain(act, Status.REFUSED, at, start, "refusal", passive)

    def _plain(self, act: Act, status: Status, at: int, start: int, means: str, passive: bool = False) -> Found:
        whos, thing, begin = self._before(start)
        obj, end = self._after(act, at + 1, None)
        stands = at + 1 < len(self.tokens) and self.tokens[at + 1].has("PREP") and not whos
        if passive or (not whos and thing and (not obj or stands)):
            by = self._by(at + 1)
            return self._found(act, status, by or default_actor(act, self.note), thing or obj, at, begin, end, means)
        who = whos[-1] if whos else self.subject or default_actor(act, self.note)
        return self._found(act, status, who, obj, at, begin, end, means)

    def _wanted(self, at: int) -> Found | None:
        """A thing that somebody wants of us: that is asked for."""
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if (
            token.word not in WANTS
            or after is None
            or self.used[at]
            or not (
                (after.has("DET") and after.word not in {"that", "it", "this"}) or after.word in {"us", "you"} or (not after.tags and after.word[:1].isalnum())
            )
        ):
            return None
        start, _, words = self._group(at)
        if (
            any(word.has("NEG", "POSS", "REFUSE") for word in words)
            or self.question
            or any(each.word in CONDITIONS for each in self.tokens[max(0, start - 5) : start])
        ):
            return None
        whos, thing, begin = self._before(start)
        if (
            (whos and whos[-1].side != "customer")
            or (thing and not whos)
            or (not whos and not self.note.by_customer and not (start == 0 or self.tokens[start - 1].has("PAUSE", "END")))
        ):
            return None
        at_object = at + 1
        if after.word in {"us", "you"}:
            if at + 2 >= len(self.tokens) or self.tokens[at + 2].word != "to":
                return None
            at_object = at + 4
        obj, end = self._after(Act.CHOOSE, at_object, None)
        if not obj:
            return None
        for index in range(at, end):
            self.used[index] = True
        who = whos[-1] if whos else self.subject or default_actor(Act.ASK, self.note)
        return self._found(Act.ASK, Status.DONE, who, obj, at, begin, end, "wanted")

    def _requested(self) -> list[Found]:
        """A request or a question of a customer who writes."""
        tokens = self.tokens
        if not self.note.by_customer or len(tokens) < 3:
            return []
        lead = next(
            (
                at
                for at, token in enumerate(tokens)
                if token.word in REQUESTS or (token.word in {"can", "could", "would", "will"} and at + 1 < len(tokens) and tokens[at + 1].has("YOU"))
            ),
            None,
        )
        if lead is None and not self.question:
            return []
        at = (lead if lead is not None else 0) + 1
        while at < len(tokens) and tokens[at].has("YOU", "DONE", "POSS"):
            at += 1
        obj, end = self._after(Act.ASK, at + (1 if lead is not None else 0), None)
        if not obj:
            return []
        return [self._found(Act.ASK, Status.DONE, default_actor(Act.ASK, self.note), obj, at, 0, end, "asked")]

    def _follows(self) -> list[Found]:
        """Something that is to follow (scan to follow)."""
        tokens = self.tokens
        at = next((index for index in range(1, len(tokens) - 1) if tokens[index].word == "to" and tokens[index + 1].word == "follow"), None)
        if at is None:
            return []
        start = next((index + 1 for index in range(at - 1, -1, -1) if tokens[index].has("PAUSE")), 0)
        thing = self._cut(start, at)
        return [self._found(Act.SEND, Status.PLANNED, default_actor(Act.PAY, self.note), thing, at, start, at + 2, "follows")] if thing else []

    def _said(self) -> list[Found]:
        """What we say after a customer asked is an answer (told him that it does)."""
        if not self.outer.asked or self.note.by_customer or self.question:
            return []
        tokens = self.tokens
        for at, token in enumerate(tokens):
            first = at == 0 and token.word in {"told", "explained", "said"} and at + 1 < len(tokens) and not tokens[1].has("US")
            ours = at > 0 and token.word in {"said", "told", "explained"} and tokens[at - 1].word in {"i", "we"}
            if first or ours:
                return [self._found(Act.ANSWER, Status.DONE, Who("", "us", explicit=False), "", at, max(0, at - 1), len(tokens), "said")]
        return []

    def _met(self) -> list[Found]:
        """A heading that names a meeting or a visit (Lunch with Lars): the note is about it."""
        tokens = self.tokens
        if (self.note.kind or "").lower() not in {"meeting", "visit"} or self.outer.met:
            return []
        at = next((index for index, token in enumerate(tokens[:4]) if token.tags.get("N") == "meet"), None)
        if at is None or any(token.has("PLAN", "POSS", "NEG", "WAIT", "V") and token is not tokens[at] for token in tokens):
            return []
        return [self._found(Act.MEET, Status.DONE, Who("", "us", explicit=False), "", at, 0, at + 1, "heading")]
