"""Cuts the thing acted on out of a text: without article, quantity, owner and what trails behind."""

from __future__ import annotations

import re

HEAD = re.compile(
    r"^(?:[\s的了过着把将对就“\"'(（《〈:：\-]|(?:这|那|该|此|上述|本|某|每|各|全|整|前|首|第)?(?:[一二两三四五六七八九十百几数]+|\d+(?:\.\d+)?)(?:份|个|台|套|张|条|次|些|批|笔|项|封|版|家|位|名|轮|期|种|点|场|页|遍|只|件|辆|部|组|吨|箱|本|趟|顿|下|户)(?!合同|报告|同意|月|小时|工作日|星期|季度|半)|(?:这|那|该|此)(?:份|个|台|套|张|条|次|些|批|笔|项|封|版|家|位|轮|期|种|件)?|我们的?|我方的?|我司的?|咱们的?|你们的?|您的?|他们的?|客户的?|对方的?|一下|相关的?|有关的?|所有的?|全部的?|具体的?|尽快|再|又|的)+"
)
TAIL = re.compile(r"(?:[\s的了过着吗呢吧啊哦,，。.、:：;；!！?？”\"')）》]|来了|去了|一下|一次|两次|三次|完毕|什么的|之类的?|等等?)+$")
LATIN_HEAD = re.compile(
    r"^(?:[\s\"'“(\[:\-,.]+|(?:the|a|an|this|that|these|those|some|any|our|your|their|his|her|my|its|us|me|them|him|you|it|all|both|every|each|another|no|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|many|more|most|lots of|a lot of|half|of|for|about|on|with|to|at|regarding|re|whether|if|when|why|how|what|where|who|that|and|again|still|also|just|here|\d+(?:[.,]\d+)*(?:\s*x)?|second|additional|further|extra|another|over|in|by|as|everything on|the other|other)\b)+\s*",
)
LATIN_TAIL = re.compile(
    r"(?:[\s\"'”)\],.:;!?\-]+|\b(?:the|a|an|and|or|of|for|to|by|on|in|at|with|from|as|is|are|was|were|be|been|has|have|had|will|would|can|could|again|too|also|already|now|then|back|so|just|only|yet|today|still|herself|himself|themselves|ourselves|myself|itself|we|they|he|she|i|it|far|here|there|asap|soon|directly|yesterday|though|not|that|this|which|who|both|all|once|twice|please|up|out|over|us|them|if|when|did|do|does|fully|finally))+$",
)


MEASURE = re.compile(
    r"^(?:第?[一二两三四五六七八九十百千几多半\d.]+[多来余]?(?:个)?(?:栋|年|周|天|月|小时|次|台|份|套|吨|家|点|条|款|单|轮|遍|期|批|万|元|块|人|位|票|%|成|折|箱|车|趟|件)(?:货|时间|多|半)?|邮箱|微信|钉钉|群里?|平台|系统里|电话|来|去|先|再|我们|情况|说|事|个|下|之|件事|这事|此事|东西|内容|话|地方|意思|态度|想法|原话|个月|三个月|结果|原因|时间|进度|问题是|最快|另外|目前|现在)$"
)
"""What is left where nothing but an amount, a time or a channel is named."""


LATIN_MEASURE = re.compile(r"^(?:[\d.,]+\s*(?:%|k|m)?|(?:[\d.,]+\s*)?(?:yrs?|years?|weeks?|months?|days?|hours?|hrs?|mins?|minutes?|times?|units?|pcs|nothing|anything|everything|something|things?|copy|way|time))$")


def trimmed(text: str, latin: bool) -> str:
    """The object as it is to be shown; "" where nothing is left of it."""
    found = text.strip()
    if latin:
        lowered = found.lower()
        match = LATIN_HEAD.match(lowered)
        start = match.end() if match else 0
        tail = LATIN_TAIL.search(lowered, start)
        found = found[start : tail.start() if tail else len(found)].strip()
        return "" if LATIN_MEASURE.match(found.lower()) else found
    match = HEAD.match(found)
    found = found[match.end() :] if match else found
    tail = TAIL.search(found)
    found = found[: tail.start()].strip() if tail else found
    return "" if MEASURE.match(found) else found
