"""Chinese verbs that only say how a record or its figure came to be: 拿返利, 银行承兑收的款, 提过4次索赔. They say nothing beside the word for it."""

from __future__ import annotations

from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token
from agent.parsing.linking.items import Item, runs_of
from agent.parsing.linking.nearby import Nearby
from agent.parsing.reading.happening import DOERS

# what one does to get or to note something; none that tells one thing done from another (退, 换, 赔, 欠)
LIGHT = set("拿收提领录记填登留供")
TAKING_TIME = set("跑走花用要耗磨")
GOING = set("跑")  # 跑了几次巡检: what was done is said behind it
WITHIN = set("了过着的到出回上下完掉来去")
AWAY, SPENDING = "掉", set("花用耗")  # 花掉多少招待费, 报废掉的刀模: what is done is said before it
MOST_BETWEEN = 2


def without_light(tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], nearby: Nearby | None) -> list[int]:
    """The places of unknown words without such single verbs, which are no part of a longer word."""
    return [at for run in runs_of(unknown) for at in run if len(run) > 1 or not _is_light(tokens, items, at, nearby)]


def _is_light(tokens: tuple[Token, ...], items: tuple[Item, ...], at: int, nearby: Nearby | None) -> bool:
    verb = tokens[at].text
    if verb == AWAY:
        return _ends_deed(tokens, items, at)
    if verb not in LIGHT | TAKING_TIME or _is_in_word(tokens, items, at, nearby):
        return False
    before, behind = _neighbour(tokens, items, at, -1), _neighbour(tokens, items, at, 1)
    if verb in TAKING_TIME and behind is not None and "duration" in behind.cues:
        return True
    if verb in GOING:
        grouped = any("group" in item.cues for item in items)  # 每个工程师跑了几次巡检: whose rounds they are is not said by the customers' column
        return not grouped and behind is not None and _is_of_store(behind) and not any(term.entity in DOERS for term in behind.terms)  # 跑客户 is to visit them
    if verb in TAKING_TIME:
        return behind is not None and _is_of_store(behind)
    return any(item is not None and _is_of_store(item) for item in (before, behind))


def _ends_deed(tokens: tuple[Token, ...], items: tuple[Item, ...], at: int) -> bool:
    """Whether 掉 only says that what was done right before it came to its end; 掉了几个客户 says that they were lost."""
    state = next((item for item in items if item.end == at), None)
    if state is not None:
        return bool(state.values) and not any(value.title for value in state.values)
    return at > 0 and tokens[at - 1].text in SPENDING and (behind := _neighbour(tokens, items, at, 1)) is not None and "lost" not in behind.cues


def _is_in_word(tokens: tuple[Token, ...], items: tuple[Item, ...], at: int, nearby: Nearby | None) -> bool:
    """Whether the character and a silent one beside it are one word, as 收益."""
    taken = {place for item in items for place in range(item.start, item.end)}
    pairs = [(place, place + 1) for place in (at - 1, at) if place >= 0 and place + 1 < len(tokens)]
    for one, other in pairs:
        beside = tokens[other if one == at else one]
        if beside.kind != "han" or beside.text in WITHIN or {one, other} & taken:
            continue
        if beside.stem not in stopwords() or (nearby is not None and nearby.is_word(tokens[one].text + tokens[other].text)):
            return True
    return False


def _neighbour(tokens: tuple[Token, ...], items: tuple[Item, ...], at: int, step: int) -> Item | None:
    """The nearest item on one side that tells of the store, over aspect particles and how often."""
    for passed in range(MOST_BETWEEN):
        place = at + step
        while 0 <= place < len(tokens) and tokens[place].text in WITHIN:
            place += step
        item = next((each for each in items if each.start <= place < each.end), None)
        counted = (
            item is not None and not item.terms and not item.values and (item.number is not None or {"count", "without", "not", "filler"} & set(item.cues))
        )
        if item is None or passed or not counted:
            return item
        at = item.end - 1 if step > 0 else item.start
    return None


def _is_of_store(item: Item) -> bool:
    return bool(item.pairs) or any(term.filled and term.what in {"field", "entity", "measure"} for term in item.terms)
