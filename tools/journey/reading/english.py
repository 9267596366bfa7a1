"""Reads the acts of English sentences. Knows verb groups, voice and word order, and nothing of what the text is for."""

from __future__ import annotations

from collections.abc import Sequence

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import TOGETHER, Note, Who, default_actor, who_in
from tools.journey.reading.dates import Day, on_day
from tools.journey.reading.found import Found
from tools.journey.reading.objects import trimmed
from tools.journey.reading.statuses import status_of
from tools.journey.reading.tokens import Token

CUES = ("NEG", "WAIT", "REFUSE", "PROMISE", "PLAN", "POSS", "MARK")
GROUP = (*CUES, "DONE", "DATE", "NEGIS")
PASSIVE = frozenset({"was", "were", "been", "is", "are", "be", "being", "got", "gets", "get", "'s", "isn't", "wasn't", "aren't", "weren't", "will be", "'re"})
INTRANSITIVE = frozenset({Act.COMPLETE, Act.START, Act.POSTPONE, Act.STOP, Act.INSTALL, Act.RENEW})
"""Acts whose thing may be the subject: the migration finished, UAT starts."""
SPEECH = frozenset({Act.ASK, Act.OBJECT, Act.CONFIRM, Act.ANSWER, Act.COMPARE})
MONEY = frozenset(
    {
        "payment",
        "payments",
        "deposit",
        "advance",
        "money",
        "funds",
        "amount",
        "invoice",
        "invoices",
        "balance",
        "instalment",
        "installment",
        "prepayment",
        "retention",
        "eur",
        "usd",
        "gbp",
        "£",
        "$",
        "€",
        "fee",
        "cash",
    }
)
WANTS = frozenset({"want", "wants", "wanted", "need", "needs", "needed", "would like", "'d like", "i'd like", "we'd like", "require", "requires"})
CONDITIONS = frozenset({"if", "whether", "unless", "once", "as soon as", "provided", "in case", "assuming", "only if", "as long as", "until", "till", "before"})
STOP_AFTER = ("PAUSE", "END", "BOUND", "DATE", "PREP", "NEG", "POSS", "PLAN", "WAIT", "SAY", "REFUSE", "PROMISE", "MARK")
POSITIVE_LEADS = frozenset({"please", "pls", "plz", "kindly"})
REQUESTS = frozenset({"please", "pls", "plz", "kindly", "can you", "could you", "would you"})
CAUSING = frozenset(
    {
        "remind",
        "reminded",
        "reminding",
        "reminds",
        "nudged",
        "nudge",
        "chased",
        "urged",
        "urge",
        "urging",
        "encouraged",
        "encourage",
        "pushed",
        "pressing",
        "invited to",
        "convinced to",
    }
)


class EnglishClauses:
    """Reads one sentence after the other."""

    def __init__(self, text: str, note: Note) -> None:
        """``text`` as it was written: objects are cut from it."""
        self.text, self.note = text, note
        self.topic = ""

    def read(self, sentence: Sequence[Token], question: bool) -> list[Found]:
        """The acts of one sentence, in their order."""
        return _Sentence(self, list(sentence), question).read()


