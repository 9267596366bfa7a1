"""Says that somebody won nothing in the words for what they have none of, 一单都没成, "won nothing"; and joins a limit behind the question to it."""

from __future__ import annotations

import re

_COUNTED = "个家位笔单次条份通场"
_WON_NONE = re.compile(
    r"\b(?:(?:have|has|had) )?(?:won|closed|signed|landed|sold)"
    r" (?:nothing|zero deals?|no (?:deals?|business|orders?)|not (?:a single|one|a) (?:deal|order|one))\b"
    r"|\b(?:did not|didn't|have not|haven't|has not|hasn't|had not|never) (?:win|won|close|closed|sign|signed|land|landed|sell|sold)"
    r" (?:anything|any (?:deals?|orders?|business)|(?:a|even one|one) (?:single )?(?:deal|order|thing))(?: at all)?\b",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(
    r"(?:连|哪怕)?一(?:单|笔|张单|张单子|个单子|个单|个项目|个商机|个)(?:都|也)(?:还)?(?:没|没有|未)"
    r"(?:成交|做成|谈成|谈下来?|签下来?|赢下来?|拿下来?|中标|开单|成单|成|赢|签|中)(?:过|到)?了?(?![一-鿿]*(?:访|访问|联系|跟进))"
)
_NO_WIN = re.compile(r"(?<![还从])没(?:有)?(?:赢|成|签|开)过?单(?=的?(?:人|同事|销售|业务|员工|营销|客户经理|代表|有谁|是谁|的有))")
_NO_ORDERS = re.compile(
    r"(?:连|哪怕)?(?:一|半)[张个笔份](?:订单|单子?)(?:都|也)(?:还)?没(?:有)?(?:下|订)过?(?:了)?(?!来)"
    r"|\b(?:ha(?:s|ve|d)(?:n't| not)|d(?:id|oes|o)(?:n't| not)) (?:yet )?plac(?:ed?|ing) (?:any|an|a single|one)(?: new)? orders?\b",
    re.IGNORECASE,
)
_NOTHING_THEN = re.compile(r"\b(?P<but>but|and|yet) nothing(?: at all)?(?= (?:so far|in|since|during|this|last|for)\b)", re.IGNORECASE)
_WHO = re.compile(r"^\s*who(?= have no won deals)", re.IGNORECASE)
_WHO_HAN = re.compile(r"^有?谁(?P<when>[^，,。？?]{0,12})(?=没有赢单)")
_DID_NOT = r"(?:ha(?:s|ve|d)(?:n't| not| never| no| had no| not had any)|d(?:id|oes|o)(?:n't| not)|never)"
_BUYING = r"(?:pa(?:y|id)|order(?:ed)?|b(?:uy|ought)|purchased?|renew(?:ed)?|settled?|repl(?:y|ied)|responded?|been|answer(?:ed)?|got|received?)"
_CLIENT_NOT = re.compile(rf"^\s*who(?= {_DID_NOT} (?:yet |even |actually )?{_BUYING}\b)", re.IGNORECASE)
_REP_NOT = re.compile(rf"^\s*who(?= {_DID_NOT} [a-z])", re.IGNORECASE)
_DEEDS = {"visit": "visits", "call": "calls", "phon": "calls", "email": "emails", "met": "meetings", "meet": "meetings"}
_NOBODY_SEEN = re.compile(
    rf"\b{_DID_NOT} (?:yet |even )?(?P<deed>visit|call|phon|email|met|meet)e?d?(?: with)?"
    r"(?: (?:anyone|anybody|a single (?:customer|client|account)|any (?:customers?|clients?|accounts?))(?: at all)?)?"
    r"(?=\s*(?:[?.!]|$)| (?:in|since|this|last|for|during|within|over|yet|so far)\b)",
    re.IGNORECASE,
)
_HAN_NONE = re.compile(
    rf"^(?:有)?谁(?P<when>[^，,。？?的]{{0,12}}?)(?:连|哪怕)?一[{_COUNTED}](?P<noun>[一-鿿]{{2,6}}?)(?:都|也)(?:还)?没(?:有)?(?:过|做过?)?(?=[？?。]|$)"
)
_LIMIT_BEHIND = re.compile(r"[？?]\s*(?P<limit>(?:只看|只算|只统计|只要|仅看|仅限|不算|不含|不包括)[^，,。？?！!\n][^。？?！!\n]{1,24}?)[。.]?\s*$")
_ORDER_BEHIND = re.compile(
    r"[？?]\s*(?P<order>按[^，,。？?！!\n]{1,8}?(?:[从由][大高多]到[小低少]|[从由][小低少]到[大高多]|[升降倒]序)[^，,。？?！!\n]{0,4})[。.]?\s*$"
)
_MOSTLY = re.compile(r"\b(?:most|mostly|mainly|main|usually|often|largest|highest)\b[^?]*\?", re.IGNORECASE)
_TOP_BEHIND = re.compile(r"\?\s*(?:just |only )?(?:the )?(?:top|main) (?:one|[a-z]{4,12})(?: only)?[.!]?\s*$", re.IGNORECASE)
_LEFT_OUT_BEHIND = re.compile(
    r"[？?]\s*(?P<limit>[^，,。？?！!\n几多少哪谁没未不]{2,12}(?:不算|别算|不计|不计入|除外|不要|别要|不统计|剔除|扣除|排除)(?:在内)?)[。.！!]?\s*$"
)
_LIMIT_BEHIND_EN = re.compile(r"\?\s*(?P<limit>(?:only|just) (?!give|the number|the count|show|list|tell)[a-z][^?.!\n]{2,50}?)[.?]?\s*$", re.IGNORECASE)


def done_nothing(text: str) -> str:
    """The question in such words."""
    text = _NO_ORDERS.sub(lambda m: "have no orders" if m.group().isascii() else "没有订单", text)
    text = _NOTHING_THEN.sub(lambda m: f"{m['but']} none", text)
    text = _WHO.sub("which sales reps", _WON_NONE.sub("have no won deals", text))
    text = _WHO_HAN.sub(lambda m: f"哪些销售{m['when']}", _NO_WIN.sub("没有赢单", _NOT_ONE.sub("没有赢单", text)))
    text = _HAN_NONE.sub(lambda m: f"哪些销售{m['when']}没有{m['noun']}", text)
    text = _REP_NOT.sub("which sales reps", _CLIENT_NOT.sub("which customers", text))
    text = _NOBODY_SEEN.sub(lambda m: f"have no {_DEEDS[m['deed'].casefold()]}", text)
    text = _LEFT_OUT_BEHIND.sub(lambda m: f"，{m['limit']}？", _LIMIT_BEHIND.sub(lambda m: f"，{m['limit']}？", text))
    text = _TOP_BEHIND.sub("?", text) if _MOSTLY.search(text) else text
    text = _ORDER_BEHIND.sub(lambda m: f"，{m['order']}？", text)
    return _LIMIT_BEHIND_EN.sub(lambda m: f", {m['limit']}?", text)
