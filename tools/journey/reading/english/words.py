"""Words by which English sentences are judged. Data only."""

from __future__ import annotations

from tools.journey.acts import Act

CUES = ("NEG", "WAIT", "REFUSE", "PROMISE", "PLAN", "POSS", "MARK")
GROUP = (*CUES, "DONE", "DATE", "NEGIS")
PASSIVE = frozenset(["'re", "'s", "are", "aren't", "be", "been", "being", "get", "gets", "got", "is", "isn't", "was", "wasn't", "were", "weren't", "will be"])
INTRANSITIVE = frozenset({Act.COMPLETE, Act.START, Act.POSTPONE, Act.STOP, Act.INSTALL, Act.RENEW})
"""Acts whose thing may be the subject: the migration finished, UAT starts."""
SPEECH = frozenset({Act.ASK, Act.OBJECT, Act.CONFIRM, Act.ANSWER, Act.COMPARE})
MONEY = frozenset(
    [
        "$",
        "advance",
        "amount",
        "balance",
        "cash",
        "deposit",
        "eur",
        "fee",
        "funds",
        "gbp",
        "installment",
        "instalment",
        "invoice",
        "invoices",
        "money",
        "payment",
        "payments",
        "prepayment",
        "retention",
        "usd",
        "£",
        "€",
    ]
)
INVERTED = frozenset({"has", "have", "did", "does", "do", "is", "are", "was", "were", "will", "can", "could", "would"})
WANTS = frozenset({"want", "wants", "wanted", "need", "needs", "needed", "would like", "'d like", "i'd like", "we'd like", "require", "requires"})
CONDITIONS = frozenset(["as long as", "as soon as", "assuming", "before", "if", "in case", "once", "only if", "provided", "till", "unless", "until", "whether"])
STOP_AFTER = ("PAUSE", "END", "BOUND", "DATE", "PREP", "NEG", "POSS", "PLAN", "WAIT", "SAY", "REFUSE", "PROMISE", "MARK")
POSITIVE_LEADS = frozenset({"please", "pls", "plz", "kindly"})
REQUESTS = frozenset({"please", "pls", "plz", "kindly", "can you", "could you", "would you"})
CAUSING = frozenset(
    [
        "chased",
        "convinced to",
        "encourage",
        "encouraged",
        "invited to",
        "nudge",
        "nudged",
        "pressing",
        "pushed",
        "remind",
        "reminded",
        "reminding",
        "reminds",
        "urge",
        "urged",
        "urging",
    ]
)
