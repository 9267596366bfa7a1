"""How often something was done, said with a verb and its object: 下过两单以上, 签了三单, 销售人均赢了几单. Twice changes nothing."""

from __future__ import annotations

import re

_MANY = r"(?P<many>\d+|[一两二三四五六七八九十]{1,3})"
_ORDERED = re.compile(rf"下[了过]?{_MANY}单(?=(?:以上|以下|以内|或|的|[，,。；;？?！!]|$))")
_SIGNED = re.compile(rf"签[了过下]?{_MANY}单(?=(?:以上|以下|以内|或|的|[，,。；;？?！!]|$))")
_PER_HEAD = re.compile(r"(?:销售(?:人员|代表|员)?|业务员|业务人员|客户经理|员工|同事)的?(?=人均)")


def deeds_counted(text: str) -> str:
    """The question with the verb whole: 下单两次以上, 赢了三单以上; and who is meant by a head left out."""
    text = _ORDERED.sub(r"下单\g<many>次", text)
    return _PER_HEAD.sub("", _SIGNED.sub(r"赢了\g<many>单", text))
