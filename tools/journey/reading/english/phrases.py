"""Who an English sentence names, and where phrases end. Knows no act."""

from __future__ import annotations

from tools.journey.reading.actors import TOGETHER, Who, resolved, who_in
from tools.journey.reading.english.words import CONDITIONS, CUES, GROUP, INVERTED
from tools.journey.reading.lexicon import load_lexicon
from tools.journey.reading.memory import Memory
from tools.journey.reading.objects import trimmed
from tools.journey.reading.tokens import Token


class Phrases:
    """Who an English sentence names, and where phrases end."""

    def __init__(self, outer: Memory, tokens: list[Token], question: bool) -> None:
        self.outer, self.tokens, self.note, self.question = outer, tokens, outer.note, question
        self.used = [False] * len(tokens)
        inverted = len(tokens) > 2 and tokens[0].word in INVERTED and tokens[1].has(*TOGETHER, "DET") and not tokens[0].has("THEM")
        self.question = question or inverted
        self.subject: Who | None = None
        self.within = False
        self._phrasal()

    def _phrasal(self) -> None:
        """Verbs with an object inside (put the order on hold): the particle closes them."""
        gapped = load_lexicon().gapped
        self.tokens = [
            token
            for at, token in enumerate(self.tokens)
            if not (
                token.word in {"however", "though"} or (token.has("PAUSE") and any(each.word == "however" for each in self.tokens[max(0, at - 1) : at + 2]))
            )
        ]
        self.used = [False] * len(self.tokens)
        for at, token in enumerate(self.tokens):
            for rest, act, form in gapped.get(token.word, ()):
                words = [each.word for each in self.tokens[at + 1 : at + 8]]
                flat = " ".join(words)
                tail = " ".join(rest)
                where = f" {flat} ".find(f" {tail} ")
                if where < 0:
                    continue
                between = flat[: max(0, where - 1)]
                if any(mark in between for mark in (",", ".", ";")):
                    continue
                self.tokens[at] = Token({**token.tags, "V": act, "FORM": form, "GAP": tail}, token.start, token.end, token.word, token.latin)
                break

    def _group(self, at: int) -> tuple[int, list[str], list[Token]]:
        """Where the verb group begins, its cues from left to right, and its words."""
        tokens, start = self.tokens, at
        while start > 0:
            token = tokens[start - 1]
            if token.has(*GROUP) and not token.has("V") and not (token.has("PAUSE", "END")):
                start -= 1
                continue
            if token.word in {"to", "in", "order", "'s", "been"} or (token.word in {"forward", "formally", "duly"}):
                start -= 1
                continue
            if token.has("V") and token.word in {"confirmed", "wants"} and False:
                start -= 1
                continue
            break
        words = tokens[start:at]
        cues = [next(tag for tag in ("NEGIS", *CUES) if tag in token.tags) for token in words if token.has("NEGIS", *CUES)]
        return start, cues, words

    def _before(self, end: int) -> tuple[list[Who], str, int]:
        """Who stands before the verb group, the thing that stands there instead, and where the clause begins."""
        tokens, start = self.tokens, end
        if end > 0 and tokens[end - 1].has("CONJ"):
            return [], "", end
        while start > 0:
            token = tokens[start - 1]
            if token.has("PAUSE", "END", "BOUND", "SAY") and not token.has("OPEN"):
                if token.word in {"who", "which", "that"} and start - 1 > 0:
                    return self._antecedent(start - 1)
                break
            if self._is_verb_before(start - 1) and not (token.has("V") and token.tags.get("FORM") in {"b"}):
                break
            if token.has(*CUES) and token.word in CONDITIONS:
                start -= 1
                break
            start -= 1
        whos: list[Who] = []
        index = start
        while index < end:
            token = tokens[index]
            if token.has("PREP") and whos:
                run, stop = self._run(index + 1, end)
                index = stop if run else index + 1
                continue
            run, stop = self._run(index, end)
            if run:
                before = tokens[index - 1] if index else None
                owner = (
                    run[-1].word in {"their", "our", "his", "her", "your", "my"}
                    or (stop < end and tokens[stop].word == "'s")
                    or (stop < end and not tokens[stop].tags and tokens[stop].word.isalpha())
                )
                prepared = before is not None and index > start and before.has("PREP")
                if not owner and not prepared:
                    if whos and before is not None and not before.has("CONJ"):
                        whos = []
                    who = resolved(who_in(run, self.note), self.outer.named)
                    whos.append(who)
                    if who.role or who.person:
                        self.outer.named = who
                index = stop
                continue
            index += 1
        thing = ""
        if not whos:
            first = start
            while first < end and tokens[first].has("CONJ", "DONE", "POSS", "GOT"):
                first += 1
            stop = first
            while stop < end and not (tokens[stop].has("PREP") and tokens[stop].word not in {"of", "for"}) and not tokens[stop].has("DATE"):
                stop += 1
            thing = self._cut(first, stop)
        return whos, thing, start

    def _antecedent(self, at: int) -> tuple[list[Who], str, int]:
        whos, thing, start = self._before(at)
        return whos, thing, start

    def _is_verb_before(self, at: int) -> bool:
        token = self.tokens[at]
        return token.has("V") and not token.has("ROLE") and token.tags.get("FORM") in {"d", "n", "s", "g"} and not self.tokens[at - 1 if at else 0].has("DET")

    def _run(self, start: int, end: int) -> tuple[list[Token], int]:
        run: list[Token] = []
        index = start
        while index < end:
            token = self.tokens[index]
            if token.has(*TOGETHER) and not (token.word in {"me", "us", "him", "them"} and run):
                run.append(token)
            elif (
                (
                    run
                    and (
                        (token.word == "of" and index + 1 < end and self.tokens[index + 1].has("ROLE", "THEM") and run[-1].has("RANK", "ROLE"))
                        or (token.word in {"'s", "(", ")"} and index + 1 < end and self.tokens[index + 1].has(*TOGETHER))
                    )
                )
                or (token.has("DET") and not run and index + 1 < end and self.tokens[index + 1].has(*TOGETHER))
                or (
                    not run
                    and index > start
                    and index + 1 < end
                    and self.tokens[index - 1].has("DET", "US", "THEM")
                    and token.word in {"previous", "former", "old", "current", "then"}
                )
            ):
                pass
            else:
                break
            index += 1
        if run and not any(token.has("ROLE", "PERSON", "THEM", "US", "YOU", "THIRD", "OPEN") for token in run):
            return [], index
        return run, index

    def _modifies(self, at: int) -> bool:
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return token.has("ROLE", "RANK") and after is not None and (not after.tags or after.has("N")) and after.word.isalpha()

    def _new_clause(self, at: int) -> bool:
        for token in self.tokens[at : at + 3]:
            if (token.has("V") and (not token.has("N") or token.tags["FORM"] in {"d", "n", "s"})) or token.has(
                "US", "YOU", "NEG", "PLAN", "DONE", "POSS", "PROMISE", "REFUSE"
            ):
                return True
            if token.has("ROLE", "PERSON", "THEM") and not token.word == "their":
                return True
        return False

    def _cut(self, start: int, end: int) -> str:
        if start >= end or start >= len(self.tokens):
            return ""
        return trimmed(self.outer.text[self.tokens[start].start : self.tokens[end - 1].end], latin=True)
