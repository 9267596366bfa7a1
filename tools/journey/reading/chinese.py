"""Reads the acts of Chinese sentences, English words within them included. Knows clauses, aspect and word order, and nothing of what the text is for."""

from __future__ import annotations

from collections.abc import Sequence

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import TOGETHER, Note, Who, default_actor, who_in
from tools.journey.reading.dates import Day, on_day
from tools.journey.reading.found import Found
from tools.journey.reading.objects import trimmed
from tools.journey.reading.statuses import status_of
from tools.journey.reading.tokens import Token

CUES = ("NEGIS", "NEG", "BU", "WAIT", "REFUSE", "PROMISE", "PLAN", "POSS", "MARK")
ENDING = ("PAUSE", "END")
WEAK = frozenset({"做", "作", "办", "提", "搞", "有"})
DONE_WORDS = frozenset(
    {"已", "已经", "刚", "刚刚", "均已", "都已", "业已", "早已", "已于", "终于", "总算", "今早", "方才", "刚才", "成功", "顺利", "最终", "才刚", "又", "都"}
)
TAKES_ACTS = frozenset({Act.COMPLETE, Act.START, Act.STOP, Act.POSTPONE, Act.CANCEL, Act.CONFIRM, Act.ASK, Act.OBJECT, Act.APPROVE, Act.COMPARE, Act.SEND, Act.MEET, Act.SHOW, Act.ANSWER, Act.ACCEPT})  # fmt: skip
WORDS_OF_SPEECH = frozenset({Act.ASK, Act.OBJECT, Act.CONFIRM, Act.ANSWER, Act.COMPARE})
REFUSALS = {
    "不接受": Act.ACCEPT, "拒绝": Act.ACCEPT, "婉拒": Act.ACCEPT, "谢绝": Act.ACCEPT, "回绝": Act.ACCEPT, "不同意": Act.APPROVE, "否决": Act.APPROVE, "驳回": Act.APPROVE,
    "不批准": Act.APPROVE, "不答应": Act.APPROVE, "没答应": Act.APPROVE, "没同意": Act.APPROVE, "不赞成": Act.APPROVE, "否掉": Act.APPROVE, "打回": Act.APPROVE, "不松口": Act.APPROVE,
}  # fmt: skip
GIVEN = frozenset({Act.SEND, Act.ANSWER, Act.SHOW})
TURNS = frozenset({Act.POSTPONE, Act.STOP, Act.CANCEL, Act.LEAVE, Act.JOIN, Act.RECOMMEND})
NO_OBJECT = frozenset({Act.MEET, Act.LEAVE, Act.JOIN, Act.RECOMMEND})


class ChineseClauses:
    """Reads one sentence after the other; who was spoken of last is remembered within a sentence."""

    def __init__(self, text: str, note: Note) -> None:
        """``text`` as it was written: objects are cut from it."""
        self.text, self.note = text, note
        self.subject: Who | None = None

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
            found += _Clause(self, clause, question and (last or mark in "?？"), found[-1] if found else None).read()
        return found


