"""The words by which labels tell what is planned from what came of it."""

from __future__ import annotations

import re

PLANNED = re.compile(
    r"^(?:预计|预估|计划|要求|约定|约好|说好|说定|打算|估摸|应|拟|承诺|目标|预算|估计|估算|报价|意向|期望)|报价|预算|"
    r"\b(?:expected|estimated|est|exp|planned|plan|forecast|projected|target|budget(?:ed)?|promised|required|requested|agreed|due|quoted|scheduled|proposed|erwartet\w*|geplant\w*)\b"
)
ACTUAL = re.compile(
    r"^(?:实际|实收|实付|实|最终|中标|成交|结案|结单|结束|了结|完结|赢单|签约|签单|关闭|落单)|"
    r"\b(?:actual|act|real|realised|realized|final|won|closed|close|decided|booked|signed|received|tatsächlich\w*)\b"
)
