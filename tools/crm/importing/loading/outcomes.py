"""Tells from the name of a stage or status whether a deal is open, won or lost, and from the data where the name doesn't tell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from tools.crm.importing.mapping import Status

__all__ = ["How", "StageFacts", "Status", "read_stage", "rests", "status_word"]
How = Literal["words", "data"]

_UNDERWAY = re.compile(r"^(?:待|预计|准备|拟|即将|可能|争取)|中$|进行中|\b(?:pending|awaiting|in progress|on hold|verbal|plan(?:ned)?|to be)\b")
_LOST = re.compile(
    r"输单|丢单|失单|飞单|战败|落标|丢标|流标|废标|弃标|未中标|失败|流失|放弃|取消|终止|作废|无效|关闭[-\s(（]*(?:输|失败)|"
    r"(?:未|没|没有|不)(?:能)?(?:赢|成交|中标|签约|签单|成单)|^输|"
    r"黄了|^黄$|丢了|吹了|泡汤|谈崩|崩了|凉了|跑单|跑了|没戏|没有?成|不成|不做了|被抢|未果|没(?:谈|做|签|拿|搞)(?:成|下|定)|没签|没中|"
    r"\b(?:lost|lose|loss|dead|abandon(?:ed)?|cancel(?:l?ed)?|disqualified|unqualified|rejected|declined|no decision|not won|"
    r"unsuccessful|dropped|withdrawn|failed|fell through|went elsewhere|walked away|turned down|no sale|missed out|gone cold)\b|"
    r"\b(?:(?:nicht|non|no|não|nao|niet) (?:gewonnen|gagn|ganad|vint|ganh)\w*|verloren|abgelehnt|abgebrochen|storniert|abgesagt|"
    r"perdue?s?|abandonn[ée]e?s?|annul[ée]e?s?|refus[ée]e?s?|perdid[oa]s?|cancelad[oa]s?|rechazad[oa]s?|descartad[oa]s?|"
    r"pers[oa]|annullat[oa]|rifiutat[oa]|recusad[oa]s?)\b|失注|見送り|敗戦|キャンセル"
)
_WON = re.compile(
    r"赢单|赢得|已赢|^赢|成交|成单|中标|胜单|已签|签约|签单|合同签订|合同签署|合作成功|交易成功|关闭[-\s(（]*(?:赢|成功)|^成功$|"
    r"^(?:谈|做|办)?成了?$|签了|签下|拿下|搞定|中了|定了$|^已?下单了?$|"
    r"\b(?:won|closed win|successful|contract signed|deal signed|booked|sold|signed|landed|bagged|purchased|in the bag)\b|^(?:win|signed)$|"
    r"\b(?:gewonnen|gagn[ée]e?s?|ganad[oa]s?|vint[oa]|ganh[oa]s?)\b|受注(?:済み?|完了|確定)?$|成約(?:済み?|完了)?$"
)
_OPEN = re.compile(
    r"\b(?:open|active|in progress|pipeline|ongoing|new|working|prospect(?:ing)?|qualif\w+|engag\w+|propos\w+|negotiat\w+|discovery|demo|evaluation|lead|"
    r"pending|awaiting|on hold|commit|review)\b|"
    r"进行|跟进|在谈|未结|洽谈|谈判|初步|接触|报价|方案|需求|立项|评估|验证|演示|意向|线索|审批|搁置|暂停|暂缓|挂起|新建|打开|商务|"
    r"\b(?:offen\w*|in bearbeitung|zurückgestellt|ruht|verhandlung\w*|angebot\w*|qualifizierung|erstkontakt|ouverte?s?|en cours|n[ée]gociation|proposition|"
    r"abiert[oa]s?|en curso|en proceso|negociaci[óo]n|propuesta|apert[oa]|in corso|trattativa|negoziazione|proposta|offerta|"
    r"abert[oa]s?|em andamento|negocia[çc][ãa]o)\b|商談|提案|見積|交渉|見込|未受注"
)
_CLOSED = re.compile(
    r"^done$|\b(?:closed|completed?|finished|(?:ab)?geschlossen|ferm[ée]e?s?|cl[ôo]tur[ée]e?s?|conclue?s?|cerrad[oa]s?|chius[oa]|fechad[oa]s?)\b|"
    r"完了|关闭|结束|完成|结单|已结"
)
_RESTING = re.compile(r"搁置|暂停|暂缓|挂起|中止|\b(?:on hold|parked|shelved|postponed|suspended)\b")
_PREFIXED = re.compile(r"(closed)(won|lost)")

MOSTLY = 0.8


@dataclass(slots=True)
class StageFacts:
    """What the rows of one stage hold: how many there are, with a close date, with a positive amount, with a reason for losing."""

    rows: int = 0
    closed: int = 0
    paid: int = 0
    explained: int = 0
    certain: int = 0
    hopeless: int = 0


def status_word(text: str) -> Status | None:
    """What a word for a stage or status means by itself; None where it doesn't say."""
    word = _plain(text)
    if _LOST.search(word):
        return "lost"
    if _UNDERWAY.search(word):
        return "open"
    if _WON.search(word):
        return "won"
    if _CLOSED.search(word):
        return None
    return "open" if _OPEN.search(word) else None


def rests(text: str) -> bool:
    """Whether a word for a stage or status says that nothing goes on for now: 已搁置, "on hold"."""
    return _RESTING.search(_plain(text)) is not None


def _plain(text: str) -> str:
    return _PREFIXED.sub(r"\1 \2", unicodedata.normalize("NFKC", text).casefold().replace("_", " ").strip())


def read_stage(text: str, facts: StageFacts, others: StageFacts) -> tuple[Status | None, How]:
    """What a stage means: by its words, else by its rows compared with those of all other stages, else open.

    A stage counts as closed by its data where most of its rows have a close date and most rows of the other stages
    don't (those aside that are won or lost by their words), or where its name only says that it is closed. Closed deals with an amount were won.
    None for deals that rest and have a day of closing, which those under way don't: they are neither open any more, nor won or lost.
    """
    word = status_word(text)
    stands_out = facts.closed >= MOSTLY * facts.rows and others.rows > 0 and others.closed <= (1 - MOSTLY) * others.rows
    if word == "open" and facts.rows and stands_out and rests(text):
        return None, "data"
    if word is not None:
        return word, "words"
    if facts.rows and facts.certain == facts.rows:
        return "won", "data"
    if facts.rows and facts.hopeless == facts.rows:
        return "lost", "data"
    named_closed = _CLOSED.search(unicodedata.normalize("NFKC", text).casefold()) is not None
    if facts.rows and (named_closed or stands_out):
        if facts.explained >= MOSTLY * facts.rows or facts.paid <= (1 - MOSTLY) * facts.rows:
            return "lost", "data"
        if facts.paid >= MOSTLY * facts.rows:
            return "won", "data"
    return "open", "data" if named_closed else "words"
