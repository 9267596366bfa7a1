"""Settles what the form of an English verb and its clause say of whether an act took place."""

from __future__ import annotations

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import TOGETHER, Who, who_in
from tools.journey.reading.english.verbs import Verbs
from tools.journey.reading.english.words import CAUSING, CONDITIONS, SPEECH
from tools.journey.reading.tokens import Token


class Settling(Verbs):
    """Settles what the form of an English verb and its clause say of whether an act took place."""

    def _settle(
        self, status: Status, means: str, act: Act, form: str, at: int, start: int, words: list[Token], lead: list[Token], obj: str
    ) -> tuple[Status | None, str]:
        """What the form of the verb and the clause around it make of a status that the cues left open."""
        conditional = any(word.word in CONDITIONS for word in lead) or any(word.word in CONDITIONS for word in words)
        first = self.tokens[0].word in CONDITIONS or (len(self.tokens) > 1 and self.tokens[0].has("CONJ", "BOUND") and self.tokens[1].word in CONDITIONS)
        if first and status in {Status.PLANNED, Status.PROMISED}:
            return Status.POSSIBLE, "cue"
        if conditional and status in {Status.DONE, Status.PLANNED, Status.NOT_DONE, Status.PROMISED}:
            return Status.POSSIBLE, "cue"
        asked = self.question and not any(token.has("PAUSE") for token in self.tokens[at:-1])
        if asked and status in {Status.DONE, Status.PLANNED, Status.NOT_DONE}:
            return Status.POSSIBLE, "cue"
        if any(word.has("MARK") for word in lead):
            return None, means
        if status is Status.DONE and any(word.word in {"claims", "claimed", "allegedly", "supposedly"} for word in self.tokens[max(0, start - 4) : start]):
            return Status.POSSIBLE, "claimed"
        if (
            status is Status.DONE
            and form in {"d", "n"}
            and any(token.day is not None and token.day.way > 0 and token.day.kind != "vague" for token in self.tokens[at + 1 : at + 4])
            and not words
        ):
            return None, means
        if status is not Status.DONE:
            if act is Act.OBJECT and status is Status.REFUSED:
                return None, means
            if (
                form == "b"
                and status is Status.NOT_DONE
                and any(word.word in {"don't", "dont"} for word in words)
                and (start == 0 or not self.tokens[start - 1].has(*TOGETHER))
            ):
                return None, means  # an order not to
            return status, means
        if form == "b":
            inverted = not self.question and any(word.word == "did" for word in self.tokens[max(0, start - 3) : start])
            emphatic = inverted or any(word.word in {"did", "do", "does"} for word in words)
            if emphatic:
                return Status.DONE, "emphatic"
            before = self.tokens[start - 1] if start else None
            to = any(word.word == "to" for word in words) or (before is not None and before.word == "to")
            if to and any(word.has("NEG") for word in lead):
                return Status.NOT_DONE, "cue"
            if to:
                return self._infinitive(start, act)
            if (before is None or before.has("PAUSE", "END")) and act is Act.ASK:
                return None, "order"
            if before is None or before.has("PAUSE", "END") or before.word in {"and", "then"}:
                if self.note.by_us or self.note.by_customer or before is None or True:
                    return Status.POSSIBLE, "order"
            if self._ahead(at):
                return Status.PLANNED, "present"
            return (Status.DONE, "present") if act in SPEECH else (None, means)
        if form == "s":
            if self._ahead(at):
                return Status.PLANNED, "present"
            return (Status.DONE, "present") if act in SPEECH or act in {Act.MEET, Act.LEAVE, Act.JOIN, Act.APPROVE, Act.ACCEPT} else (None, means)
        if form in {"d", "n"} and any(word.word in {"is", "are", "be", "being", "get", "gets"} for word in words[-2:]) and self._ahead(at):
            return Status.PLANNED, "passive"
        if any(word.word in {"being"} for word in words[-1:]):
            return None, means
        if any(word.word == "be" for word in words) and not any(word.word in {"been"} for word in words):
            before = self.tokens[start - 1] if start else None
            return (Status.PLANNED, "to be") if before is None or before.has("PAUSE") or not before.tags or before.word == "to" else (None, means)
        return status, means

    def _infinitive(self, start: int, act: Act) -> tuple[Status | None, str]:
        """A bare to-infinitive is intended, unless it only says what something is for."""
        index = start
        while index > 0 and not self.tokens[index - 1].has("PAUSE", "END", "BOUND"):
            index -= 1
        if any(token.has("V") and token is not self.tokens[start] for token in self.tokens[index:start]):
            return None, "purpose"
        return Status.PLANNED, "infinitive"

    def _gerund(self, at: int, words: list[Token], cues: list[str], act: Act, status: Status | None) -> tuple[Status | None, str]:
        before = self.tokens[at - 1]
        if before.word in {"for", "about", "on", "after", "to"} and not cues:
            if before.word == "for" and any(token.word in {"thanks", "thank", "thx"} for token in self.tokens[max(0, at - 5) : at]):
                return Status.DONE, "thanks"
            if before.word == "after":
                return None, "gerund"
            return None, "gerund"
        if status is not Status.DONE:
            refusal = cues == ["NEG"] and any(word.word in {"isn't", "aren't", "is", "are", "'s", "not"} for word in words) and before.word != "without"
            return (
                Status.REFUSED if refusal and act in {Act.SIGN, Act.PAY, Act.RENEW, Act.APPROVE, Act.ORDER, Act.ACCEPT, Act.REPLACE, Act.CHOOSE} else status
            ), "cue"
        if self._ahead(at):
            return Status.PLANNED, "progressive"
        if act in {Act.TRY, Act.COMPARE, Act.ASK, Act.OBJECT, Act.SHOW}:
            return Status.DONE, "progressive"
        return (
            (Status.PLANNED, "progressive")
            if act in {Act.LEAVE, Act.MEET, Act.SEND, Act.REPLACE, Act.JOIN, Act.RENEW, Act.STOP, Act.POSTPONE}
            else (None, "progressive")
        )

    def _causer(self, clause_start: int, start: int, words: list[Token], act: Act) -> Who | None:
        """The one who is to do it, where somebody is reminded or urged to."""
        for index in range(clause_start, start + len(words)):
            if self.tokens[index].word in CAUSING:
                run, _ = self._run(index + 1, len(self.tokens))
                return who_in(run, self.note) if run else Who("", "customer", explicit=False)
        return None

    def _awaited(self, start: int) -> tuple[list[str], Who] | None:
        """Somebody who is waited for, or wanted, to do something."""
        for first in range(start - 1, max(-1, start - 5), -1):
            run, stop = self._run(first, start)
            if run and stop == start and first and (not self.tokens[first - 1].has(*TOGETHER, "DET")):
                lead = self.tokens[first - 1]
                if lead.has("WAIT"):
                    return ["WAIT"], who_in(run, self.note)
                if lead.has("WANT") or lead.word in {"for", "expect", "expects", "get", "help", "allow", "let"}:
                    return ["POSS"], who_in(run, self.note)
        return None
