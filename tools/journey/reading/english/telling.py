"""Makes events of an English verb with its actors and its object."""

from __future__ import annotations

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import Who, default_actor
from tools.journey.reading.english.settling import Settling
from tools.journey.reading.english.words import INTRANSITIVE, PASSIVE, REQUESTS, SPEECH
from tools.journey.reading.found import Found
from tools.journey.reading.statuses import status_of


class Telling(Settling):
    """Makes events of an English verb with its actors and its object."""

    def _read_verb(self, act: Act, at: int) -> tuple[list[Found], int]:
        tokens, token = self.tokens, self.tokens[at]
        form = self._form(at)
        start, cues, words = self._group(at)
        end = at + 1
        passive = (
            form in {"d", "n"}
            and any(word.word in PASSIVE for word in words[-4:])
            and not any(word.word in {"have", "has", "had", "'ve", "did"} and at - tokens.index(word) == 1 for word in words[-1:])
        )
        subject_end = start
        whos, thing, clause_start = self._before(subject_end)
        lead = self._lead(clause_start, start)
        if any(word.has("NEGIS") for word in tokens[clause_start:start]):
            cues = ["NEGIS", *cues]
        infinitive = form == "b" and any(word.word == "to" for word in words)
        if infinitive:
            awaited = self._awaited(start)
            if awaited is not None:
                cues, whos = awaited[0], [awaited[1]]
        if any(word.has("NEG") and word.word in {"nobody", "no one", "neither", "none", "nor"} for word in tokens[clause_start:start]):
            cues = ["NEG", *cues]
        obj, after_end = self._after(act, end, token.tags.get("GAP"))
        if act is Act.MEET and not any(each.word in {"about", "regarding", "on", "discuss"} for each in tokens[end:after_end]):
            obj = ""
        if (
            act is Act.SHOW
            and tokens[at].word.startswith("introduc")
            and end + 1 < len(tokens)
            and tokens[end].word in {"me", "us"}
            and tokens[end + 1].word == "to"
        ):
            act, obj = Act.RECOMMEND, ""
        if act is Act.SHOW and after_end < len(tokens) and tokens[after_end].word in {"on", "in", "about"}:
            obj = self._after(act, after_end + 1, None)[0] or obj
        if end + 1 < len(tokens) and tokens[end].word in {"us", "them", "it", "him", "her"} and tokens[end + 1].has("CONJ"):
            obj = ""
        if act is Act.REPLACE and end < len(tokens) and tokens[end].word == "for" and thing and not whos:
            obj = thing
        if act is Act.LEAVE or (act is Act.RECOMMEND and end < len(tokens) and tokens[end].has("US")):
            obj = ""
        by = self._by(end)
        status: Status | None
        means = "cue" if cues else form
        pronoun = end < len(tokens) and tokens[end].word in {"it", "us", "them", "me", "you", "him", "her", "this", "that"}
        reduced = form in {"d", "n"} and not passive and not words and not pronoun
        if (
            act in INTRANSITIVE
            and not whos
            and thing
            and (not obj or obj == "" or (tokens[end : end + 1] and tokens[end].has("PREP", "DATE", "PAUSE", "END")) or form in {"s", "b"})
        ):
            obj = thing
        if by is not None and form in {"d", "n"} and (passive or reduced):
            passive = True
        if reduced and not whos and thing and not obj and by is None and act not in {Act.JOIN, Act.LEAVE, Act.MEET}:
            passive, means = True, "reduced"
        if passive:
            obj, whos = thing or (obj if act not in SPEECH else thing) or self._carried(act), [by] if by else []
        causative = (
            at > 1 and tokens[at - 1].word in {"it", "this", "that", "them", "those"} and tokens[at - 2].word in {"have", "get", "getting", "having", "has"}
        )
        if causative:
            start, cues, words = self._group(at - 2)
            whos, thing, clause_start = self._before(start)
            obj = self._carried(act)
            cues = cues or (["PLAN"] if tokens[at - 2].word in {"getting", "having", "get", "have"} else [])
        attributive = form in {"d", "n"} and bool(words == [] and at and tokens[at - 1].has("DET"))
        if attributive:
            whos, means = [by] if by else [], "attributive"
        status = status_of(cues, act)
        if form == "g":
            status, means = self._gerund(at, words, cues, act, status)
        if status is None:
            return [], after_end
        status, means = self._settle(status, means, act, form, at, start, words, lead, obj)
        if status is None:
            return [], self._resume(act, after_end, end)
        causer = self._causer(clause_start, start, words, act)
        if causer is not None:
            whos = [causer] if causer.text else []
            status = Status.POSSIBLE
        requested = any(word.word in REQUESTS for word in [*words, *tokens[clause_start:start]]) or (
            self.question and any(word.word in {"could", "can", "would", "will"} for word in tokens[clause_start:start] + words)
        )
        if requested and self.note.by_customer and act in {Act.ANSWER, Act.CONFIRM} and form == "b":
            return [self._found(act, Status.POSSIBLE, Who("", "us", explicit=False), obj, at, clause_start, after_end, "asked")], after_end
        if requested and self.note.by_customer and act is not Act.ASK and form == "b":
            return [self._found(Act.ASK, Status.DONE, default_actor(Act.ASK, self.note), obj, at, clause_start, after_end, "asked")], after_end
        if not whos and self.subject is not None and not passive and not requested and causer is None:
            whos = [self.subject]
        if not whos:
            whos = [default_actor(act, self.note)]
            if passive and not self.note.by_customer and act not in {Act.INSTALL, Act.SEND, Act.SHOW}:
                whos = [Who("", whos[0].side, None, None, -1, explicit=False)]
        elif not passive and not attributive:
            self.subject = whos[-1]
        if act in {Act.ANSWER, Act.RECOMMEND} and not (end < len(tokens) and tokens[end].has("DET")):
            obj = ""
        within = self.within or (end < len(tokens) and tokens[end].word in {"it", "them", "this", "that", "these", "those"})
        if not obj and within and act not in {Act.MEET, Act.LEAVE, Act.JOIN, Act.RECOMMEND, Act.ASK, Act.OBJECT, Act.ANSWER}:
            obj = self._carried(act)
        found = [self._found(act, status, who, obj, at, clause_start, max(after_end, at + 1), means) for who in whos]
        return found, self._resume(act, after_end, end)

    def _resume(self, act: Act, after_end: int, end: int) -> int:
        """Where reading goes on: what is asked for or recommended is passed over up to the next clause."""
        if act is not Act.ASK:
            return end
        at = after_end
        while at < len(self.tokens) and not self.tokens[at].has("PAUSE", "END") and self.tokens[at].word not in {"but", "and then", "so"}:
            self.used[at] = True
            at += 1
        return at
