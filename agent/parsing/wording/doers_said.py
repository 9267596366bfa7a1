"""Customers told by what they did, said with the verb alone: 付过款的客户, 签约客户有几家, 线索转成了客户. Twice changes nothing."""

from __future__ import annotations

import re

_WHO = r"(?:客户|公司|企业|单位|经销商|门店)"
_NOT_PAID = re.compile(rf"(?:没有?|未|从来?没有?|从未)(?:[付打汇交]|回)[过了]?款的(?={_WHO})")
_PAID = re.compile(rf"(?<![没未要应该待])(?<!没有)[付打汇交回][过了]款的(?={_WHO})")
_SIGNED = re.compile(r"(?<![按各每分])签约客户(?=数(?![据])|一?共?(?:总共)?有?(?:多少|几)|有?哪些|是?哪几)")
_INTO_CUSTOMERS = re.compile(r"转(?:化)?(?:成|为)了?(?:正式)?客户")
_MEAN_OF_EACH = re.compile(r"(?<![个每位家名各新老大小])(?P<who>客户|销售|业务员)平均(?:每[个家位名])?有(?=多少|几)")


def doers_said(text: str) -> str:
    """The question with what they have instead: 有回款的客户, 签约的客户, 线索转化了."""
    text = _PAID.sub("有回款的", _NOT_PAID.sub("没有回款的", text))
    text = _INTO_CUSTOMERS.sub("转化了", _SIGNED.sub("签约的客户", text))
    return _MEAN_OF_EACH.sub(lambda m: f"平均每个{m['who']}有", text)
