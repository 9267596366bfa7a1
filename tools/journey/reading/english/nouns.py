"""Acts that are told by a noun: received, made, lacking, denied."""

from __future__ import annotations

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import Who, default_actor
from tools.journey.reading.english.standing import Standing
from tools.journey.reading.english.words import CONDITIONS
from tools.journey.reading.found import Found
from tools.journey.reading.statuses import status_of


class Nouns(Standing):
    """Acts that are told by a noun: received, made, lacking, denied."""

    def _noun(self, at: int) -> Found | None:
        """An act told by a noun: received, made, lacking, denied (got approval, payment is pending, no reply)."""
        tokens, token = self.tokens, self.tokens[at]
        act = Act(token.tags["N"])
        before = tokens[max(0, at - 5) : at]
        start = next((index for index in range(at - 1, max(-1, at - 8), -1) if tokens[index].has("PAUSE", "END", "BOUND")), max(-1, at - 8)) + 1
        for index in range(at - 1, start - 1, -1):
            carrier = tokens[index]
            if carrier.has("V") and not carrier.has("LIGHT", "GOT") and self._verb(index):
                return None
            if carrier.has("PREP") and carrier.word not in {"of", "with"}:
                break
            if carrier.has("WAIT") or carrier.word in {"no", "without"}:
                if carrier.word == "no" and act is Act.ASK:
                    return None
                return self._told(
                    act, Status.POSSIBLE if self.question else Status.NOT_DONE, at, index, index, self._from(at) or default_actor(Act.PAY, self.note)
                )
            if carrier.has("LIGHT", "GOT", "ARRANGE"):
                group, cues, words = self._group(index)
                status = status_of(cues, act)
                if status is None or (act is Act.OBJECT and status is not Status.DONE):
                    return None
                infinitive = any(word.word == "to" for word in words)
                if carrier.has("ARRANGE") and not carrier.has("LIGHT", "GOT"):
                    status = Status.PLANNED if status is Status.DONE else status
                elif (
                    status is Status.DONE
                    and (infinitive or carrier.word in {"get", "give", "make", "do", "run", "have", "place", "hold", "raise", "send", "pay", "file"})
                    and self._bare(index, words)
                ):
                    status = Status.PLANNED if infinitive else Status.POSSIBLE
                if self.question or any(word.word in CONDITIONS for word in tokens[start:index]):
                    status = Status.POSSIBLE
                got = carrier.has("GOT") and act in {
                    Act.SIGN,
                    Act.APPROVE,
                    Act.ACCEPT,
                    Act.PAY,
                    Act.ORDER,
                    Act.ANSWER,
                    Act.RENEW,
                    Act.CONFIRM,
                    Act.OBJECT,
                    Act.ASK,
                    Act.RECOMMEND,
                    Act.CHOOSE,
                }
                if carrier.word in {"has", "have", "had", "with", "get"} and act not in {Act.MEET, Act.OBJECT, Act.ASK, Act.SHOW} and carrier.word != "get":
                    return None
                if got:
                    return self._told(act, status, at, start, index, self._from(at))
                whos, _, _ = self._before(group)
                return self._told(act, status, at, start, index, whos[-1] if whos else None)
        for index in range(at + 1, min(at + 6, len(tokens))):
            token = tokens[index]
            if token.has("PAUSE", "END", "BOUND"):
                break
            status = (
                Status.NOT_DONE
                if token.has("LACK")
                else Status.REFUSED
                if token.has("DENY")
                else Status.DONE
                if token.has("ARRIVED")
                else Status.PLANNED
                if token.has("AHEAD")
                else None
            )
            if status is None:
                continue
            if (
                token.word in {"in", "back", "over"}
                and not tokens[index - 1].has("DONE")
                and index + 1 < len(tokens)
                and not tokens[index + 1].has("PAUSE", "END")
            ):
                continue
            if any(each.has("NEG", "WAIT") for each in tokens[at + 1 : index]):
                status = Status.NOT_DONE
            elif any(each.has("PLAN") for each in tokens[at + 1 : index]):
                status = Status.PLANNED
            elif any(each.has("POSS") for each in tokens[start:index]) or self.question:
                status = Status.POSSIBLE
            if act is Act.OBJECT and status is not Status.DONE:
                return None
            return self._told(act, status, at, start, index, self._from(at), prefer_before=True)
        del before
        return None

    def _told(self, act: Act, status: Status, at: int, start: int, carrier: int, who: Who | None, prefer_before: bool = False) -> Found:
        obj = ""
        if at + 1 < len(self.tokens) and self.tokens[at + 1].word in {"of", "for", "on", "about", "to"}:
            obj, _ = self._after(act, at + 2, None)
        if not obj and prefer_before:
            obj = self._cut(next((index + 1 for index in range(at - 1, start - 1, -1) if self.tokens[index].has("PAUSE", "PREP", "V", "DONE")), start), at)
        if not obj and not prefer_before and act not in {Act.APPROVE, Act.ANSWER, Act.ACCEPT, Act.CONFIRM, Act.SIGN}:
            obj = self._cut(carrier + 1, at + 1 if act in {Act.ASK, Act.OBJECT} else at)
        if obj and act in {Act.PAY, Act.ORDER}:
            obj = obj or self.tokens[at].word
        if not obj and act in {Act.PAY, Act.ORDER}:
            obj = self.outer.text[self.tokens[at].start : self.tokens[at].end]
        return self._found(act, status, who or default_actor(act, self.note), obj, at, start, at + 1, "noun")
