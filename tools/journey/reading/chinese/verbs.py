"""Which words are verbs in a Chinese clause, and which cues stand around them."""

from __future__ import annotations

from tools.journey.acts import Act
from tools.journey.reading.actors import TOGETHER, Who, who_in
from tools.journey.reading.chinese.phrases import Phrases
from tools.journey.reading.chinese.words import COMES, CUES, DONE_WORDS, ENDS_ACTS, TAKES_ACTS
from tools.journey.reading.tokens import Token


class Verbs(Phrases):
    """Which words are verbs in a Chinese clause, and which cues stand around them."""

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
        if token.has("N") and self._is_thing(at, before, after):
            return None
        if (
            token.word == "报价"
            and not (after is not None and after.has("AFTER", "TO"))
            and not (before is not None and before.word in {"已", "请", "再", "尽快", "重新", "已经", "没", "还没", "未", "来"})
        ):
            return None
        if before is not None and before.word.endswith(("谈", "聊", "讨论", "商量")):
            return None
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

    def _is_thing(self, at: int, before: Token | None, after: Token | None) -> bool:
        """Whether a word that may be a verb names a thing here: what is done to it follows (测试已完成, 培训推迟) or stands before it (做了培训, 把演示)."""
        if after is not None and after.has("BY"):
            return True
        if any(token.word.endswith(("按", "依", "据", "照", "按照", "根据", "遵")) for token in self.tokens[max(0, at - 2) : at]):
            return True
        if before is not None and before.has("BA"):
            return True
        index = at + 1
        while index < len(self.tokens) and self.tokens[index].has("DONE", "NEG", "PLAN", "DATE", "BU", "WAIT") and not self.tokens[index].has("V"):
            index += 1
        if index < len(self.tokens):
            token = self.tokens[index]
            if token.has("V") and Act(token.tags["V"]) in ENDS_ACTS and token.tags["V"] != self.tokens[at].tags["V"]:
                return True
            if index > at + 1 and token.word in COMES and self.tokens[index - 1].has("NEG"):
                return True
        if after is not None and after.has("AFTER") and after.word in {"了", "过", "完", "好"}:
            return False
        for index in range(at - 1, max(-1, at - 6), -1):
            token = self.tokens[index]
            if token.has("LIGHT"):
                return True
            if token.has("V", "BOUND", *TOGETHER, "NEG"):
                return False
        return False

    def _stands(self, before: Token | None, after: Token | None) -> bool:
        if after is not None and after.has("AFTER") and after.word not in {"好", "成", "得", "着", "出", "上", "下", "到", "回", "来", "去"}:
            return True
        if after is not None and after.has("MISS"):
            return True
        if after is not None and after.word in {"好", "好了", "出", "回", "来", "到", "回来", "回去"}:
            return True
        if before is not None and before.has(*TOGETHER) and after is not None and (not after.tags or after.latin):
            return True
        return before is not None and (
            before.has("NEG", "BU", "REFUSE", "PROMISE", "PLAN", "DATE", "BA")
            or before.word
            in {"已", "已经", "刚", "才能", "能", "可以", "都", "请", "先", "再", "再去", "去", "来", "肯", "想", "才", "就", "尽快", "马上", "要"}
        )

    def _latin_verb(self, token: Token, act: Act, before: Token | None, after: Token | None) -> Act | None:
        if after is not None and not after.latin and after.has("AFTER") and after.word in {"到", "了", "过", "完", "好", "掉", "完了", "好了"}:
            return act
        if (
            before is not None
            and not before.latin
            and (before.has("NEG", "BU", "PLAN", "PROMISE", "REFUSE", "POSS") or before.word in {"已", "已经", "刚", "再"})
        ):
            return act
        if before is not None and not before.latin and before.has("DATE", "DONE") and not token.has("N"):
            return act
        if before is not None and before.latin and not before.has("US", "THEM", "ROLE", "PERSON", "DONE", "NEG"):
            return None
        if token.has("N") or token.tags.get("FORM") in {"g", "s"}:
            return None
        return act

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
            if token.word == "就" and "NEG" in cues:
                cues = [cue for cue in cues if cue != "NEG"]
            if tag == "WAIT" and token.word in {"差", "缺"} and not (index + 1 < len(self.tokens) and self.tokens[index + 1].has(*TOGETHER, "N")):
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
