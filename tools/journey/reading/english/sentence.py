"""Reads one English sentence from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import default_actor
from tools.journey.reading.english.nouns import Nouns
from tools.journey.reading.found import Found
from tools.journey.reading.memory import Memory
from tools.journey.reading.objects import trimmed
from tools.journey.reading.tokens import Token


class Sentence(Nouns):
    """Reads one English sentence from left to right."""

    def read(self) -> list[Found]:
        found: list[Found] = []
        at, tokens = 0, self.tokens
        while at < len(tokens):
            token = tokens[at]
            act = self._verb(at)
            if act is not None:
                read, at = self._read_verb(act, at)
                found += read
                continue
            other = self._agreed(at) or self._refusal(at) or self._wanted(at)
            if other is None and token.has("N") and not self.used[at]:
                other = self._noun(at)
            if other is not None:
                found.append(other)
            at += 1
        if self.note.by_customer and self.question:
            found = [
                replace(each, act=Act.ASK, status=Status.DONE, who=default_actor(Act.ASK, self.note))
                if each.status is Status.POSSIBLE and each.who.side == "us"
                else each
                for each in found
            ]
        return found or self._requested() or self._met() or self._follows() or self._said()


class EnglishClauses(Memory):
    """Reads one sentence after the other."""

    def read(self, sentence: Sequence[Token], question: bool) -> list[Found]:
        """The acts of one sentence, in their order."""
        found = Sentence(self, list(sentence), question).read()
        if not found:
            self.topic = self._spoken_of(sentence) or self.topic
        self.met = True
        self.asked = self.asked or any(each.act is Act.ASK and each.who.side == "customer" for each in found)
        return found

    def _spoken_of(self, sentence: Sequence[Token]) -> str:
        """The last thing named in a sentence that tells no act: what “it” means in the next."""
        end = len(sentence)
        while end and sentence[end - 1].tags:
            end -= 1
        start = end
        while start and not sentence[start - 1].tags:
            start -= 1
        return trimmed(self.text[sentence[start].start : sentence[end - 1].end], latin=True) if start < end else ""