class _Clause:
    """One clause: its verbs are read from left to right."""

    def __init__(self, outer: ChineseClauses, tokens: list[Token], question: bool, before: Found | None) -> None:
        self.outer, self.tokens, self.note, self.before = outer, tokens, outer.note, before
        self.question = question or any(token.has("QUESTION") for token in tokens[-2:]) or (len(tokens) > 1 and tokens[-1].word in {"没", "没有", "否"})
        if self.question and tokens[-1].word in {"没", "没有", "否"}:
            self.tokens = tokens[:-1]
        self.days = [(at, token.day) for at, token in enumerate(self.tokens) if token.day is not None]
        self.used = [False] * len(self.tokens)

    def read(self) -> list[Found]:
        found: list[Found] = []
        scope, previous = 0, -1
        last_cues: list[str] = []
        subject: Who | None = None
        tokens = self.tokens
        here = next((at for at, token in enumerate(tokens) if token.word in {"如果", "若", "要是", "假如", "倘若", "一旦", "只要", "万一", "除非"}), None)
        supposed = here is not None
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.has("BOUND") and not self._verb(at):
                scope, last_cues = at + 1, []
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
            cues, evidence = self._cues(scope if previous < 0 else previous, at)
            if not cues and previous >= 0 and not evidence:
                cues = last_cues
            cause = self._cause(scope, at)
            who = self._who(scope, at) or subject
            read = self._judge(act, at, end, cues, evidence, who, cause, supposed)
            last_cues, previous = cues, end
            if who is not None and who.explicit:
                subject = who
            if read is not None:
                if act is Act.ASK or (cause is not None and read.act is Act.ASK):
                    found.append(read)
                    at = self._skip_complement(end)
                    scope, previous = at, -1
                    continue
                found.append(read)
            at = self._skip_nominal(act, end)
        if not found:
            found += self._refusal() or self._wanted()
        if not found:
            self.outer.topic = self._topic(len(tokens)) or self.outer.topic
        lead = subject or self._who(0, len(tokens))
        if lead is not None and lead.explicit:
            says = any(token.has("SAY") for token in tokens) and not any(each.act not in WORDS_OF_SPEECH for each in found)
            self.outer.subject, self.outer.speaker = (self.outer.subject if says else lead), lead
        self.outer.supposed = supposed
        return found

    def _refusal(self) -> list[Found]:
        """A refusal that stands for itself (不接受另收费, 方案被否决)."""
        for at, token in enumerate(self.tokens):
            act = REFUSALS.get(token.tags.get("REFUSE", ""))
            if act is not None:
                if self.question or any(each.has("POSS", "NEG", "NEGIS") for each in self.tokens[:at]):
                    return []
                return [self._found(act, Status.REFUSED, self._who(0, at), self._object(act, at, at + 1), at, at + 1, "refusal")]
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
            if obj:
                return [self._found(Act.ASK, Status.DONE, default_actor(Act.ASK, self.note), obj, 0, len(tokens), "asked")]
        return []

    # what may be a verb ------------------------------------------------------------------------------------------

    def _verb(self, at: int) -> Act | None:
        """The act of a word that is a verb here."""
        token = self.tokens[at]
        if "V" not in token.tags or self.used[at]:
            return None
        act = Act(token.tags["V"])
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        before = self.tokens[at - 1] if at else None
        if token.latin:
            return self._latin_verb(token, act, before, after)
        if token.word in {"采购"} and self._is_department(at, before, after):
            return None
        if token.has("SHORT") and not self._stands(before, after):
            return None
        if token.word == "同意" and self._promises(at):
            return None
        if token.word in {"明确", "确认"} and after is not None and after.has("SAY", "BU", "REFUSE"):
            return None
        if token.word in {"确定", "明确", "落实", "约定", "开始"} and before is not None and before.has("BU", "NEG") and token.word in {"确定", "明确"}:
            return None
        if token.has("N") and before is not None and before.word == "的" and not (after is not None and after.has("AFTER")):
            return None
        if (
            token.has("N")
            and after is not None
            and (
                after.word in {"中", "的", "部", "费", "书", "表", "单", "人", "方", "员", "函", "期", "稿", "权", "率", "者", "版", "款"}
                or after.word[:1] in "费书表单函期稿权率者版款流"
            )
        ):
            return None
        return act

    def _stands(self, before: Token | None, after: Token | None) -> bool:
        if after is not None and after.has("AFTER") and after.word not in {"好", "成", "得", "着", "出", "上", "下", "到", "回", "来", "去"}:
            return True
        if after is not None and after.has("MISS"):
            return True
        if after is not None and after.word in {"好", "好了", "出", "回", "来", "到", "回来", "回去"}:
            return True
        return before is not None and (
            before.has("NEG", "BU", "REFUSE", "PROMISE", "PLAN", "DATE", "BA")
            or before.word
            in {"已", "已经", "刚", "才能", "能", "可以", "都", "请", "先", "再", "再去", "去", "来", "肯", "想", "才", "就", "尽快", "马上", "要"}
        )

    def _latin_verb(self, token: Token, act: Act, before: Token | None, after: Token | None) -> Act | None:
        if after is not None and not after.latin and after.has("AFTER") and after.word in {"了", "过", "完", "好", "掉", "完了", "好了"}:
            return act
        if (
            before is not None
            and not before.latin
            and (before.has("NEG", "BU", "PLAN", "PROMISE", "REFUSE", "POSS") or before.word in {"已", "已经", "刚", "再"})
        ):
            return act
        if before is not None and before.latin and not before.has("US", "THEM", "ROLE", "PERSON", "DONE", "NEG"):
            return None
        if token.has("N") or token.tags.get("FORM") in {"g", "s"}:
            return None
        return act

    def _is_department(self, at: int, before: Token | None, after: Token | None) -> bool:
        if after is None:
            return before is not None and before.has("TO", "CONJ", "CAUSE", "BY")
        if after.has("SAY", "DONE", "NEG", "V", "BU", "PLAN", "POSS", "REFUSE", "PROMISE", "PERSON", "TO", "CONJ", "RANK", "DATE") and not after.has("AFTER"):
            return before is None or before.has("TO", "CONJ", "THEM", "US", "PAUSE", "DATE", "BOUND", "BY") or after.has("SAY", "NEG", "BU", "PERSON", "RANK")
        return False

    def _promises(self, at: int) -> bool:
        """Whether 同意 is followed by what is agreed to be done, and not by a thing."""
        for token in self.tokens[at + 1 : at + 7]:
            if token.has("V", "N"):
                return True
            if token.has("LIGHT"):
                continue
            if token.has("AFTER") and token.word == "了":
                return False
            if token.has(*TOGETHER, "DATE", "POSS", "PLAN", "DONE", "TO"):
                continue
            return token.has("V")
        return False

    def _aspect_end(self, at: int) -> int:
        end = at + 1
        while end < len(self.tokens) and self.tokens[end].has("AFTER", "MISS") and not self.tokens[end].has("V"):
            end += 1
        return end

    # around the verb ---------------------------------------------------------------------------------------------

    def _cues(self, start: int, at: int) -> tuple[list[str], bool]:
        cues: list[str] = []
        evidence = False
        for index in range(start, at):
            token = self.tokens[index]
            if self.used[index]:
                continue
            tag = next((tag for tag in CUES if tag in token.tags), None)
            if token.word in DONE_WORDS:
                evidence = evidence or token.word not in {"又", "都"}
                if cues and cues[-1] in {"PLAN", "POSS"} and token.word in {"已", "已经"}:
                    cues.pop()
            if tag == "POSS" and token.has("CAUSE") and token.has("V"):
                continue
            if tag == "PROMISE" and token.word == "同意" and not self._promises(index):
                continue
            if (
                tag == "PLAN"
                and token.word in {"再", "安排", "决定", "会", "要", "约定", "约了"}
                and index + 1 < len(self.tokens)
                and self.tokens[index + 1].word in {"了", "次"}
            ):
                continue
            if tag == "WAIT" and index + 1 < len(self.tokens) and self.tokens[index + 1].word == "了":
                continue
            if tag == "NEG" and token.word in {"无", "免"} and index + 1 != at:
                continue
            if tag is not None:
                cues.append(tag)
        return cues, evidence

    def _cause(self, start: int, at: int) -> Who | None:
        """The one who is to do it, where somebody makes somebody else do it (催法务签字)."""
        for index in range(at - 1, start - 1, -1):
            if self.tokens[index].has("CAUSE"):
                run = self._actor_run(index + 1, at)
                if run:
                    return who_in(run, self.note)
                return None
        return None

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

    def _who(self, start: int, at: int) -> Who | None:
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
                behind = (
                    (before is not None
                    and before.has("TO", "ABOUT")
                    and before.word not in {"和", "与", "及", "以及"})
                    or (before is not None and before.has("CAUSE"))
                )
                if before is not None and before.word in {"和", "与", "及", "以及"} and best is not None and best.side == "us":
                    behind = True
                modifier = index + len(run) < at and tokens[index + len(run)].word == "的" and not any(each.has("V") for each in tokens[index + len(run) : at])
                if not behind and not modifier:
                    best = who_in(run, self.note)
                index += len(run)
                continue
            index += 1
        return best

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

    # judging -----------------------------------------------------------------------------------------------------

    def _judge(self, act: Act, at: int, end: int, cues: list[str], evidence: bool, who: Who | None, cause: Who | None, supposed: bool) -> Found | None:
        tokens = self.tokens
        aspects = [token.word for token in tokens[at + 1 : end]]
        if any(token.has("MISS") for token in tokens[at + 1 : end]) and not cues:
            cues = ["NEG"]
        means = "cue" if cues else "aspect" if aspects or evidence else "bare"
        status = status_of(cues, act)
        first = tokens[0]
        if act is Act.ACCEPT and cues == ["NEG"] and tokens[at - 1].word in {"不能", "无法", "没法"}:
            status = Status.REFUSED
        if act is Act.MEET and tokens[at].word in {"约了", "约在", "约好"} and status is Status.DONE:
            status = Status.PLANNED
        if tokens[at].word == "会签" and status is Status.DONE and not aspects and not evidence and at and tokens[at - 1].has("PERSON", "ROLE", "THEM"):
            status = Status.PLANNED
        if tokens[at].word in {"要求", "请求", "申请", "想知道", "想了解", "想要"}:
            cues = [cue for cue in cues if cue not in {"POSS"}]
            status = status_of(cues, act)
        if status is None:
            return None
        obj = self._object(act, at, end)
        if act is Act.OBJECT and status in {Status.NOT_DONE, Status.REFUSED}:
            return None
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
                return self._found(Act.ASK, Status.DONE, default_actor(Act.ASK, self.note), obj, at, end, "asked")
            status = Status.POSSIBLE
        if self.question or (supposed and status in {Status.DONE, Status.PLANNED, Status.PROMISED, Status.NOT_DONE}) or (self.outer.supposed and status in {Status.DONE, Status.PLANNED} and not evidence and "了" not in aspects):
            status = Status.POSSIBLE
        elif status is Status.DONE and not evidence and not aspects and act not in WORDS_OF_SPEECH and self._ahead():
            status = Status.PLANNED
        elif status is Status.DONE and at + 1 < len(tokens) and tokens[at + 1].word == "中":
            return None
        elif status is Status.PLANNED and (("了" in aspects and act is not Act.ASK) and not self._ahead()) and not set(cues) - {"PLAN"}:
            status, means = Status.DONE, "mixed"
        if status is Status.DONE and means == "bare" and not self._is_told(act, at, end, who, obj):
            return None
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
        if who is None and self.note.by_customer and act is Act.ANSWER and status in {Status.NOT_DONE, Status.POSSIBLE}:
            who = Who("", "us", explicit=False)
        who = who or (self.outer.speaker if act in WORDS_OF_SPEECH else None) or self.outer.subject or default_actor(act, self.note)
        day = min(self.days, key=lambda each: abs(each[0] - at))[1] if self.days else None
        start = self.tokens[0].start
        stop = self.tokens[min(end, len(self.tokens)) - 1].end
        if obj:
            self.outer.topic = obj
        return Found(act, status, who, obj, day, start, max(stop, self.tokens[-1].end if len(self.tokens) - end < 6 else stop), means)

    def _giver(self, act: Act, at: int, end: int) -> Who | None:
        """Who gives, told by who is given to: what is sent to us comes from the customer, what is sent to them from us."""
        for index in range(max(0, at - 3), min(end + 2, len(self.tokens))):
            token = self.tokens[index]
            if index == at or not token.has("US", "YOU", "THEM", "PERSON"):
                continue
            before = self.tokens[index - 1] if index else None
            if index > at or (before is not None and before.word in {"给", "向", "替"}):
                side = who_in([token], self.note).side
                if side == "us":
                    return default_actor(Act.ASK if self.note.by_customer else Act.PAY, self.note)
                return Who("", "us", explicit=False) if side == "customer" else None
        return None

    # objects -----------------------------------------------------------------------------------------------------

    def _object(self, act: Act, at: int, end: int) -> str:
        tokens = self.tokens
        for index in range(at - 1, -1, -1):  # 把 X 签了
            if tokens[index].has("BA"):
                return self._cut(index + 1, at)
        if act in {Act.OBJECT, Act.ASK, Act.ANSWER, Act.CONFIRM, Act.COMPARE, Act.SHOW, Act.ACCEPT, Act.APPROVE}:
            for index in range(at - 1, -1, -1):
                if tokens[index].has("ABOUT"):
                    about = self._cut(index + 1, at)
                    if about:
                        return about
        after = "" if act in {Act.MEET, Act.LEAVE} else self._after(act, end)
        if after:
            return after
        if act in NO_OBJECT:
            return ""
        if tokens[at].word == "报价":
            return self._topic(at) or "报价"
        topic = self._topic(at)
        if topic:
            return topic
        return self.outer.topic

    def _after(self, act: Act, end: int) -> str:
        """The words behind the verb up to what ends a noun phrase."""
        tokens, at = self.tokens, end
        while at < len(tokens):
            token = tokens[at]
            lead = token.has(*TOGETHER) and not self._modifies(at)
            if (
                lead
                or token.has("DATE", "AFTER", "TO", "BA", "DONE", "ABOUT")
                or (act is Act.ASK and (token.has("POSS", "PLAN", "CAUSE") or (token.has("V") and not token.has("N"))))
                or token.word in {"的", "来", "去"}
            ):
                if token.has("TO") and act is not Act.ASK and token.word not in {"给", "向", "跟", "和", "与", "同", "至"}:
                    break
                at += 1
                continue
            break
        stop = at
        while stop < len(tokens):
            token = tokens[stop]
            if not token.tags or token.word == "的" or token.has("CONJ") or token.latin:
                stop += 1
                continue
            if (token.has("N") and stop > at) or token.has("ROLE", "THEM", "US", "RANK", "OPEN") or (token.has("N") and not self._aspect_follows(stop)):
                stop += 1
                continue
            if token.has("TO") and token.word in {"和", "与", "及", "以及", "同"} and stop > at:
                stop += 1
                continue
            break
        return self._cut(at, stop)

    def _modifies(self, at: int) -> bool:
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        token = self.tokens[at]
        return token.has("ROLE") and after is not None and not after.tags and len(token.word) <= 2

    def _aspect_follows(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].has("AFTER") and self.tokens[at + 1].word in {"了", "过", "完"}

    def _topic(self, at: int) -> str:
        """What stands before the verb and is not the one who acts."""
        tokens, best = self.tokens, ""
        index = 0
        while index < at:
            token = tokens[index]
            if not token.tags or (token.latin and not token.has(*TOGETHER, "DATE")) or (token.has("N") and not self.used[index] and self._verb(index) is None):
                start = index
                while (
                    start
                    and (tokens[start - 1].has("N") or (tokens[start - 1].has("ROLE") and self._modifies(start - 1)))
                    and not self._aspect_follows(start - 1)
                    and not tokens[start - 1].has("POSS")
                ):
                    start -= 1
                while index < at and (
                    not tokens[index].tags
                    or tokens[index].latin
                    or tokens[index].word in {"的", "和", "、"}
                    or (tokens[index].has("N", "ROLE")
                    and not tokens[index].has("DONE"))
                ):
                    index += 1
                piece = self._cut(start, index)
                if len(piece) > 1 and (not best or len(best) < 2):
                    best = piece
                continue
            index += 1
        return best

    def _cut(self, start: int, end: int) -> str:
        if start >= end or start >= len(self.tokens):
            return ""
        while start < end and ((self.tokens[start].has(*TOGETHER) and not self._modifies(start) and end - start > 1) or self.tokens[start].has("DATE")):
            start += 1
        if start >= end:
            return ""
        raw = self.outer.text[self.tokens[start].start : self.tokens[end - 1].end]
        return trimmed(raw, latin=all(token.latin for token in self.tokens[start:end]))

    # what is passed over -----------------------------------------------------------------------------------------

    def _skip_nominal(self, act: Act, end: int) -> int:
        """An act that is the object of the one before it (完成测试) is not told of its own."""
        if act in TAKES_ACTS and end < len(self.tokens):
            token = self.tokens[end]
            if token.has("N") and token.has("V") and not self._aspect_follows(end):
                self.used[end] = True
                return end + 1
        return end

    def _skip_complement(self, end: int) -> int:
        """What is asked for is passed over, up to the next clause."""
        at = end
        while at < len(self.tokens) and not (self.tokens[at].has("BOUND") and self.tokens[at].word in {"但", "但是", "不过", "而", "并", "并且", "然后"}):
            self.used[at] = True
            at += 1
        return at

    def _noun(self, at: int) -> Found | None:
        """An act told by a noun: what was received, made or is lacking (收到批复, 做了培训, 没有回音)."""
        token = self.tokens[at]
        if not token.has("N") or self.used[at] or token.latin:
            return None
        act = Act(token.tags["N"])
        for index in range(at - 1, max(-1, at - 8), -1):
            carrier = self.tokens[index]
            if carrier.has("V") and not carrier.has("SHORT") and self._verb(index):
                return None
            if carrier.has("GOT", "LIGHT"):
                cues, _ = self._cues(0, index)
                status = status_of(cues, act)
                if status is None or (act is Act.OBJECT and status is not Status.DONE):
                    return None
                if self.question:
                    status = Status.POSSIBLE
                elif status is Status.DONE and self._ahead() and not self._aspect_follows(index):
                    status = Status.PLANNED
                run = self._actor_run(index + 1, at) if carrier.has("GOT") else []
                who = who_in(run, self.note) if run else (default_actor(act, self.note) if carrier.has("GOT") else self._who(0, index))
                obj = self._cut(index + 1 + len(run), at)
                self.used[at] = True
                return self._found(act, status, who, obj, at, at + 1, "noun")
            if carrier.has("NEG", "WAIT") and act is not Act.OBJECT:
                run = self._actor_run(index + 1, at)
                who = who_in(run, self.note) if run else self._who(0, index)
                self.used[at] = True
                status = Status.POSSIBLE if self.question else Status.NOT_DONE
                return self._found(act, status, who, self._cut(index + 1 + len(run), at), at, at + 1, "noun")
        return None
