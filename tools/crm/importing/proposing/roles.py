"""Finds places by what a header ends with, whatever it begins with: 请求状态 is a status, 触达形式 how somebody was met, 受理工程师 who looks after it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.naming import LEAST
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.semantic import FieldType

HEADS = {
    "status": re.compile(r"(?:状态|进度|\bstatus|\bstate)$"),
    "category": re.compile(r"(?:类别|分类|类型|种类|毛病|哪一?[类种](?:问题|故障)?|什么(?:问题|故障|类型)|\bcategory|\btype|\bkind|\bclass)$"),
    "kind": re.compile(r"(?:方式|形式|类别|类型|\bmethod|\bmode|\btype|\bkind)$"),
    "method": re.compile(r"(?:方式|形式|\bmethod|\bmode)$"),
    "channel": re.compile(r"(?:渠道|\bchannel)$"),
    "priority": re.compile(r"(?:优先级|紧急程度|紧急度|严重程度|严重度|\bpriority|\burgency|\bseverity)$"),
    "lost_reason": re.compile(r"(?:输|丢|失|落|败|流失|\blost|\bloss|\blosing).*(?:原因|归因|理由|\breason|\bcause)$"),
    "competitor": re.compile(
        r"竞争|竞品|对手|友商|对家|同行|(?:跟|和|与|同)(?:谁|哪家)(?:抢|争|竞|拼|比|pk)|(?:输|败|丢)给|被谁|抢(?:单|走)|"
        r"\b(?:rivals?|compet\w*|against|lost to)\b"
    ),
    "sector": re.compile(r"行业|赛道|\bindustry|\bsector|\bvertical"),
    "source": re.compile(r"(?:来源|渠道|\bsource|\borigin)$"),
}
TOLD_FOR = {  # of kinds of record whose other columns end so too, these heads tell nothing
    "status": frozenset(("contract", "ticket", "request", "invoice", "payment", "lead", "interaction")),
    "category": frozenset(("ticket",)),
    "kind": frozenset(("interaction", "contract", "invoice")),
    "method": frozenset(("payment",)),
    "channel": frozenset(("ticket", "lead")),
    "priority": frozenset(("ticket",)),
    "lost_reason": frozenset(("opportunity",)),
    "competitor": frozenset(("opportunity",)),
    "sector": frozenset(("account", "lead")),
    "source": frozenset(("account", "opportunity", "lead")),
}
MOST_WORDS, LEAST_AGAIN = 25, 0.5
WORDLESS = 0.3
DOER = re.compile(
    r"(?<![跟和与同对给向被找怪让输])谁.|归谁|\bwho (?:looks|handles|runs|owns|manages|did|does|is on)\b|"
    r"(?:人|员|师|经理|顾问|专员|代表|\brep|\bby|\bagent|\bengineer|\bmanager|\bowner|\bspecialist|\bassignee)$|^(?:sdr|bdr|csm|ae)$"
)
OTHERS = re.compile(r"客户|甲方|对接|联系|签收|收货|法人|被|见|customer|client|contact|visitor|receiv|signed by|creat|modif|updat|创建|修改|更新|最后")
DONE_BY = frozenset(("interaction", "ticket", "request", "lead", "opportunity", "contract", "account"))
PERSON = re.compile(r"[\u3400-\u9fff·]{2,4}|[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,3}")
MOSTLY = 0.8


def by_heads(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    """Give free fields the one column whose header ends as such fields do and that holds a few words again and again; then the one who does it."""
    entity = vocabulary.entity
    taken = {place.place.removesuffix("#id") for place in found.values()}
    for key, words in HEADS.items():
        field = entity.fields.get(key)
        if field is None or key in taken or entity.key not in TOLD_FOR[key] or field.type is FieldType.REF:
            continue
        called = [at for at in _free(found, columns) if words.search(columns[at].header.spoken) and _is_category(columns[at])]
        if len(called) == 1:
            found[called[0]] = Placed(key, LEAST, "it is the only column whose header ends as those of this field do")
            taken.add(key)
    if entity.key in DONE_BY and "owner" in entity.fields and "owner" not in taken:
        people = [at for at in _free(found, columns) if _is_doer(columns[at])]
        if len(people) == 1:
            found[people[0]] = Placed("owner", LEAST, "it is the only column that names who looks after the record")


def _free(found: Mapping[int, Placed], columns: Sequence[Column]) -> list[int]:
    return [at for at, column in enumerate(columns) if at not in found and not column.profile.is_empty]


def _is_category(column: Column) -> bool:
    profile = column.profile
    wording = profile.numbers < WORDLESS and profile.dates < WORDLESS and profile.telling_ids < WORDLESS and profile.emails < WORDLESS
    return wording and len(profile.distinct) <= MOST_WORDS and len(profile.distinct) <= LEAST_AGAIN * len(profile.sample)


def _is_doer(column: Column) -> bool:
    """Whether a column names people of one's own, each of them again and again."""
    said, profile = column.header.spoken, column.profile
    if not DOER.search(said) or OTHERS.search(said) or len(profile.distinct) > LEAST_AGAIN * len(profile.sample):
        return False
    return profile.share(PERSON.fullmatch) >= MOSTLY
