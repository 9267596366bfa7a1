"""As in 做了样板间的, 没发货的, 等着发车的: categories that say 已, 未, 待 or 中 of a verb, by the other ways in which people say how far something is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.text import has_han
from tools.crm.semantic import Field

DONE, NOT_DONE, UNDER_WAY, AWAITED = "已", "未", "中", ("待", "等")
LONGEST = 4
_ENDED = re.compile(r"(?P<first>[\u4e00-\u9fff]{2})(?P<state>[已未])(?P<verb>[\u4e00-\u9fff]{1,3})")  # 到期未续, 验收未付款
STILL = ("正在", "还在", "仍在", "正", "在")
WAITING = ("等着", "等待", "在等", "还在等", "正在等", "还等着", "等待着")
FIRST_STEPS = {"联系", "跟进", "处理", "受理", "分配", "认领", "派工", "派单", "接单", "响应"}  # what has these to come has nothing behind it
DENIED = ("没", "没有", "还没", "还没有", "尚未", "还未")
TURNED_INTO = {"单": ("单", "订单", "单子"), "商机": ("商机",), "项目": ("项目",), "合同": ("合同",), "订单": ("订单",)}


def said_of_state(text: str, spec: Field) -> Iterator[str]:
    """Phrases for one category; a verb of one character is told apart from others of the kind by the column beside it."""
    if text.endswith(UNDER_WAY) and 3 <= len(text) <= LONGEST + 1 and all(map(has_han, text)):
        yield from _under_way(text.removesuffix(UNDER_WAY))
        return
    if text[:1] in AWAITED and 2 < len(text) <= LONGEST + 2 and all(map(has_han, text)):
        yield from _awaited(text[1:])
        return
    if (ended := _ENDED.fullmatch(text)) is not None:
        first, verb = ended["first"], ended["verb"]
        undone = tuple(f"{first}{no}{verb}" for no in ("没", "没有", "还没", "还没有", "了没", "了还没", "尚未"))
        yield from undone if ended["state"] == NOT_DONE else (f"{first}已经{verb}", f"{first}后已{verb}")
        return
    verb, thing = text[1:], next(iter(spec.words.zh), "")
    if text[:1] not in {DONE, NOT_DONE} or not 1 <= len(verb) <= LONGEST or not all(map(has_han, verb)):
        return
    if len(verb) == 1:
        if not has_han(thing):
            return
        done = (f"{verb}了{thing}", f"{verb}过{thing}", f"{thing}{verb}了", f"{thing}{verb}过", f"{thing}已{verb}", f"已{verb}{thing}")
        undone = (f"没{verb}{thing}", f"{thing}没{verb}", f"{thing}还没{verb}", f"未{verb}{thing}", f"{thing}未{verb}", f"没有{verb}{thing}")
        yield from done if text[0] == DONE else undone
        return
    if text[0] == DONE:
        yield from (f"已经{verb}", *_turned_into(verb))
    else:
        yield from (f"{denied}{passive}{verb}" for denied in DENIED for passive in ("", "被"))


def _under_way(deed: str) -> Iterator[str]:
    """As in 还在修理 of 修理中; a verb of two characters also by either of them, 还在修, where nothing else is meant."""
    yield from (f"{still}{deed}" for still in STILL)
    if len(deed) == len("修理"):
        yield from (f"{still}{verb}" for verb in deed for still in ("正在", "还在", "仍在"))
        yield from (f"在{verb}的" for verb in deed)


def _awaited(deed: str) -> Iterator[str]:
    """As in 等着发车 and 车等着发 of 待发车; what has the first step of all to come has not had it yet: 没联系过 of 待联系."""
    yield from (f"{waiting}{deed}" for waiting in WAITING)
    if len(deed) == len("发车"):
        yield from (f"{deed[1]}{waiting}{deed[0]}" for waiting in WAITING)
        yield from (f"{waiting}{deed[0]}的{deed[1]}" for waiting in WAITING)
    if deed in FIRST_STEPS:
        yield from (f"{denied}{deed}{aspect}" for denied in DENIED for aspect in ("", "过"))


def _turned_into(verb: str) -> Iterator[str]:
    """As in 转成订单 of 已转单."""
    for thing in TURNED_INTO.get(verb[1:], ()) if verb[0] == "转" else ():
        yield from (f"{turned}{thing}" for turned in ("转成", "转成了", "转为", "转为了", "转了", "转化成", "转化为", "变成", "变成了"))
