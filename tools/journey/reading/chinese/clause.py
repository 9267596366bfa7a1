"""Reads one Chinese clause from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import TOGETHER, Who, default_actor
from tools.journey.reading.chinese.standing import Standing
from tools.journey.reading.chinese.words import DONE_WORDS, ENDING, TIMES, WORDS_OF_SPEECH
from tools.journey.reading.dates import Day
from tools.journey.reading.found import Found
from tools.journey.reading.memory import Memory
from tools.journey.reading.tokens import Token


class Clause(Standing):
    """Reads one Chinese clause from left to right."""

    def read(self) -> list[Found]:
        found: list[Found] = []
        scope, previous = 0, -1
        last_cues: list[str] = []
        subject: Who | None = None
        tokens = self.tokens
        here = next((at for at, token in enumerate(tokens) if token.word in {"如果", "若", "要是", "假如", "倘若", "一旦", "只要", "万一", "除非"}), None)
        supposed = here is not None or self._follows_on()
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.has("BOUND") and not self._verb(at) and not (token.word in TIMES and at and tokens[at - 1].has("DATE")):
                scope = at + 1
                if token.word not in {"并", "并且", "且"}:
                    last_cues = []
                at += 1
                continue
            act = self._verb(at)
            if act is None:
                noun = self._noun(at)
                if noun is not None:
                    found.append(noun)
                at += 1
                continue
            end = self._aspect_end(at)
            cues, evidence = self._cues(scope if previous < scope else previous, at)
            if not cues and previous >= 0 and not evidence:
                cues = last_cues
            cause = self._cause(scope, at)
            who = self._who(scope, at) or subject or (self._who(0, scope, first=True) if scope else None)
            read = self._judge(act, at, end, cues, evidence, who, cause, supposed)
            last_cues, previous = cues, end
            beside = self._beside(scope, at, who) if read is not None and who is not None and read.who is who else None
            if who is not None and who.explicit:
                subject = who
            if beside is not None and read is not None:
                found.append(replace(read, who=beside))
            if read is not None:
                if act in {Act.ASK, Act.OBJECT} or (cause is not None and read.act is Act.ASK):
                    found.append(read)
                    at = self._skip_complement(end)
                    scope, previous = at, -1
                    continue
                found.append(read)
            at = self._skip_nominal(act, end)
        if not found:
            found += self._visited() or self._refusal() or self._received() or self._answered() or self._wanted()
        if not found:
            self.outer.topic = self._topic(len(tokens)) or self.outer.topic
        lead = subject or self._who(0, len(tokens), first=True)
        if all(token.has(*TOGETHER) or (not token.tags and len(token.word) < 2) for token in tokens) and (self.note.by_customer or self.note.by_us):
            lead = None  # whom the letter is for
        if lead is not None and lead.explicit:
            says = any(token.has("SAY") for token in tokens) and not any(each.act not in WORDS_OF_SPEECH for each in found)
            self.outer.subject, self.outer.speaker = (self.outer.subject if says else lead), lead
        self.outer.supposed = supposed
        return found

    def _follows_on(self) -> bool:
        """Whether one act is only to bring on another (合同签完就付, 一到账就结)."""
        tokens = self.tokens
        at = next((index for index, token in enumerate(tokens) if token.word == "就" and index), None)
        if at is None or tokens[-1].word in {"了", "啦"} or any(token.word in DONE_WORDS and token.word not in {"都", "又"} for token in tokens):
            return False
        if any(day is not None and day.way < 0 for _, day in self.days):
            return False
        before = any(token.has("V") for token in tokens[:at])
        after = next((token for token in tokens[at + 1 :] if token.has("V")), None)
        return before and after is not None and not any(token.word == "了" for token in tokens[at:])


class ChineseClauses(Memory):
    """Reads one sentence after the other; who was spoken of last is remembered within a sentence."""

    def read(self, sentence: Sequence[Token], question: bool) -> list[Found]:
        """The acts of one sentence, in their order."""
        self.subject = None
        self.speaker: Who | None = None
        self.topic = ""
        self.supposed = False
        found: list[Found] = []
        start = 0
        clauses = []
        for at, token in enumerate([*sentence, None]):
            if token is None or token.has(*ENDING):
                if at > start:
                    clauses.append((list(sentence[start:at]), sentence[at].word if at < len(sentence) else ""))
                start = at + 1
        self.day: Day | None = None
        for at, (clause, mark) in enumerate(clauses):
            last = at == len(clauses) - 1
            found += Clause(self, clause, question and (last or mark in "?？"), found[-1] if found else None).read()
        self.asked = self.asked or any(each.act is Act.ASK and each.who.side == "customer" for each in found)
        self.met = True
        if self.note.by_customer:
            asked = default_actor(Act.ASK, self.note)
            found = [
                replace(each, act=Act.ASK, status=Status.DONE, who=asked) if question and each.status is Status.POSSIBLE and each.who.side == "us" else each
                for each in found
            ]
        return found
