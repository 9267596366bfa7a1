"""Which words are verbs in an English sentence, by their form and what stands before them."""

from __future__ import annotations

from tools.journey.acts import Act
from tools.journey.reading.dates import on_day
from tools.journey.reading.english.after import After
from tools.journey.reading.english.words import MONEY
from tools.journey.reading.tokens import Token


class Verbs(After):
    """Which words are verbs in an English sentence, by their form and what stands before them."""

    def _verb(self, at: int) -> Act | None:
        """The act of a word that is a verb here and no noun."""
        token = self.tokens[at]
        if "V" not in token.tags or self.used[at]:
            return None
        act, form = Act(token.tags["V"]), self._form(at)
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if token.has("PAPER") and not any(
            word.word in {"contract", "agreement", "nda", "msa", "sow", "dpa", "deed", "lease", "amendment", "addendum", "contracts", "copy"}
            for word in self.tokens[max(0, at - 6) : at + 6]
        ):
            return None
        if token.has("ROLE"):
            return None
        if token.word in {"give", "gave", "given", "gives", "giving"} and any(each.has("N") and not each.has("PAUSE") for each in self.tokens[at + 1 : at + 6]):
            return None
        if token.has("MONEY") and not any(word.word in MONEY or "%" in word.word for word in self.tokens[max(0, at - 7) : at + 7]):
            return None
        if (
            token.word == "left"
            and after is not None
            and (
                (after.has("PREP") and after.word in {"in", "on", "over", "to", "at"})
                or after.has("POSS")
                or (after.has("DET") and not any(word.has("OPEN", "THEM") for word in self.tokens[at + 2 : at + 4]))
                or after.word in {"message", "voicemail", "open", "room", "side"}
            )
        ):
            return None
        if form == "b" and not self._takes_base(at, before):
            return None
        if form == "s" and not self._takes_third(before, after):
            return None
        if form == "g" and not self._takes_gerund(before):
            return None
        if form in {"d", "n"} and before is not None and before.word in {"a", "an", "any"}:
            return None
        if form in {"d", "n"} and before is not None and before.has("DET") and after is not None and not after.has("PAUSE", "END"):
            return act if act in {Act.SIGN, Act.APPROVE} and form else None
        return act

    def _form(self, at: int) -> str:
        """The form of a verb; one whose past looks like its base is told by what stands before it."""
        token = self.tokens[at]
        form = token.tags["FORM"]
        if form == "b" and token.word.split()[0] in {"put", "cut", "set", "quit"} and at:
            before = self.tokens[at - 1]
            if before.has("DONE", "US", "THEM", "ROLE", "PERSON") and before.word not in {"did", "do", "does"}:
                return "d"
        return form

    def _takes_base(self, at: int, before: Token | None) -> bool:
        """Base forms stand behind to, a modal or do, behind a plural subject, or lead an order."""
        token = self.tokens[at]
        if before is None or before.has("PAUSE", "END"):
            return not token.has("N") or (at + 1 < len(self.tokens) and self.tokens[at + 1].has("DET", "US", "THEM"))
        if before.has("DET") or before.word in {"of", "for", "'s", "with", "in", "on", "from", "at"}:
            return False
        if before.word.endswith(" to") or before.word in {
            "to",
            "will",
            "'ll",
            "shall",
            "would",
            "could",
            "can",
            "may",
            "might",
            "must",
            "should",
            "not",
            "didn't",
            "don't",
            "doesn't",
            "did",
            "do",
            "won't",
            "cannot",
            "can't",
            "couldn't",
            "wouldn't",
            "please",
            "pls",
            "plz",
            "kindly",
            "let's",
            "lets",
            "never",
            "and",
            "then",
            "also",
            "didnt",
            "dont",
            "will not",
            "would not",
            "help",
            "n't",
            "or",
            "going to",
            "gonna",
            "formally",
            "finally",
            "let us",
            "now",
            "just",
            "cant",
            "wont",
            "can you",
            "could you",
            "would you",
            "should we",
            "do you",
            "does",
            "still",
            "even",
            "actually",
            "immediately",
            "allow us to",
            "fully",
            "officially",
            "jointly",
            "only",
        }:
            return not (before.word in {"and", "or", "also", "now", "just", "still", "only", "then"} and token.has("N")) or (
                at + 1 < len(self.tokens) and self.tokens[at + 1].has("DET")
            )
        if before.has("PLAN") or before.word == "'ll":
            return True
        if before.has("US", "YOU", "THEM", "ROLE", "PERSON", "OPEN", "THIRD") and not before.word.endswith("'s"):
            if before.word in {"our", "their", "his", "her", "my", "your", "its"}:
                return False
            if token.word in {
                "order",
                "po",
                "demo",
                "test",
                "trial",
                "pilot",
                "review",
                "request",
                "score",
                "query",
                "quote",
                "sample",
                "training",
                "audit",
                "poc",
                "question",
                "award",
                "budget",
                "freeze",
                "mail",
                "email",
                "seal",
                "stamp",
                "rank",
                "rate",
                "contest",
                "tender",
                "train",
                "share",
                "brief",
                "visit",
            }:
                return before.word in {"we", "i", "they", "you"} or (before.has("PERSON") and False)
            return True
        return before.has("DATE")

    def _takes_third(self, before: Token | None, after: Token | None) -> bool:
        if before is None or before.has("PAUSE", "END", "BOUND"):
            return after is not None and not after.has("PREP", "PAUSE", "END", "DONE")
        if before.has("DET") or before.word in {"of", "our", "their", "his", "my", "your", "for", "with", "'s"}:
            return False
        return before.has("ROLE", "PERSON", "THEM", "DONE", "OPEN", "CONJ", "THIRD", "RANK", "N") or not before.tags

    def _takes_gerund(self, before: Token | None) -> bool:
        if before is None:
            return False
        return before.has("DONE", "NEG", "PLAN", "POSS", "REFUSE", "WAIT", "US", "THEM") or before.word in {
            "started",
            "starts",
            "start",
            "stopped",
            "keeps",
            "kept",
            "keep",
            "for",
            "without",
            "after",
            "on",
            "about",
            "to",
        }

    def _ahead(self, at: int) -> bool:
        for index in range(max(0, at - 4), min(at + 12, len(self.tokens))):
            token = self.tokens[index]
            if index > at and (token.has("PAUSE", "END") or (token.has("CONJ") and self._new_clause(index + 1))):
                break
            day = token.day
            if day is None:
                continue
            if day.way > 0 or (day.kind == "weekday" and self.tokens[at].tags.get("FORM") in {"b", "s", "g"}):
                return True
            if self.note.day is not None and day.kind in {"full", "month", "dayonly"}:
                when = on_day(day, self.note.day, ahead=day.kind == "dayonly")
                if when is not None and when > self.note.day:
                    return True
        return False
