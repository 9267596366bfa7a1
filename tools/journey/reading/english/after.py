"""What stands behind an English verb: its object, and who did it in the passive."""

from __future__ import annotations

from dataclasses import replace

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import PERSONAL, PLURAL, TOGETHER, Who, default_actor, who_in
from tools.journey.reading.dates import Day
from tools.journey.reading.english.phrases import Phrases
from tools.journey.reading.found import Found
from tools.journey.reading.tokens import Token


class After(Phrases):
    """What stands behind an English verb: its object, and who did it in the passive."""

    def _after(self, act: Act, end: int, gap: str | None) -> tuple[str, int]:
        """The object behind the verb, and where it ends."""
        tokens, at = self.tokens, end
        if gap is not None:
            stop = at
            while stop < len(tokens) and not " ".join(each.word for each in tokens[stop : stop + 4]).startswith(gap.split()[0]):
                stop += 1
            closing = stop + len(gap.split())
            if act in {Act.SHOW}:
                return self._after(act, min(closing, len(tokens)), None)
            return self._cut(at, stop), min(closing, len(tokens))
        skipped = ("US", "THEM", "YOU", "PERSON", "DATE", "DONE", "ROLE", "RANK")
        while at < len(tokens):
            token = tokens[at]
            if token.has("PREP") and (
                act in {Act.ASK, Act.OBJECT, Act.ANSWER, Act.MEET, Act.LEAVE, Act.JOIN, Act.SHOW, Act.START}
                or token.word in {"of", "on", "for", "off", "up", "out", "to"}
            ):
                if act is Act.MEET and token.word not in {"about", "on", "regarding", "to", "for"}:
                    run, stop = self._run(at + 1, len(tokens))
                    at = stop if run else at + 1
                    if not run:
                        return ("", at)
                    continue
                if act is Act.POSTPONE and token.word in {"to", "from", "by", "into"}:
                    return "", at
                if token.word in {"to"} and act not in {Act.ANSWER, Act.ASK, Act.OBJECT, Act.REPLACE, Act.POSTPONE}:
                    run, stop = self._run(at + 1, len(tokens))
                    if run and stop < len(tokens) and not tokens[stop].tags:
                        at = stop
                        continue
                    return "", at
                at += 1
                continue
            if token.has(*skipped) and not self._modifies(at) and not (act is Act.CHOOSE and token.has("ROLE")):
                at += 1
                continue
            if act in {Act.ASK, Act.OBJECT, Act.CONFIRM, Act.ANSWER} and (
                (token.has("POSS", "PLAN", "LIGHT", "DONE", "DET", "SAY", "GOT") and not token.has("N"))
                or token.word in {"to", "that", "why", "how", "when", "what", "where", "about", "whether", "which"}
                or (token.has("V") and not token.has("N"))
            ):
                at += 1
                continue
            if token.has("DET") and at + 1 < len(tokens) and tokens[at + 1].has(*TOGETHER) and not self._modifies(at + 1):
                at += 1
                continue
            break
        stop = at
        while stop < len(tokens):
            token = tokens[stop]
            if token.has("PAUSE", "END", "BOUND", "DATE", "NEG", "POSS", "PLAN", "WAIT", "SAY", "REFUSE", "PROMISE", "MARK"):
                break
            if token.has("PREP") and not (token.word == "of" or (token.word == "for" and stop > at and act is not Act.ASK and False)):
                break
            if token.has("US", "YOU", "PERSON") and stop > at and not token.word.endswith("'s"):
                break
            if token.has("CONJ") and self._new_clause(stop + 1):
                break
            if token.has("V") and stop > at and token.tags["FORM"] in {"d", "n"} and not token.has("N"):
                break
            if token.has("DONE") and stop > at and token.word not in {"first", "second"}:
                break
            if token.word == "to":
                break
            stop += 1
        return self._cut(at, stop), stop

    def _by(self, end: int) -> Who | None:
        for index in range(end, min(end + 6, len(self.tokens))):
            token = self.tokens[index]
            if token.has("PAUSE", "END", "BOUND"):
                return None
            if token.word == "by":
                run, _ = self._run(index + 1, len(self.tokens))
                return who_in(run, self.note) if run else None
        return None

    def _from(self, at: int) -> Who | None:
        for index in range(at + 1, min(at + 6, len(self.tokens))):
            if self.tokens[index].word in {"from", "by"}:
                run, _ = self._run(index + 1, len(self.tokens))
                if run:
                    return who_in(run, self.note)
        for index in range(at - 1, max(-1, at - 4), -1):
            if self.tokens[index].has("ROLE", "PERSON", "THEM"):
                return who_in([self.tokens[index]], self.note)
        return None

    def _bare(self, index: int, words: list[Token]) -> bool:
        before = self.tokens[index - 1] if index else None
        return before is None or before.has("PAUSE", "END") or any(word.word == "to" for word in words)

    def _carried(self, act: Act) -> str:
        return self.outer.topic if act not in {Act.MEET, Act.LEAVE, Act.JOIN, Act.RECOMMEND} else ""

    def _lead(self, start: int, end: int) -> list[Token]:
        return self.tokens[start:end]

    def _found(self, act: Act, status: Status, who: Who, obj: str, at: int, start: int, end: int, means: str) -> Found:
        days = [(abs(index - at), token.day) for index, token in enumerate(self.tokens) if token.day is not None and start <= index < end + 8]
        day: Day | None = min(days, key=lambda each: each[0])[1] if days else None
        if obj:
            self.outer.topic = obj
            self.within = True
        if act in PERSONAL and self.note.by_customer and who.side == "customer" and who.role is None and who.text in PLURAL:
            who = replace(who, role=default_actor(act, self.note).role)
        first = self.tokens[min(start, at)]
        last = self.tokens[min(max(end, at + 1), len(self.tokens)) - 1]
        return Found(act, status, who, obj, day, first.start, last.end, means)
