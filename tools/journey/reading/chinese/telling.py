"""Makes an event of a verb with its cues, its actor and its object."""

from __future__ import annotations

from dataclasses import replace

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import PERSONAL, PLURAL, TOGETHER, Who, default_actor, who_in
from tools.journey.reading.chinese.objects import Objects
from tools.journey.reading.chinese.words import FINISHED, GIVEN, MONEY, PERFECT, TURNS, WORDS_OF_SPEECH
from tools.journey.reading.dates import on_day
from tools.journey.reading.found import Found
from tools.journey.reading.statuses import status_of


class Telling(Objects):
    """Makes an event of a verb with its cues, its actor and its object."""

    def _judge(self, act: Act, at: int, end: int, cues: list[str], evidence: bool, who: Who | None, cause: Who | None, supposed: bool) -> Found | None:
        tokens = self.tokens
        aspects = [token.word for token in tokens[at + 1 : end] if token.word in FINISHED]
        if any(mark in tokens[at].word for mark in "了好完过") and not tokens[at].word.endswith(("过去", "过来")) and not tokens[at].latin:
            aspects.append("了")
        if any(token.has("MISS") for token in tokens[at + 1 : end]) and not cues:
            cues = ["NEG"]
        means = "cue" if cues else "aspect" if aspects or evidence else "bare"
        status = status_of(cues, act)
        first = tokens[0]
        if act is Act.APPROVE and cues == ["PROMISE"]:
            status, means = Status.DONE, "verbal"
        if tokens[-1].word == "吧" and (self.note.by_customer or self.note.by_us) and status in {Status.DONE, Status.PLANNED}:
            status = Status.POSSIBLE
        if act is Act.ACCEPT and cues == ["NEG"] and tokens[at - 1].word in {"不能", "无法", "没法"}:
            status = Status.REFUSED
        if act is Act.MEET and tokens[at].word in {"约了", "约在", "约好"} and status is Status.DONE:
            status = Status.PLANNED
        if tokens[at].word in {"打了", "能打", "打过去", "打一半"} and not any(
            mark in self.outer.text[tokens[0].start : tokens[-1].end] + self.outer.topic for mark in MONEY
        ):
            return None
        if act is Act.ACCEPT and cues == ["POSS"] and tokens[at - 1].word in {"可以", "能"} and not self.question:
            status = Status.DONE
        if tokens[at].word == "会签" and status is Status.DONE and not aspects and not evidence and at and tokens[at - 1].has("PERSON", "ROLE", "THEM"):
            status = Status.PLANNED
        if tokens[at].word in {"要求", "请求", "申请", "想知道", "想了解", "想要"}:
            cues = [cue for cue in cues if cue not in {"POSS"}]
            status = status_of(cues, act)
        if status is None:
            return None
        obj = self._object(act, at, end)
        if act is Act.OBJECT and status is Status.REFUSED:
            return None
        if act is Act.SEND and tokens[at].word.startswith("交") and obj.endswith(("钱", "费", "款", "金")):
            act = Act.PAY
        ours = cause is not None and cause.side == "us"
        if cause is not None and act is not Act.ASK:
            asker = self._who(0, self._index_of_cause(at)) or (self.outer.subject if self.outer.subject else None)
            if ours and (asker is None or asker.side != "us") and status in {Status.POSSIBLE, Status.DONE, Status.PLANNED}:
                return self._found(Act.ASK, Status.DONE, asker or default_actor(Act.ASK, self.note), obj, at, end, "asked")
            return self._found(act, Status.POSSIBLE, cause, obj, at, end, "caused")
        if first.word in {"请", "麻烦", "烦请", "恳请", "敬请", "烦", "劳烦", "拜托"} or (tokens[at - 1].word in {"请", "麻烦", "烦请"} if at else False):
            if self.note.by_customer and act in {Act.ANSWER, Act.CONFIRM}:
                return self._found(act, Status.POSSIBLE, Who("", "us", explicit=False), obj, at, end, "asked")
            if self.note.by_customer and act is not Act.ASK:
                return self._found(Act.ASK, Status.DONE, default_actor(Act.ASK, self.note), obj or self._cut(at, end), at, end, "asked")
            status = Status.POSSIBLE
        if (
            self.question
            or (supposed and status in {Status.DONE, Status.PLANNED, Status.PROMISED, Status.NOT_DONE})
            or (self.outer.supposed and status in {Status.DONE, Status.PLANNED} and not evidence and "了" not in aspects)
        ):
            status = Status.POSSIBLE
        elif status is Status.DONE and not evidence and not aspects and act not in WORDS_OF_SPEECH and self._ahead():
            status = Status.PLANNED
        elif status is Status.DONE and at + 1 < len(tokens) and tokens[at + 1].word == "中":
            return None
        elif status is Status.PLANNED and (("了" in aspects and act is not Act.ASK) and not self._ahead()) and not set(cues) - {"PLAN"}:
            status, means = Status.DONE, "mixed"
        if status is Status.DONE and means == "bare" and not tokens[at].word.endswith(PERFECT) and not self._is_told(act, at, end, who, obj):
            return None
        if tokens[at].word in {"约了", "约在", "约好"} and status is Status.DONE:
            status = Status.PLANNED
        return self._found(act, status, who, obj, at, end, means)

    def _is_told(self, act: Act, at: int, end: int, who: Who | None, obj: str) -> bool:
        """Whether a verb without any sign of aspect tells what took place: of speech and of turns of events, or beside a past day, or with its actor right before it."""
        if any(day is not None and day.way < 0 for _, day in self.days):
            return True
        before = self.tokens[at - 1] if at else None
        led = before is None or before.has(*TOGETHER, "DATE", "DONE", "TO", "AFTER") or before.word in {"，", "、"}
        if act in WORDS_OF_SPEECH or act in TURNS:
            return led or before is None or not before.tags or act in WORDS_OF_SPEECH
        if act is Act.MEET:
            return self.tokens[at].word not in {"开会"} or led
        named = who is not None and who.explicit and led
        return bool(
            (named and (obj or act in TURNS))
            or (led and obj and self.note.day is not None and any(day is not None and day.kind == "shift" and day.at == (0,) for _, day in self.days))
            or (at == 0 and end < len(self.tokens) and bool(obj))
        )

    def _index_of_cause(self, at: int) -> int:
        return next((index for index in range(at - 1, -1, -1) if self.tokens[index].has("CAUSE")), 0)

    def _ahead(self) -> bool:
        """Whether the clause names a day that is still to come."""
        for _, day in self.days:
            if day is None:
                continue
            if day.way > 0:
                return True
            if day.kind == "weekday":
                return True
            if self.note.day is not None and day.kind in {"full", "month", "dayonly"}:
                when = on_day(day, self.note.day, ahead=day.kind == "dayonly")
                if when is not None and when > self.note.day:
                    return True
        return False

    def _found(self, act: Act, status: Status, who: Who | None, obj: str, at: int, end: int, means: str) -> Found:
        if who is None and act in GIVEN:
            who = self._giver(act, at, end)
        if who is None and self.last is not None:
            who = self.last
        if who is not None and act in PERSONAL and self.note.by_customer and who.side == "customer" and who.role is None and who.text in PLURAL:
            who = replace(who, role=default_actor(act, self.note).role)
        if who is None and self.note.by_customer and act is Act.ANSWER and status in {Status.NOT_DONE, Status.POSSIBLE}:
            who = Who("", "us", explicit=False)
        who = who or (self.outer.speaker if act in WORDS_OF_SPEECH else None) or self.outer.subject or default_actor(act, self.note)
        day = min(self.days, key=lambda each: abs(each[0] - at))[1] if self.days else None
        start = self.tokens[0].start
        stop = self.tokens[min(end, len(self.tokens)) - 1].end
        if obj:
            self.outer.topic = obj
        self.last = who
        return Found(act, status, who, obj, day, start, max(stop, self.tokens[-1].end if len(self.tokens) - end < 6 else stop), means)

    def _giver(self, act: Act, at: int, end: int) -> Who | None:
        """Who gives, told by who is given to: what is sent to us comes from the customer, what is sent to them from us."""
        if any(token.word in {"过来", "回来", "来", "来了", "回来了"} for token in self.tokens[at + 1 : end]) or self.tokens[at].word.endswith("来"):
            return (self.outer.subject or default_actor(Act.PAY, self.note)) if not self.note.by_customer else Who("", "us", explicit=False)
        for index in range(max(0, at - 3), min(end + 2, len(self.tokens))):
            token = self.tokens[index]
            if index == at or not token.has("US", "YOU", "THEM", "PERSON"):
                continue
            before = self.tokens[index - 1] if index else None
            if index > at or (before is not None and before.word in {"给", "向", "替"}):
                side = who_in([token], self.note).side
                if side == "us":
                    known = self.outer.subject or self.outer.speaker
                    return known if known is not None and known.side == "customer" else default_actor(Act.ASK if self.note.by_customer else Act.PAY, self.note)
                return Who("", "us", explicit=False) if side == "customer" else None
        return None
