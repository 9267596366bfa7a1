"""Words that leave out the records without a value: 没填的不算, 没写原因的不算, "counting only those with a result", "among those where it's recorded"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.text import Token
from agent.parsing.linking.items import QUALITY, Item, item_of, weigh

CUE = "recorded_only"
SURE = 1.5
_NOTED = r"(?:填写?|记录?|登记|录入?|写|评价?|打分|回答|答|反馈)"
_OUT = r"(?:不算|不计(?:入|算)?|不统计|除外|排除|去掉|剔除|别算|不看|忽略)"
_KEPT = r"(?:结果|值|数据|记录|答案|反馈|评价|评分)"
_FOUND_OUT = r"(?:能|能够|已经?)?(?:查得(?:出|到|清)|查(?:出|明|清)了?|确定了|明确了)"
_SAID = re.compile(
    rf"(?:没有?|未)(?:{_NOTED}|{_KEPT})过?的(?:都|就|全)?{_OUT}"
    rf"|(?:没有?|未){_NOTED}过?[一-鿿]{{1,6}}?的(?:都|就|全)?{_OUT}"
    rf"|空(?:着|白)?的(?:都|就|全)?{_OUT}"
    rf"|(?:只|仅)(?:算|看|计|统计|按)(?:有{_KEPT}|{_NOTED}[了过])的?"
    rf"|(?:在)?有{_KEPT}的(?:里面?|当中|之中|中)?(?:来|才)?算"
    r"|\b(?:count(?:ing)? only|only count(?:ing)?|among|out of|of|considering only|only) (?:just )?(?:those|the ones|records|answers) "
    r"(?:with|that have|having) (?:an? |any )?(?:result|value|answer|outcome|rating|entry|score)s?\b"
    r"|\b(?:among |of |in |for )?(?:those|the ones) (?:where|for which) (?:it|this|that|one)(?:['’]s| is| was| has been) "
    r"(?:recorded|filled in|known|noted|given|answered|entered)\b"
    r"|\b(?:excluding|ignoring|leaving out|not counting|skipping|without counting) (?:the )?"
    r"(?:blanks?|blank ones|empty ones|missing ones|missing values|unanswered(?: ones)?|those without an? (?:value|result|answer))\b",
    re.IGNORECASE,
)
_BESIDE_SHARE = re.compile(
    rf"(?:有|已)?(?:{_NOTED}[了过](?!多少|几)|[打评][了过][分价])的?(?=[一-鿿])|{_FOUND_OUT}(?=[一-鿿])"
    r"|\b(?:rated|scored|evaluated|graded|reviewed)(?= )|\bwith an? (?:known|identified|recorded|stated|named)(?= )",
    re.IGNORECASE,
)
_SHARE = re.compile(r"占|率|比例|几成|百分之|\b(?:share|rate|percent|percentage|proportion|fraction)\b", re.IGNORECASE)


def recorded_only(question: str, tokens: tuple[Token, ...]) -> Iterator[tuple[float, Item]]:
    """Each such phrase; a bare verb for it counts as one only where a share is asked for."""
    found = list(_SAID.finditer(question))
    if not found and _SHARE.search(question):
        found = list(_BESIDE_SHARE.finditer(question))
    for match in found:
        inside = [at for at, token in enumerate(tokens) if match.start() <= token.start < match.end()]
        if inside:
            yield weigh(tokens, inside[0], inside[-1] + 1, QUALITY["exact"]) + SURE, item_of(tokens, inside[0], inside[-1] + 1, cues=(CUE,))
