"""Says a rule back in canonical words, in Chinese and in English. What is said compiles again to the same rule; tests hold it to that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from tools.journey.acts import Act, Status
from tools.journey.criteria.lexicon import DeedWord, Language, lexicon
from tools.journey.criteria.schemas import AccountIs, All, Any, Condition, Count, DealWorth, Happened, Not, Related, Rule, Saved, Span, Who, Window

_UNITS = {
    "day": ("day", "天"),
    "workday": ("working day", "个工作日"),
    "week": ("week", "周"),
    "month": ("month", "个月"),
    "quarter": ("quarter", "个季度"),
    "year": ("year", "年"),
}
_HAN_CALENDAR = {"week": "周", "month": "月", "quarter": "季度", "year": "年度"}
_STATUSES = {
    Status.PROMISED: ("has promised to", "答应"),
    Status.PLANNED: ("plans to", "计划"),
    Status.REFUSED: ("has refused to", "拒绝"),
    Status.POSSIBLE: ("wants to", "希望"),
}
_SIDES = {"customer": ("the customer", "客户"), "us": ("we", "我方"), "third": ("a third party", "第三方")}
_OWNERS = {"customer": "the customer's", "us": "our", "third": "the competitor's"}
_CURRENCIES = {"USD": ("USD ", "美元"), "EUR": ("EUR ", "欧元"), "CNY": ("CNY ", "人民币")}
_DEALS = {"open": ("open ", "在谈"), "won": ("won ", "赢单"), "lost": ("lost ", "丢单")}
_ALONE = TypeVar("_ALONE", bound=Condition)


def say_rule(rule: Rule, language: Language) -> str:
    """The whole rule as one sentence."""
    said = say_condition(rule.when, language)
    if not rule.accounts:
        return said
    return f"{_accounts(rule.accounts, language)}{said}"


def say_condition(condition: Condition, language: Language) -> str:
    """One condition; what is joined within it stands in parentheses where it could be read otherwise."""
    english = language == "en"
    match condition:
        case Happened():
            return _happened(condition, language)
        case Not(part=Happened() as part):
            return _happened(part, language, negated=True)
        case Not(part=Saved(name=name)):
            return f"the account does not meet “{name}”" if english else f"该客户不是满足“{name}”"
        case Not(part=part):
            return f"not ({say_condition(part, 'en')})" if english else f"并非（{say_condition(part, 'zh')}）"
        case Saved(name=name):
            return f"the account meets “{name}”" if english else f"该客户满足“{name}”"
        case DealWorth():
            return _worth(condition, language)
        case Related():
            return _related(condition, language)
        case All(parts=parts):
            return (", and " if english else "；且").join(_parts(parts, language))
        case Any(parts=parts):
            return (", or " if english else "，或").join(
                _bracketed(part, language) if isinstance(part, All | Any) else say_condition(part, language) for part in parts
            )


def _parts(parts: Sequence[Condition], language: Language) -> list[str]:
    found: list[str] = []
    before: Condition | None = None
    for part in parts:
        apart = isinstance(part, All | Any | Related) or (before is not None and _runs_on(before, part))
        found.append(_bracketed(part, language) if apart else say_condition(part, language))
        before = part
    return found


def _runs_on(before: Condition, part: Condition) -> bool:
    """Whether the second would be taken to go on about the first: an answer to a question, or the same act without a thing named."""
    inner = part.part if isinstance(part, Not) else part
    earlier = before.part if isinstance(before, Not) else before
    if not isinstance(inner, Happened) or not isinstance(earlier, Happened) or inner.objects:
        return False
    return inner.acts == (Act.ANSWER,) or inner.acts == earlier.acts


def _bracketed(condition: Condition, language: Language) -> str:
    return f"({say_condition(condition, 'en')})" if language == "en" else f"（{say_condition(condition, 'zh')}）"


def _related(related: Related, language: Language) -> str:
    english = language == "en"
    compound = not isinstance(related.anchor, Happened)
    anchor = _bracketed(related.anchor, language) if compound else say_condition(related.anchor, language)
    then = _happened(related.then, language, negated=related.negated, still=related.still, it=related.same)
    within = "" if related.within is None else f"within {_span(related.within, 'en')} " if english else f"{_span(related.within, 'zh')}内"
    if related.order == "before":
        return f"{within}{then}, before {anchor}" if english else f"{anchor}之前，{within}{then}"
    return f"{anchor}, then {within}{then}" if english else f"{anchor}，之后{within}{then}"


def deed_of(happened: Happened) -> tuple[DeedWord, bool]:
    """The canonical word for acts, and whether the status still has to be said beside it."""
    words = lexicon().deeds.values()
    exact = next((each for each in words if (each.acts, each.record, each.status) == (happened.acts, happened.record, happened.status)), None)
    if exact is not None:
        return exact, False
    plain = next((each for each in words if (each.acts, each.record, each.status) == (happened.acts, happened.record, Status.DONE)), None)
    return plain or next(each for each in words if set(each.acts) & set(happened.acts)), True


def _happened(happened: Happened, language: Language, *, negated: bool = False, still: bool = False, it: bool = False) -> str:
    return _english(happened, negated=negated, still=still, it=it) if language == "en" else _chinese(happened, negated=negated, still=still, it=it)


def _english(happened: Happened, *, negated: bool, still: bool, it: bool) -> str:
    deed, with_status = deed_of(happened)
    who = _who(happened.who, "en")
    if who == "anybody" and negated:
        who, no = "nobody", ""
    else:
        no = "not " if negated else ""
    has = "have" if who == "we" else "has"
    if happened.record == "deal" and happened.who == Who():
        who = "a deal"
        no = "not " if negated else ""
    if with_status:
        auxiliary, _ = _STATUSES[happened.status]
        first, *rest = auxiliary.split(" ")
        helping = has if first == "has" else "does" if no or still else ""
        stance = " ".join(rest) if first == "has" else _bare(auxiliary) if no or still else auxiliary
        verb = f"{helping} {'still ' if still else ''}{no}{stance} {deed.base}"
    elif happened.record == "deal" and happened.acts[0] != "reach" and who == "a deal":
        verb = f"has {'still ' if still else ''}{no}been {deed.part}"
    else:
        verb = f"{has} {'still ' if still else ''}{no}{deed.part}"
    whom = _who(happened.whom, "en", whom=True) if happened.whom is not None else ""
    direct = whom if deed.id in _DIRECT["en"] else ""
    parts = [who, verb.strip(), direct, "it" if it and not happened.objects else _objects(happened.objects, "en")]
    if whom and not direct:
        parts.append(f"{'with' if happened.acts[0] == Act.MEET else 'to'} {whom}")
    parts += [_count(happened.count, "en"), "in a row" if happened.in_a_row else ""]
    parts += [f"within {_span(happened.within, 'en')}" if happened.within else "", _window(happened.window, "en")]
    return " ".join(part for part in parts if part)


_DIRECT: dict[Language, set[str]] = {"en": {"visit", "contact", "train"}, "zh": {"visit"}}
"""Verbs that take the person without a preposition."""


def _bare(auxiliary: str) -> str:
    return auxiliary.replace("plans", "plan").replace("wants", "want")


def _chinese(happened: Happened, *, negated: bool, still: bool, it: bool) -> str:
    deed, with_status = deed_of(happened)
    who = _who(happened.who, "zh")
    if happened.record == "deal" and happened.who == Who():
        who = "商机"
    no = ("仍未" if still else "未") if negated else ""
    if who == "有人" and negated:
        who, no = ("仍无人" if still else "无人"), ""
    status = _STATUSES[happened.status][1] if with_status else ""
    count = _count(happened.count, "zh")
    done = "" if negated or status or count else "已"
    whom, direct = _who(happened.whom, "zh", whom=True) if happened.whom is not None else "", ""
    if deed.id in _DIRECT["zh"]:
        whom, direct = "", whom
    elif whom:
        whom = ("与" if happened.acts[0] == Act.MEET else "向") + whom
    within = f"在{_span(happened.within, 'zh')}内" if happened.within else ""
    thing = "该问题" if it and not happened.objects else _objects(happened.objects, "zh")
    row = "连续" if happened.in_a_row else ""
    return f"{who}{_window(happened.window, 'zh')}{within}{whom}{row}{count}{no}{done}{status}{deed.zh}{direct}{thing}"


def _who(who: Who, language: Language, *, whom: bool = False) -> str:
    english = language == "en"
    place = 0 if english else 1
    roles = [lexicon().roles[role][place] for role in who.roles]
    names = [*roles, *who.persons]
    joined = (" or " if english else "或").join(names)
    if not names:
        if who.side is None:
            return ("anybody" if english else "有人") if not whom else ("either side" if english else "任一方")
        return "us" if whom and who.side == "us" and english else _SIDES[who.side][place]
    if english:
        return f"{_OWNERS[who.side] if who.side else 'either side' + chr(39) + 's'} {joined}"
    return f"{_SIDES[who.side][1] if who.side else '任一方'}{joined}"


def _objects(objects: Sequence[str], language: Language) -> str:
    quoted = [f"“{each}”" for each in objects]
    return (" or " if language == "en" else "或").join(quoted)


def _count(count: Count, language: Language) -> str:
    if count == Count():
        return ""
    english = language == "en"
    if count.most is None:
        return f"at least {count.least} times" if english else f"至少{count.least}次"
    if count.least == count.most:
        return f"exactly {count.least} times" if english else f"恰好{count.least}次"
    return f"at most {count.most} times" if english else f"最多{count.most}次"


def _span(span: Span, language: Language) -> str:
    english, han = _UNITS[span.unit]
    if language == "zh":
        return f"{span.n}{han}"
    return f"{span.n} {english}{'' if span.n == 1 else 's'}"


def _window(window: Window | None, language: Language) -> str:
    if window is None:
        return ""
    english = language == "en"
    if window.last is not None:
        return f"in the last {_span(window.last, 'en')}" if english else f"近{_span(window.last, 'zh')}内"
    if window.before is not None:
        return f"more than {_span(window.before, 'en')} ago" if english else f"超过{_span(window.before, 'zh')}前"
    if window.grain == "day":
        return ("today" if english else "今天") if window.shift == 0 else ("yesterday" if english else "昨天")
    if window.grain is not None:
        word = window.grain if english else _HAN_CALENDAR[window.grain]
        return f"{'this' if window.shift == 0 else 'last'} {word}" if english else f"{'本' if window.shift == 0 else '上'}{word}"
    return _days(window.start, window.end, english=english)


def _days(start: date | None, end: date | None, *, english: bool) -> str:
    if start is not None and end is not None:
        return f"between {start} and {end}" if english else f"在{start}至{end}期间"
    if start is not None:
        return f"since {start}" if english else f"自{start}以来"
    return f"until {end}" if english else f"截至{end}"


def _worth(worth: DealWorth, language: Language) -> str:
    english = language == "en"
    amount = worth.least if worth.least is not None else worth.most
    before, behind = _CURRENCIES.get(worth.currency or "", ("", ""))
    status = _DEALS[worth.status][0 if english else 1] if worth.status else ""
    if english:
        return f"there is {'an' if status.startswith('o') else 'a'} {status}deal worth at {'least' if worth.least is not None else 'most'} {before}{amount}"
    return f"有金额{'不低于' if worth.least is not None else '不超过'}{amount}{behind}的{status}商机"


def _accounts(tests: Sequence[AccountIs], language: Language) -> str:
    english = language == "en"
    heads, places = [], []
    for test in tests:
        if test.field == "tier" and test.values[0] in lexicon().tiers:
            words = [lexicon().tiers[value][0 if english else 1] for value in test.values]
            no = ("non-" if english else "非") if test.negated else ""
            heads.append((" or " if english else "或").join(f"{no}{word}" for word in words))
        elif test.field == "women_founded":
            heads.append("women-founded" if english else "女性创办")
        else:
            joined = (" or " if english else "或").join(test.values)
            places.append((f"not in {joined}" if test.negated else f"in {joined}") if english else f"{'非' if test.negated else ''}{joined}")
    if english:
        return f"{' '.join([*heads, 'accounts', *places])} where "
    return f"{'的'.join([*places, *heads])}的客户："
