"""Ways to corrupt a true sentence. Each operator gives texts that say something else than the draft; none may pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from agent.composing.draft import Draft, Piece, Sentence, pieces_of
from tools.trace.cells import Cell, CellType

NUMBERS = {CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.RATE, CellType.DURATION}
NAMES_EN, NAMES_ZH = ("Ana Lima", "Fjord", "GTX Pro", "Norway", "Globex"), ("王芳", "北辰医疗", "华信集团", "GTX Pro")
Operator = Callable[[Sentence, Draft], Iterator[str]]


def corrupted(sentence: Sentence, draft: Draft) -> Iterator[tuple[str, str]]:
    """Every corruption of a sentence with the name of its operator."""
    original = plain(pieces_of(sentence, draft))
    for name, operator in OPERATORS.items():
        for text in operator(sentence, draft):
            if text != original:
                yield name, text


def plain(pieces: list[Piece]) -> str:
    """The words of pieces."""
    return "".join(piece.text for piece in pieces)


def _with(pieces: list[Piece], at: int, text: str) -> str:
    return "".join(text if index == at else piece.text for index, piece in enumerate(pieces))


def _slots(sentence: Sentence, draft: Draft) -> Iterator[tuple[list[Piece], int, Piece, Cell]]:
    pieces = pieces_of(sentence, draft)
    for index, piece in enumerate(pieces):
        if piece.address:
            yield pieces, index, piece, draft.cells[piece.address]


def _words(sentence: Sentence, draft: Draft, exchanges: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Exchange words outside of the values."""
    pieces = pieces_of(sentence, draft)
    for index, piece in enumerate(pieces):
        if not piece.address:
            for pattern, other in exchanges:
                if re.search(pattern, piece.text):
                    yield _with(pieces, index, re.sub(pattern, other, piece.text, count=1))


# -- values -----------------------------------------------------------------------------------------------------------


