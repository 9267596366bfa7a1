"""Who a Chinese clause names, and where phrases end. Knows no act."""

from __future__ import annotations

from tools.journey.acts import Act
from tools.journey.reading.actors import TOGETHER, Who, resolved, who_in
from tools.journey.reading.chinese.words import ENDS_ACTS, THINGS
from tools.journey.reading.found import Found
from tools.journey.reading.memory import Memory
from tools.journey.reading.objects import trimmed
from tools.journey.reading.tokens import Token


class Phrases:
    """Who a Chinese clause names, and where phrases end."""

    def __init__(self, outer: Memory, tokens: list[Token], question: bool, before: Found | None) -> None:
        self.outer, self.tokens, self.note, self.before = outer, tokens, outer.note, before
        self.question = question or any(token.has("QUESTION") for token in tokens[-2:]) or (len(tokens) > 1 and tokens[-1].word in {"没", "没有", "否"})
        if self.question and tokens[-1].word in {"没", "没有", "否"}:
            self.tokens = tokens[:-1]
        self.days = [(at, token.day) for at, token in enumerate(self.tokens) if token.day is not None]
        self.used = [False] * len(self.tokens)
        self.last: Who | None = None

    def _actor_run(self, start: int, end: int) -> list[Token]:
        """The first adjacent words from ``start`` on that name somebody."""
        run: list[Token] = []
        for token in self.tokens[start:end]:
            if token.has(*TOGETHER) or (token.word == "采购" and not run) or (token.word == "采购" and run):
                run.append(token)
            elif run and token.word == "的":
                continue
            elif run or not token.has("DATE", "DONE", "AFTER"):
                break
        return run

    def _who(self, start: int, at: int, first: bool = False) -> Who | None:
        """The subject: behind 被 or 由, else the last one named before the verb who is not behind a preposition."""
        tokens, best = self.tokens, None
        index = start
        at = next((index for index in range(start, at) if tokens[index].has("BA")), at)
        while index < at:
            token = tokens[index]
            if token.has("BY"):
                run = self._actor_run(index + 1, at)
                if run:
                    return who_in(run, self.note)
            if self._names(index):
                run = self._actor_run(index, at)
                if not run:
                    index += 1
                    continue
                before = tokens[index - 1] if index else None
                behind = (before is not None and before.has("TO", "ABOUT") and before.word not in {"和", "与", "及", "以及"}) or (
                    before is not None and before.has("CAUSE")
                )
                if before is not None and before.word in {"和", "与", "及", "以及"} and best is not None and best.side == "us":
                    behind = True
                modifier = index + len(run) < at and tokens[index + len(run)].word == "的" and not any(each.has("V") for each in tokens[index + len(run) : at])
                if not behind and not modifier:
                    best = resolved(who_in(run, self.note), self.outer.named)
                    if best.role or best.person:
                        self.outer.named = best
                    if first:
                        return best
                index += len(run)
                continue
            index += 1
        return best

    def _beside(self, start: int, at: int, who: Who) -> Who | None:
        """Another one who did it together with the subject (法务和采购都批了)."""
        for index in range(start + 1, at):
            if self.tokens[index].start == who.start and self.tokens[index - 1].word in {"和", "与", "及", "以及", "、"}:
                for first in range(index - 2, start - 1, -1):
                    if not self.tokens[first].has(*TOGETHER) and self.tokens[first].word != "采购":
                        return None
                    if first == start or not self.tokens[first - 1].has(*TOGETHER):
                        other = who_in(self._actor_run(first, index - 1), self.note)
                        return other if other.side == who.side else None
        return None

    def _names(self, index: int) -> bool:
        token = self.tokens[index]
        if token.has("US", "YOU", "THEM", "THIRD", "PERSON"):
            return True
        after = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if token.word == "采购":
            return self._is_department(index, self.tokens[index - 1] if index else None, after)
        if not token.has("ROLE"):
            return token.has("OPEN") and index == 0
        return not (after is not None and not after.tags and len(token.word) <= 2 and not token.latin and after.word[:1] not in "那这")

    def _is_department(self, at: int, before: Token | None, after: Token | None) -> bool:
        if after is not None and after.has("V") and Act(after.tags["V"]) in ENDS_ACTS:
            return False
        if after is None:
            return before is not None and before.has("TO", "CONJ", "CAUSE", "BY")
        if after.has("SAY", "DONE", "NEG", "V", "BU", "PLAN", "POSS", "REFUSE", "PROMISE", "PERSON", "TO", "CONJ", "RANK", "DATE") and not after.has("AFTER"):
            return before is None or before.has("TO", "CONJ", "THEM", "US", "PAUSE", "DATE", "BOUND", "BY") or after.has("SAY", "NEG", "BU", "PERSON", "RANK")
        return False

    def _modifies(self, at: int) -> bool:
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        token = self.tokens[at]
        return token.has("ROLE") and after is not None and not after.tags and len(token.word) <= 2

    def _aspect_follows(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].has("AFTER") and self.tokens[at + 1].word in {"了", "过", "完"}

    def _aspect_end(self, at: int) -> int:
        end = at + 1
        while end < len(self.tokens) and self.tokens[end].has("AFTER", "MISS") and (not self.tokens[end].has("V") or self.tokens[end].word in {"给了", "给"}):
            end += 1
        return end

    def _cut(self, start: int, end: int) -> str:
        if start >= end or start >= len(self.tokens):
            return ""
        while start < end and ((self.tokens[start].has(*TOGETHER) and not self._modifies(start) and end - start > 1) or self.tokens[start].has("DATE")):
            start += 1
        if start >= end:
            return ""
        raw = self.outer.text[self.tokens[start].start : self.tokens[end - 1].end]
        found = trimmed(raw, latin=all(token.latin for token in self.tokens[start:end]))
        return found if len(found) > 1 or found in THINGS else ""
