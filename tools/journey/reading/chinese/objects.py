"""What an act is done to in a Chinese clause."""

from __future__ import annotations

from tools.journey.acts import Act
from tools.journey.reading.actors import TOGETHER
from tools.journey.reading.chinese.verbs import Verbs
from tools.journey.reading.chinese.words import MONEY, NO_OBJECT, PAPERS, THINGS


class Objects(Verbs):
    """What an act is done to in a Chinese clause."""

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
        if act in {Act.SIGN, Act.CONFIRM}:
            for index in range(at - 1, -1, -1):  # 在合同上签字
                if tokens[index].word in {"在", "于"}:
                    place = self._cut(index + 1, at).removesuffix("上").removesuffix("里")
                    if is_paper(place):
                        return place
        after = "" if act is Act.LEAVE else self._after(act, end)
        if act is Act.MEET and not after.endswith(("会", "会议", "活动", "仪式", "论坛", "评审", "培训")):
            after = ""
        if after and tokens[end - 1].word == "到" and act in {Act.INSTALL, Act.REPLACE, Act.POSTPONE}:
            after = self._topic(at) or after
        if after:
            return after
        if act in NO_OBJECT:
            return ""
        if tokens[at].word == "报价":
            return self._topic(at) or "报价"
        topic = self._topic(at)
        if topic and (act is not Act.SIGN or is_paper(topic)):
            return topic
        topic = self.outer.topic
        if act is Act.SIGN and not (is_paper(topic)):
            return ""
        return topic if act is not Act.PAY or any(word in topic.lower() for word in MONEY) else ""

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
            if (
                not token.tags
                or token.word == "的"
                or token.has("CONJ")
                or token.latin
                or (token.has("V") and stop + 1 < len(tokens) and tokens[stop + 1].word == "的")
            ):
                stop += 1
                continue
            if token.has("V") and not token.has("SHORT") and self._verb(stop) is None:
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
                    or ((tokens[index].has("N") or (tokens[index].has("ROLE") and self._modifies(index))) and not tokens[index].has("DONE"))
                ):
                    index += 1
                piece = self._cut(start, index)
                if (len(piece) > 1 or piece in THINGS) and piece and (not best or len(best) < 2):
                    best = piece
                continue
            index += 1
        return best


def is_paper(text: str) -> bool:
    """Whether something is called as papers are."""
    return bool(text) and (text.isascii() or any(text.endswith(word) if len(word) == 1 else word in text.lower() for word in PAPERS))