def digit(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, piece, _ in _slots(sentence, draft):
        for match in list(re.finditer(r"\d", piece.text))[:2]:
            changed = piece.text[: match.start()] + str((int(match.group()) + 3) % 10) + piece.text[match.end() :]
            yield _with(pieces, index, changed)


def row_swap(sentence: Sentence, draft: Draft) -> Iterator[str]:
    """Two values of one kind change places; who and when may do so in Chinese ("West 2024年…", "2024年 West…"), when and currency may anywhere."""
    found = list(_slots(sentence, draft))
    for pieces, i, first, a in found:
        for _, j, second, b in found:
            unordered = "window" in (_place(a), _place(b)) and any(cell.address.endswith(".currency") for cell in (a, b))
            questioned = unordered or ({_place(a), _place(b)} == {"where", "window"} and draft.language == "zh") or _place(a) == _place(b) == "where"
            if i < j and a.type is b.type and first.text != second.text and not questioned and not _same_list(a, b):
                yield "".join(second.text if k == i else first.text if k == j else piece.text for k, piece in enumerate(pieces))


def _place(cell: Cell) -> str:
    return cell.address.split(".")[1]


def _same_list(a: Cell, b: Cell) -> bool:
    """Names of a mere list may stand in any order."""
    return a.type is CellType.NAME and b.type is CellType.NAME and a.address.endswith(".name") and b.address.endswith(".name")


def unit(sentence: Sentence, draft: Draft) -> Iterator[str]:
    pairs = ((" days", " hours"), ("天", "小时"), (" pp", " %"), ("个百分点", "%"), (" %", " pp"), (" %", "‰"))
    for pieces, index, piece, _ in _slots(sentence, draft):
        for one, other in pairs:
            if piece.text.endswith(one):
                yield _with(pieces, index, piece.text.removesuffix(one) + other)


def currency(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, piece, cell in _slots(sentence, draft):
        if cell.type is CellType.MONEY:
            for sign in "$€¥":
                if not piece.text.startswith(sign):
                    yield _with(pieces, index, sign + piece.text.lstrip("$€¥"))
            yield _with(
                pieces, index, piece.text.replace("美元", "欧元") if "美元" in piece.text else piece.text + ("美元" if draft.language == "zh" else " USD")
            )


def sign(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, piece, cell in _slots(sentence, draft):
        if cell.type in NUMBERS and piece.text[:1].isdigit():
            yield _with(pieces, index, f"−{piece.text}")
            yield _with(pieces, index, f"-{piece.text}")


def magnitude(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, piece, cell in _slots(sentence, draft):
        if cell.type in {CellType.MONEY, CellType.COUNT}:
            for one, other in ((" M", " K"), (" M", " B"), (" M", ""), ("万", "亿"), (" 万", "")):
                if one in piece.text:
                    yield _with(pieces, index, piece.text.replace(one, other))
            if piece.text[-1:].isdigit():
                yield _with(pieces, index, piece.text + (" 万" if draft.language == "zh" else " thousand"))
                yield _with(pieces, index, piece.text + ("千" if draft.language == "zh" else "k"))


def number_words(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, _, cell in _slots(sentence, draft):
        if cell.type in NUMBERS:
            for words in ("三十多", "一半", "数百") if draft.language == "zh" else ("a dozen", "half", "two hundred", "several"):
                yield _with(pieces, index, words)


# -- what the values are about ----------------------------------------------------------------------------------------


def period(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, piece, cell in _slots(sentence, draft):
        if _place(cell).startswith(("window", "compare")) or piece.style == "period":
            other = re.sub(r"(20\d\d)", lambda m: str(int(m.group()) - 1), piece.text)
            yield _with(pieces, index, other)
            yield _with(pieces, index, "上个月" if draft.language == "zh" else "last month")
            yield _with(pieces, index, re.sub(r"Q(\d)", lambda m: f"Q{int(m[1]) % 4 + 1}", piece.text))
    if draft.language == "en":
        yield plain(pieces_of(sentence, draft)).removesuffix(".") + " this quarter."
        yield plain(pieces_of(sentence, draft)).removesuffix(".") + " in 2023."
    else:
        yield "本季度" + plain(pieces_of(sentence, draft))


def owner(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, piece, cell in _slots(sentence, draft):
        if cell.type in {CellType.NAME, CellType.TEXT} and piece.style != "period" and not _place(cell).startswith(("window", "compare")):
            for name in NAMES_ZH if draft.language == "zh" else NAMES_EN:
                if name != piece.text:
                    yield _with(pieces, index, name)


def invented(sentence: Sentence, draft: Draft) -> Iterator[str]:
    """A name that the draft doesn't have joins one that it has."""
    for pieces, index, piece, cell in _slots(sentence, draft):
        if cell.type is CellType.NAME:
            yield _with(pieces, index, f"{piece.text} 和华信集团" if draft.language == "zh" else f"{piece.text} and Globex")


def state(sentence: Sentence, draft: Draft) -> Iterator[str]:
    en = ((r"\bwon\b", "lost"), (r"\bWon\b", "Lost"), (r"\blost\b", "won"), (r"\bopen\b", "closed"), (r"\bclosed\b", "open"), (r"\bWon deals", "Deals"))
    zh = (("赢单", "输单"), ("输单", "赢单"), ("未结", "已结"), ("结单", "赢单"), ("赢单", "新增"), ("已关闭", "未关闭"))
    yield from _words(sentence, draft, zh if draft.language == "zh" else en)


def kind(sentence: Sentence, draft: Draft) -> Iterator[str]:
    en = ((r"\baccounts?\b", "contacts"), (r"\bdeals?\b", "tickets"), (r"\bvisits?\b", "calls"), (r"\bmanager\b", "assistant"), (r"\blist price\b", "cost"))
    zh = (("客户", "联系人"), ("商机", "工单"), ("拜访", "电话"), ("经理", "助理"), ("标价", "成本"), ("产品", "合同"))
    yield from _words(sentence, draft, zh if draft.language == "zh" else en)


# -- words that turn the meaning --------------------------------------------------------------------------------------


def negation(sentence: Sentence, draft: Draft) -> Iterator[str]:
    en = (
        (r"\bwithout\b", "with"),
        (r"\bhas\b", "has not"),
        (r"\bis\b", "is not"),
        (r"\bare\b", "are not"),
        (r"\bwon\b", "never won"),
        (r"\bwere\b", "were not"),
        (r"\bnot in\b", "in"),
        (r"^No,", "Yes,"),
        (r"\bdon't overlap", "overlap"),
        (r"\boverlap", "don't overlap"),
        (r"\bleads\b", "doesn't lead"),
    )
    zh = (
        ("没有", "有"),
        ("共有", "没有"),
        ("为", "不为"),
        ("是", "不是"),
        ("共赢", "未赢"),
        ("以外", ""),
        ("重叠", "不重叠"),
        ("占", "不占"),
        ("从", "并非从"),
    )
    yield from _words(sentence, draft, zh if draft.language == "zh" else en)


def superlative(sentence: Sentence, draft: Draft) -> Iterator[str]:
    en = (
        (r"\bhighest\b", "lowest"),
        (r"\blowest\b", "highest"),
        (r"\bmost\b", "fewest"),
        (r"\bleads\b", "comes last"),
        (r"\blongest\b", "shortest"),
        (r"\bearliest\b", "latest"),
        (r"\bpeak\b", "low"),
        (r"the low\b", "the peak"),
        (r"\bhighest\b", "average"),
        (r"\bleads\b", "trails"),
    )
    zh = (("最高", "最低"), ("最低", "最高"), ("最多", "最少"), ("最长", "最短"), ("最早", "最近"), ("最高", "较高"), ("最多", "较多"))
    yield from _words(sentence, draft, zh if draft.language == "zh" else en)


def comparator(sentence: Sentence, draft: Draft) -> Iterator[str]:
    en = (
        (r"\bmore than\b", "fewer than"),
        (r"\bmore than\b", "at least"),
        (r"\bmore than\b", "exactly"),
        (r"\bover\b(?! \d+ won)", "under"),
        (r"\bless\b", "more"),
        (r"\bhigher\b", "lower"),
        (r"\bor earlier\b", "or later"),
        (r"\bor more\b", "or less"),
        (r"\bahead of\b", "behind"),
        (r"\babove\b", "below"),
        (r"\bbetween\b", "outside"),
    )
    zh = (
        ("超过", "低于"),
        ("超过", "不低于"),
        ("多 ", "少 "),
        ("少 ", "多 "),
        ("高 ", "低 "),
        ("高出", "低出"),
        ("及以前", "及以后"),
        ("不低于", "不超过"),
        ("不低于", "高于"),
        ("之间", "之外"),
    )
    pieces = pieces_of(sentence, draft)
    for text in _words(sentence, draft, zh if draft.language == "zh" else en):
        # "over 40 deals" after a mean says how many records it rests on, not a bound
        if not (draft.language == "en" and ", over " in plain(pieces) and ", under " in text):
            yield text


def direction(sentence: Sentence, draft: Draft) -> Iterator[str]:
    pairs = (("升至", "降至"), ("降至", "升至")) if draft.language == "zh" else ((r"\brose\b", "fell"), (r"\bfell\b", "rose"), (r"\brose\b", "was flat"))
    yield from _words(sentence, draft, pairs)


def aggregate(sentence: Sentence, draft: Draft) -> Iterator[str]:
    en = (
        (r"\b[Aa]verage\b", "total"),
        (r"\b[Aa]verage\b", "median"),
        (r"\b[Mm]edian\b", "average"),
        (r"\badds up to\b", "averages"),
        (r"\bare worth\b", "are on average worth"),
    )
    zh = (("平均", "合计"), ("平均", "最高"), ("中位数", "平均值"), ("合计", "平均"), ("共有", "平均有"), ("周期", "周期中位数"))
    yield from _words(sentence, draft, zh if draft.language == "zh" else en)


def share(sentence: Sentence, draft: Draft) -> Iterator[str]:
    """Part and whole, value and share, or the ends of an interval change places; a share becomes something else."""
    found = {piece.address: (index, piece) for _, index, piece, _ in _slots(sentence, draft)}
    pieces = pieces_of(sentence, draft)
    for address, (index, piece) in found.items():
        for one, other in (("_part", "_n"), ("_low", "_high"), ("_low", ""), ("_high", ""), ("_n", "")):
            partner = address.removesuffix(one) + other
            if address.endswith(one) and partner in found:
                j, second = found[partner]
                if second.text != piece.text:
                    yield "".join(second.text if k == index else piece.text if k == j else each.text for k, each in enumerate(pieces))
    yield from _words(sentence, draft, ((r"\baccounts for\b", "grew by"), ("占", "超出")))


def qualifier(sentence: Sentence, draft: Draft) -> Iterator[str]:
    """A condition or a period is left out, alone or with the words before it."""
    for pieces, index, _piece, cell in _slots(sentence, draft):
        if _place(cell) == "where" or _place(cell).startswith("window"):
            yield _with(pieces, index, "")
            before = re.sub(r"\s*\b(?:in|of|for|over|with more than|not in)\s*(?:the\s*)?$", "", pieces[index - 1].text) if index else ""
            yield "".join("" if k == index else before if k == index - 1 else each.text for k, each in enumerate(pieces))
    exchanges = ((r" without deals", ""), (r"\bopen ", ""), (r"'s team", ""), (r"\bWon deals\b", "Deals"), (r"\bwon deals\b", "deals"))
    yield from _words(sentence, draft, (("未结", ""), ("没有商机的", ""), (" ?团队", "")) if draft.language == "zh" else exchanges)


# -- added content ----------------------------------------------------------------------------------------------------


def added(sentence: Sentence, draft: Draft) -> Iterator[str]:
    text = plain(pieces_of(sentence, draft))
    if draft.language == "zh":
        for extra in (
            "，因为价格更优惠",
            "，建议尽快跟进",
            "，表现优异",
            "，同比增长",
            "，低于目标",
            "，是去年的两倍",
            "，预计会继续上升",
            "，客户很满意",
            "，其中大部分来自老客户",
        ):
            yield text.removesuffix("。") + extra + "。"
        yield text + "请立即联系客户。"
        return
    extras = (
        " because of better pricing",
        ", which should be followed up at once",
        ", an impressive result",
        ", up on the year before",
        ", below target",
        ", twice as many as last year",
        ", and is expected to grow",
        ", mostly from existing customers",
        " thanks to Ana Lima",
        ", the highest ever",
    )
    for extra in extras:
        yield text.removesuffix(".") + extra + "."
    yield text + " You should call them today."
    yield text + " This is good news!"
    yield text.removesuffix(".") + "?"


def hedge(sentence: Sentence, draft: Draft) -> Iterator[str]:
    for pieces, index, piece, cell in _slots(sentence, draft):
        if cell.type in NUMBERS and piece.text[:1].isdigit():
            for word in ("约 ", "将近 ", "超过 ", "不到 ", "至少 ") if draft.language == "zh" else ("about ", "nearly ", "over ", "at least ", "only ", "~"):
                yield _with(pieces, index, word + piece.text)


OPERATORS: dict[str, Operator] = {
    each.__name__: each
    for each in (
        digit,
        row_swap,
        unit,
        currency,
        sign,
        magnitude,
        number_words,
        period,
        owner,
        invented,
        state,
        kind,
        negation,
        superlative,
        comparator,
        direction,
        aggregate,
        share,
        qualifier,
        added,
        hedge,
    )
}
