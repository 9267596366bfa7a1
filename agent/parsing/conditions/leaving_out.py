"""On which side of a word for leaving out its object stands: 去掉取消的, 取消的不算 and, at the end of a clause, 取消的去掉, 把取消的剔掉."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading

BEHIND = {"除外", "以外", "之外", "不算", "别算", "不要", "别要", "不统计", "不计", "不计入"}
EITHER_SIDE = {
    *("去掉", "去除", "除去", "除掉", "刨去", "刨掉", "刨开", "刨除", "剔掉", "剔除", "扣除", "扣掉"),
    *("抛开", "抛掉", "撇开", "撇掉", "撇去", "排除", "排掉", "踢掉"),
}
ENDING = {"吧", "后", "了", "的话", "再", "算", "看"}


def leaves_out_before(reading: Reading, place: int) -> bool:
    """Whether what is left out may stand before the word."""
    return reading.item(place).text in BEHIND or ends_clause(reading, place)


def ends_clause(reading: Reading, place: int) -> bool:
    """Whether the word, of those that have a side, ends its clause, so that it leaves out nothing of what follows."""
    item, tokens = reading.item(place), reading.signals.tokens
    behind = item.end
    while behind < len(tokens) and tokens[behind].text in ENDING:
        behind += 1
    return item.text in EITHER_SIDE and (behind == len(tokens) or tokens[behind].kind == "mark")
