"""How often something was done, said with a verb and its object (下过两单以上, 签下来多少份合同), and figures asked once more. Twice changes nothing."""

from __future__ import annotations

import re

_MANY = r"(?P<many>\d+|[一两二三四五六七八九十]{1,3})"
_ORDERED = re.compile(rf"下[了过]?{_MANY}单(?=(?:以上|以下|以内|或|的|[，,。；;？?！!]|$))")
_SIGNED = re.compile(rf"签[了过下]?{_MANY}单(?=(?:以上|以下|以内|或|的|[，,。；;？?！!]|$))")
_PER_HEAD = re.compile(r"(?:销售(?:人员|代表|员)?|业务员|业务人员|客户经理|员工|同事)的?(?=人均)")
_SIGNED_UP = re.compile(r"签(?:[下回]来?|到手?)了?(?=(?:多少|几)[份个张]?(?:合同|协议))")
_SIGNED_PAPERS = re.compile(r"签(?:[下回]来?|到手?)了?的(?=[^，,。；;？?]{0,4}(?:合同|协议))")
_OPENED = re.compile(r"新(?=开户)")
_TOP = r"(?:[二两三四五六七八九十]|\d{1,2})(?:[个位家名种类款样道笔台条])|前(?:[二两三四五六七八九十]|\d{1,2})"
_EACH_TOLD = re.compile(
    rf"(?P<asked>最[多高大少低小][^，,]*?(?:{_TOP})[^，,的]*?)[，,]?\s*(?:各自?|分别)(?P<verb>[一-鿿]{{0,2}}?)了?(?:是|有)?(?:多少|几)(?P<money>钱|万元?|元)?"
    r"[单起张件个次条份台笔家]?(?P<mark>[？?。]?)\s*$"
)
_MONEY = re.compile(r"[钱额价贵费金款值]")


def deeds_counted(text: str) -> str:
    """The question with the verb whole: 下单两次以上, 赢了三单以上; who is meant by a head left out, and what a ranking tells anyway."""
    text = _OPENED.sub("", _SIGNED_PAPERS.sub("签的", _SIGNED_UP.sub("签了", _EACH_TOLD.sub(_ranked, text))))
    text = _ORDERED.sub(r"下单\g<many>次", text)
    return _PER_HEAD.sub("", _SIGNED.sub(r"赢了\g<many>单", text))


def _ranked(match: re.Match[str]) -> str:
    """As in 报修最多的三种故障是什么，各几单: the figure by which they are ranked. Another verb, or money beside a number, asks for more."""
    asked, verb = match.string[: match.end("asked")], match["verb"] or ""
    if (verb and verb not in asked) or (match["money"] and not _MONEY.search(asked)):
        return match.group()
    return match["asked"] + match["mark"]