class _Sentence:
    def __init__(self, outer: EnglishClauses, tokens: list[Token], question: bool) -> None:
        self.outer, self.tokens, self.note, self.question = outer, tokens, outer.note, question
        self.used = [False] * len(tokens)
        self.subject: Who | None = None
        self._phrasal()

    def _phrasal(self) -> None:
        """Verbs with an object inside (put the order on hold): the particle closes them."""
        from tools.journey.reading.lexicon import load_lexicon

        gapped = load_lexicon().gapped
        self.tokens = [
            token
            for at, token in enumerate(self.tokens)
            if not (token.word in {"however", "though"} or (token.has("PAUSE") and any(each.word == "however" for each in self.tokens[max(0, at - 1) : at + 2])))
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
        return found or self._requested()

    def _agreed(self, at: int) -> Found | None:
        """Agreed to a thing, not to do something."""
        token = self.tokens[at]
        if (
            token.word not in {"agreed to", "agrees to", "agree to"}
            or at + 1 >= len(self.tokens)
            or not (self.tokens[at + 1].has("DET") or self.tokens[at + 1].word in {"our", "their", "your"})
        ):
            return None
        start, cues, _ = self._group(at)
        status = status_of([cue for cue in cues if cue != "PROMISE"], Act.APPROVE)
        return None if status is None else self._plain(Act.APPROVE, status, at, start, "agreed")

    def _refusal(self, at: int) -> Found | None:
        """A thing that is refused."""
        token = self.tokens[at]
        if not token.has("REFUSAL") or self.used[at]:
            return None
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        start, cues, words = self._group(at)
        if cues or any(token.word in CONDITIONS for token in self.tokens[max(0, start - 4) : start]) or (after is not None and after.word == "to"):
            return None
        passive = any(word.word in PASSIVE for word in words[-3:])
        act = Act.ACCEPT
        around = " ".join(each.word for each in self.tokens[max(0, at - 6) : at + 7])
        if any(word in around for word in ("budget", "request", "project", "plan", "purchase", "no to", "board", "capex", "discount", "change")):
            act = Act.APPROVE
        return self._plain(act, Status.REFUSED, at, start, "refusal", passive)

    def _plain(self, act: Act, status: Status, at: int, start: int, means: str, passive: bool = False) -> Found:
        whos, thing, begin = self._before(start)
        obj, end = self._after(act, at + 1, None)
        if passive or (not whos and thing and not obj):
            by = self._by(at + 1)
            return self._found(act, status, by or default_actor(act, self.note), thing or obj, at, begin, end, means)
        who = whos[-1] if whos else self.subject or default_actor(act, self.note)
        return self._found(act, status, who, obj, at, begin, end, means)

    def _wanted(self, at: int) -> Found | None:
        """A thing that somebody wants of us: that is asked for."""
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if (
            token.word not in WANTS
            or after is None
            or self.used[at]
            or not (after.has("DET") or after.word in {"us", "you"} or (not after.tags and after.word[:1].isalnum()))
        ):
            return None
        start, _, words = self._group(at)
        if (
            any(word.has("NEG", "POSS", "REFUSE") for word in words)
            or self.question
            or any(each.word in CONDITIONS for each in self.tokens[max(0, start - 5) : start])
        ):
            return None
        whos, thing, begin = self._before(start)
        if (
            (whos and whos[-1].side != "customer")
            or (thing and not whos)
            or (not whos and not self.note.by_customer and not (start == 0 or self.tokens[start - 1].has("PAUSE", "END")))
        ):
            return None
        at_object = at + 1
        if after.word in {"us", "you"}:
            if at + 2 >= len(self.tokens) or self.tokens[at + 2].word != "to":
                return None
            at_object = at + 4
        obj, end = self._after(Act.SIGN, at_object, None)
        if not obj:
            return None
        for index in range(at, end):
            self.used[index] = True
        who = whos[-1] if whos else self.subject or default_actor(Act.ASK, self.note)
        return self._found(Act.ASK, Status.DONE, who, obj, at, begin, end, "wanted")

    def _requested(self) -> list[Found]:
        """A request or a question of a customer who writes."""
        tokens = self.tokens
        if not self.note.by_customer or len(tokens) < 3:
            return []
        lead = next(
            (
                at
                for at, token in enumerate(tokens)
                if token.word in REQUESTS or (token.word in {"can", "could", "would", "will"} and at + 1 < len(tokens) and tokens[at + 1].has("YOU"))
            ),
            None,
        )
        if lead is None and not self.question:
            return []
        at = (lead if lead is not None else 0) + 1
        while at < len(tokens) and tokens[at].has("YOU", "DONE", "POSS"):
            at += 1
        obj, end = self._after(Act.ASK, at + (1 if lead is not None else 0), None)
        if not obj:
            return []
        return [self._found(Act.ASK, Status.DONE, default_actor(Act.ASK, self.note), obj, at, 0, end, "asked")]

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
        if token.has("MONEY") and not any(word.word in MONEY or "%" in word.word for word in self.tokens[max(0, at - 7) : at + 7]):
            return None
        if (
            token.word == "left"
            and after is not None
            and (
                (after.has("PREP")
                and after.word in {"in", "on", "over", "to", "at"})
                or after.has("POSS", "DET")
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
        if before.has("US", "YOU", "THEM", "ROLE", "PERSON", "OPEN") and not before.word.endswith("'s"):
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
        return before.has("ROLE", "PERSON", "THEM", "DONE", "OPEN", "CONJ", "THIRD", "RANK") or not before.tags

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

    # verbs -------------------------------------------------------------------------------------------------------

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
        if any(word.has("NEG") and word.word in {"nobody", "no one", "neither", "none", "nor"} for word in tokens[clause_start:start]):
            cues = ["NEG", *cues]
        obj, after_end = self._after(act, end, token.tags.get("GAP"))
        if act is Act.MEET and not any(each.word in {"about", "regarding", "on", "discuss"} for each in tokens[end:after_end]):
            obj = ""
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
        if reduced and not whos and thing and not obj and by is None:
            passive, means = True, "reduced"
        if passive:
            obj, whos = thing or (obj if act not in SPEECH else thing) or self._carried(act), [by] if by else []
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
        if not obj and act not in {Act.MEET, Act.LEAVE, Act.JOIN, Act.RECOMMEND, Act.ASK, Act.OBJECT}:
            obj = self._carried(act)
        found = [self._found(act, status, who, obj, at, clause_start, max(after_end, at + 1), means) for who in whos]
        return found, self._resume(act, after_end, end)

    def _carried(self, act: Act) -> str:
        return self.outer.topic if act not in {Act.MEET, Act.LEAVE, Act.JOIN, Act.RECOMMEND} else ""

    def _resume(self, act: Act, after_end: int, end: int) -> int:
        """Where reading goes on: what is asked for or recommended is passed over up to the next clause."""
        if act is not Act.ASK:
            return end
        at = after_end
        while at < len(self.tokens) and not self.tokens[at].has("PAUSE", "END") and self.tokens[at].word not in {"but", "and then", "so"}:
            self.used[at] = True
            at += 1
        return at

    def _lead(self, start: int, end: int) -> list[Token]:
        return self.tokens[start:end]

    def _settle(
        self, status: Status, means: str, act: Act, form: str, at: int, start: int, words: list[Token], lead: list[Token], obj: str
    ) -> tuple[Status | None, str]:
        """What the form of the verb and the clause around it make of a status that the cues left open."""
        conditional = any(word.word in CONDITIONS for word in lead) or any(word.word in CONDITIONS for word in words)
        if conditional and status in {Status.DONE, Status.PLANNED, Status.NOT_DONE, Status.PROMISED}:
            return Status.POSSIBLE, "cue"
        asked = self.question and not any(token.has("PAUSE") for token in self.tokens[at:-1])
        if asked and status in {Status.DONE, Status.PLANNED, Status.NOT_DONE}:
            return Status.POSSIBLE, "cue"
        if any(word.has("MARK") for word in lead):
            return None, means
        if status is not Status.DONE:
            if act is Act.OBJECT and status in {Status.NOT_DONE, Status.REFUSED}:
                return None, means
            return status, means
        if form == "b":
            emphatic = any(word.word in {"did", "do", "does"} for word in words)
            if emphatic:
                return Status.DONE, "emphatic"
            before = self.tokens[start - 1] if start else None
            to = any(word.word == "to" for word in words) or (before is not None and before.word == "to")
            if to:
                return self._infinitive(start, act)
            if before is None or before.has("PAUSE", "END") or before.word in {"and", "then"}:
                if self.note.by_us or self.note.by_customer or before is None or True:
                    return Status.POSSIBLE, "order"
            if self._ahead(at):
                return Status.PLANNED, "present"
            return (Status.DONE, "present") if act in SPEECH else (None, means)
        if form == "s":
            if self._ahead(at):
                return Status.PLANNED, "present"
            return (Status.DONE, "present") if act in SPEECH or act in {Act.MEET, Act.LEAVE, Act.JOIN, Act.APPROVE, Act.ACCEPT} else (None, means)
        if form in {"d", "n"} and any(word.word in {"is", "are", "be", "being", "get", "gets"} for word in words[-2:]) and self._ahead(at):
            return Status.PLANNED, "passive"
        if any(word.word in {"being"} for word in words[-1:]):
            return None, means
        if any(word.word == "be" for word in words) and not any(word.word in {"been"} for word in words):
            before = self.tokens[start - 1] if start else None
            return (Status.PLANNED, "to be") if before is None or before.has("PAUSE") or not before.tags or before.word == "to" else (None, means)
        return status, means

    def _infinitive(self, start: int, act: Act) -> tuple[Status | None, str]:
        """A bare to-infinitive is intended, unless it only says what something is for."""
        index = start
        while index > 0 and not self.tokens[index - 1].has("PAUSE", "END", "BOUND"):
            index -= 1
        if any(token.has("V") and token is not self.tokens[start] for token in self.tokens[index:start]):
            return None, "purpose"
        return Status.PLANNED, "infinitive"

    def _gerund(self, at: int, words: list[Token], cues: list[str], act: Act, status: Status | None) -> tuple[Status | None, str]:
        before = self.tokens[at - 1]
        if before.word in {"for", "about", "on", "after", "to"} and not cues:
            if before.word == "for" and any(token.word in {"thanks", "thank", "thx"} for token in self.tokens[max(0, at - 5) : at]):
                return Status.DONE, "thanks"
            if before.word == "after":
                return None, "gerund"
            return None, "gerund"
        if status is not Status.DONE:
            refusal = cues == ["NEG"] and any(word.word in {"isn't", "aren't", "is", "are", "'s", "not"} for word in words) and before.word != "without"
            return (
                Status.REFUSED if refusal and act in {Act.SIGN, Act.PAY, Act.RENEW, Act.APPROVE, Act.ORDER, Act.ACCEPT, Act.REPLACE, Act.CHOOSE} else status
            ), "cue"
        if self._ahead(at):
            return Status.PLANNED, "progressive"
        if act in {Act.TRY, Act.COMPARE, Act.ASK, Act.OBJECT, Act.SHOW}:
            return Status.DONE, "progressive"
        return (
            (Status.PLANNED, "progressive")
            if act in {Act.LEAVE, Act.MEET, Act.SEND, Act.REPLACE, Act.JOIN, Act.RENEW, Act.STOP, Act.POSTPONE}
            else (None, "progressive")
        )

    def _causer(self, clause_start: int, start: int, words: list[Token], act: Act) -> Who | None:
        """The one who is to do it, where somebody is reminded or urged to."""
        for index in range(clause_start, start + len(words)):
            if self.tokens[index].word in CAUSING:
                run, _ = self._run(index + 1, len(self.tokens))
                return who_in(run, self.note) if run else Who("", "customer", explicit=False)
        return None

    def _ahead(self, at: int) -> bool:
        for token in self.tokens[max(0, at - 4) : at + 12]:
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

    # around the verb ---------------------------------------------------------------------------------------------

    def _before(self, end: int) -> tuple[list[Who], str, int]:
        """Who stands before the verb group, the thing that stands there instead, and where the clause begins."""
        tokens, start = self.tokens, end
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
        last_end = start
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
                    whos.append(who_in(run, self.note))
                    last_end = stop
                index = stop
                continue
            index += 1
        thing = ""
        if not whos:
            first = start
            while first < end and tokens[first].has("CONJ", "DONE", "POSS"):
                first += 1
            stop = first
            while stop < end and not (tokens[stop].has("PREP") and tokens[stop].word not in {"of", "for"}) and not tokens[stop].has("DATE"):
                stop += 1
            thing = self._cut(first, stop)
        del last_end
        return whos, thing, start

    def _antecedent(self, at: int) -> tuple[list[Who], str, int]:
        whos, thing, start = self._before(at)
        return whos, thing, start

    def _is_verb_before(self, at: int) -> bool:
        token = self.tokens[at]
        return token.has("V") and token.tags.get("FORM") in {"d", "n", "s", "g"} and not self.tokens[at - 1 if at else 0].has("DET")

    def _run(self, start: int, end: int) -> tuple[list[Token], int]:
        run: list[Token] = []
        index = start
        while index < end:
            token = self.tokens[index]
            if token.has(*TOGETHER) and not (token.word in {"me", "us", "him", "them"} and run):
                run.append(token)
            elif (run and (
                (token.word == "of"
                and index + 1 < end
                and self.tokens[index + 1].has("ROLE", "THEM")
                and run[-1].has("RANK", "ROLE"))
                or (token.word in {"'s", "(", ")"}
                and index + 1 < end
                and self.tokens[index + 1].has(*TOGETHER))
            )) or (token.has("DET") and not run and index + 1 < end and self.tokens[index + 1].has(*TOGETHER)):
                pass
            else:
                break
            index += 1
        if run and not any(token.has("ROLE", "PERSON", "THEM", "US", "YOU", "THIRD", "OPEN") for token in run):
            return [], index
        return run, index

    def _by(self, end: int) -> Who | None:
        for index in range(end, min(end + 6, len(self.tokens))):
            token = self.tokens[index]
            if token.has("PAUSE", "END", "BOUND"):
                return None
            if token.word == "by":
                run, _ = self._run(index + 1, len(self.tokens))
                return who_in(run, self.note) if run else None
        return None

    def _after(self, act: Act, end: int, gap: str | None) -> tuple[str, int]:
        """The object behind the verb, and where it ends."""
        tokens, at = self.tokens, end
        if gap is not None:
            stop = at
            while stop < len(tokens) and not " ".join(each.word for each in tokens[stop : stop + 4]).startswith(gap.split()[0]):
                stop += 1
            closing = stop + len(gap.split())
            if act in {Act.SHOW}:
                return self._after(act, min(closing, len(tokens)), None)
            return self._cut(at, stop), min(closing, len(tokens))
        skipped = ("US", "THEM", "YOU", "PERSON", "DATE", "DONE", "ROLE", "RANK")
        while at < len(tokens):
            token = tokens[at]
            if token.has("PREP") and (
                act in {Act.ASK, Act.OBJECT, Act.ANSWER, Act.MEET, Act.LEAVE, Act.JOIN, Act.SHOW, Act.START}
                or token.word in {"of", "on", "for", "off", "up", "out", "to"}
            ):
                if act is Act.MEET and token.word not in {"about", "on", "regarding", "to", "for"}:
                    run, stop = self._run(at + 1, len(tokens))
                    at = stop if run else at + 1
                    if not run:
                        return ("", at)
                    continue
                if act is Act.POSTPONE and token.word in {"to", "from", "by", "into"}:
                    return "", at
                if token.word in {"to"} and act not in {Act.ANSWER, Act.ASK, Act.OBJECT, Act.REPLACE, Act.POSTPONE}:
                    run, stop = self._run(at + 1, len(tokens))
                    if run and stop < len(tokens) and not tokens[stop].tags:
                        at = stop
                        continue
                    return "", at
                at += 1
                continue
            if token.has(*skipped) and not self._modifies(at):
                at += 1
                continue
            if act in {Act.ASK, Act.OBJECT, Act.CONFIRM, Act.ANSWER} and (
                (token.has("POSS", "PLAN", "LIGHT", "DONE", "DET", "SAY")
                and not token.has("N"))
                or token.word in {"to", "that", "why", "how", "when", "what", "where", "about", "whether", "which"}
                or (token.has("V") and not token.has("N"))
            ):
                at += 1
                continue
            if token.has("DET"):
                at += 1
                continue
            break
        stop = at
        while stop < len(tokens):
            token = tokens[stop]
            if token.has("PAUSE", "END", "BOUND", "DATE", "NEG", "POSS", "PLAN", "WAIT", "SAY", "REFUSE", "PROMISE", "MARK"):
                break
            if token.has("PREP") and not (token.word == "of" or (token.word == "for" and stop > at and act is not Act.ASK and False)):
                break
            if token.has("US", "YOU", "PERSON") and stop > at and not token.word.endswith("'s"):
                break
            if token.has("CONJ") and self._new_clause(stop + 1):
                break
            if token.has("V") and stop > at and token.tags["FORM"] in {"d", "n"} and not token.has("N"):
                break
            if token.has("DONE") and stop > at and token.word not in {"first", "second"}:
                break
            if token.word == "to":
                break
            stop += 1
        return self._cut(at, stop), stop

    def _modifies(self, at: int) -> bool:
        token = self.tokens[at]
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return token.has("ROLE", "RANK") and after is not None and (not after.tags or after.has("N")) and after.word.isalpha()

    def _new_clause(self, at: int) -> bool:
        for token in self.tokens[at : at + 3]:
            if (
                (token.has("V")
                and (not token.has("N") or token.tags["FORM"] in {"d", "n", "s"}))
                or token.has("US", "YOU", "NEG", "PLAN", "DONE", "POSS", "PROMISE", "REFUSE")
            ):
                return True
            if token.has("ROLE", "PERSON", "THEM") and not token.word == "their":
                return True
        return False

    def _cut(self, start: int, end: int) -> str:
        if start >= end or start >= len(self.tokens):
            return ""
        return trimmed(self.outer.text[self.tokens[start].start : self.tokens[end - 1].end], latin=True)

    def _found(self, act: Act, status: Status, who: Who, obj: str, at: int, start: int, end: int, means: str) -> Found:
        days = [(abs(index - at), token.day) for index, token in enumerate(self.tokens) if token.day is not None and start <= index < end + 8]
        day: Day | None = min(days, key=lambda each: each[0])[1] if days else None
        if obj:
            self.outer.topic = obj
        first = self.tokens[min(start, at)]
        last = self.tokens[min(max(end, at + 1), len(self.tokens)) - 1]
        return Found(act, status, who, obj, day, first.start, last.end, means)

    # nouns -------------------------------------------------------------------------------------------------------

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
                if act is Act.OBJECT or (carrier.word == "no" and act in {Act.ASK}):
                    return None
                return self._told(act, Status.POSSIBLE if self.question else Status.NOT_DONE, at, index, index, None)
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

    def _bare(self, index: int, words: list[Token]) -> bool:
        before = self.tokens[index - 1] if index else None
        return before is None or before.has("PAUSE", "END") or any(word.word == "to" for word in words)

    def _from(self, at: int) -> Who | None:
        for index in range(at + 1, min(at + 6, len(self.tokens))):
            if self.tokens[index].word in {"from", "by"}:
                run, _ = self._run(index + 1, len(self.tokens))
                if run:
                    return who_in(run, self.note)
        for index in range(at - 1, max(-1, at - 4), -1):
            if self.tokens[index].has("ROLE", "PERSON", "THEM"):
                return who_in([self.tokens[index]], self.note)
        return None

    def _told(self, act: Act, status: Status, at: int, start: int, carrier: int, who: Who | None, prefer_before: bool = False) -> Found:
        obj = ""
        if at + 1 < len(self.tokens) and self.tokens[at + 1].word in {"of", "for", "on", "about", "to"}:
            obj, _ = self._after(act, at + 2, None)
        if not obj and prefer_before:
            obj = self._cut(next((index + 1 for index in range(at - 1, start - 1, -1) if self.tokens[index].has("PAUSE", "PREP", "V", "DONE")), start), at)
        if not obj and not prefer_before:
            obj = self._cut(carrier + 1, at)
        if obj and act in {Act.PAY, Act.ORDER}:
            obj = obj or self.tokens[at].word
        if not obj and act in {Act.PAY, Act.ORDER}:
            obj = self.outer.text[self.tokens[at].start : self.tokens[at].end]
        return self._found(act, status, who or default_actor(act, self.note), obj, at, start, at + 1, "noun")
