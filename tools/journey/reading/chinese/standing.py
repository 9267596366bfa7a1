"""Acts that are told without a verb of their own: refusals, requests, headings, nouns."""

from __future__ import annotations

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import Who, default_actor, who_in
from tools.journey.reading.chinese.telling import Telling
from tools.journey.reading.chinese.words import COMES, COURTESIES, GIVEN, GOING, REFUSALS, WORDS_OF_SPEECH
from tools.journey.reading.found import Found
from tools.journey.reading.statuses import status_of


class Standing(Telling):
    """Acts that are told without a verb of their own: refusals, requests, headings, nouns."""

    def _refusal(self) -> list[Found]:
        """A refusal that stands for itself (不接受另收费, 方案被否决)."""
        for at, token in enumerate(self.tokens):
            act = REFUSALS.get(token.tags.get("REFUSE", ""))
            if act is not None:
                if self.question or any(each.has("POSS", "NEG", "NEGIS") for each in self.tokens[:at]):
                    return []
                return [self._found(act, Status.REFUSED, self._who(0, at), self._object(act, at, at + 1), at, at + 1, "refusal")]
        return []

    def _visited(self) -> list[Found]:
        """A visit or a meeting that a note of that kind begins with (上午到二院, 项目例会)."""
        tokens, kind = self.tokens, (self.note.kind or "").lower()
        if self.outer.met or kind not in {"visit", "meeting"} or any(token.has("NEG", "PLAN", "POSS", "WAIT", "REFUSE", "V") for token in tokens):
            return []
        words = [token for token in tokens if not token.has("DATE", "DONE", "US")]
        said = self.outer.text[tokens[0].start : tokens[-1].end].rstrip("了。：:")
        going = bool(words) and words[0].word.startswith(GOING)
        if going or said.endswith(("会", "会议", "例会", "评审", "会开完", "会开", "周会", "沙龙")):
            self.outer.met = True
            return [self._found(Act.MEET, Status.DONE, Who("", "us", explicit=False), "" if going else self._topic(len(tokens)), 0, len(tokens), "heading")]
        return []

    def _answered(self) -> list[Found]:
        """What we say after a customer asked is an answer (我说不行)."""
        if not self.outer.asked or self.note.by_customer or self.question:
            return []
        for at, token in enumerate(self.tokens[:-1]):
            if (
                token.has("US")
                and self.tokens[at + 1].word in {"说", "告诉", "解释", "表示", "告知"}
                and not any(each.has("NEG", "PLAN", "POSS") for each in self.tokens[: at + 1])
            ):
                return [self._found(Act.ANSWER, Status.DONE, who_in([token], self.note), "", at, at + 2, "said")]
        return []

    def _received(self) -> list[Found]:
        """What somebody who writes has received from the one written to was sent by that one (收到贵司报价)."""
        for at, token in enumerate(self.tokens):
            if (
                token.word in {"收到", "收悉", "收到了"}
                and any(each.has("YOU") for each in self.tokens)
                and not any(each.has("NEG", "WAIT", "POSS", "PLAN") for each in self.tokens)
            ):
                side = "us" if self.note.by_customer else "customer" if self.note.by_us else None
                obj = self._after(Act.SEND, at + 1) or self._topic(at)
                if side is None or self.question:
                    return []
                return [self._found(Act.SEND, Status.DONE, Who("", "us" if side == "us" else "customer", explicit=False), obj, at, at + 1, "received")]
        return []

    def _wanted(self) -> list[Found]:
        """A thing that is wanted (要一份手册), a request or a question of a customer who writes (能开专票吗): something is asked for."""
        tokens = self.tokens
        for at, token in enumerate(tokens):
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if token.word in {"要", "想要", "急需"} and after is not None and not after.tags and after.word[:1] in "一两几三四五份个" and not self.question:
                who = self._who(0, at)
                if who is None or who.side != "us" or self.note.by_customer:
                    return [self._found(Act.ASK, Status.DONE, who, self._cut(at + 1, len(tokens)), at, at + 1, "wanted")]
        if not self.note.by_customer or any(token.has("V") for token in tokens):
            return []
        lead = tokens[0].word in {"请", "麻烦", "烦请", "恳请", "望", "希望", "能否", "可否", "能不能", "可不可以", "可以", "烦", "劳烦", "是否", "求", "盼"}
        if lead or (self.question and len(tokens) > 1):
            obj = self._topic(len(tokens))
            if obj and not any(word in obj for word in COURTESIES):
                return [self._found(Act.ASK, Status.DONE, default_actor(Act.ASK, self.note), obj, 0, len(tokens), "asked")]
        return []

    def _noun(self, at: int) -> Found | None:
        """An act told by a noun: what was received, made or is lacking (收到批复, 做了培训, 没有回音)."""
        token = self.tokens[at]
        if not token.has("N") or self.used[at] or token.latin:
            return None
        act = Act(token.tags["N"])
        after = [each for each in self.tokens[at + 1 : at + 4]]
        if len(after) > 1 and after[0].has("NEG") and after[1].word in COMES and act is not Act.OBJECT:
            self.used[at + 2] = True
            return self._found(act, Status.POSSIBLE if self.question else Status.NOT_DONE, self._who(0, at), "", at, at + 3, "noun")
        for index in range(at - 1, max(-1, at - 8), -1):
            carrier = self.tokens[index]
            if carrier.has("V") and not carrier.has("SHORT") and self._verb(index):
                return None
            if carrier.has("GOT", "LIGHT"):
                cues, _ = self._cues(0, index)
                status = status_of(cues, act)
                if status is None:
                    return None
                if self.question:
                    status = Status.POSSIBLE
                elif status is Status.DONE and act not in WORDS_OF_SPEECH and self._ahead() and not self._aspect_follows(index):
                    status = Status.PLANNED
                run = self._actor_run(index + 1, at) if carrier.has("GOT") else []
                who = who_in(run, self.note) if run else (default_actor(act, self.note) if carrier.has("GOT") else self._who(0, index))
                obj = self._cut(index + 1 + len(run), at + 1 if act is Act.ASK else at)
                self.used[at] = True
                if status is Status.DONE and who is None and act in GIVEN and any(token.word in {"给", "向", "对"} for token in self.tokens[:index]):
                    who = Who("", "us", explicit=False)
                return self._found(act, status, who, obj, at, at + 1, "noun")
            if carrier.has("NEG", "WAIT"):
                run = self._actor_run(index + 1, at)
                who = who_in(run, self.note) if run else self._who(0, index)
                self.used[at] = True
                status = Status.POSSIBLE if self.question else Status.NOT_DONE
                return self._found(act, status, who, self._cut(index + 1 + len(run), at), at, at + 1, "noun")
        return None
