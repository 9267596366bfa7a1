"""What somebody did, as texts and records tell it: the typed event that extraction finds and that stage criteria ask for.

Knows neither how a text is read nor how a criterion is judged.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from tools.trace.cells import Frozen


class Act(StrEnum):
    """What was done. The act of "bought", "placed an order" and “下了单” is the same; who did it to what stands beside it."""

    SIGN = "sign"
    """Signed, countersigned, stamped a paper: 签署、签字、盖章、会签、签约."""
    APPROVE = "approve"
    """Approved or agreed to a thing (budget, project, purchase, plan): 批准、审批通过、同意、批复. Agreeing to *do* something is that act, promised."""
    ACCEPT = "accept"
    """Accepted what was delivered or offered: 验收、接受、认可."""
    CHOOSE = "choose"
    """Chose or awarded a supplier or solution, shortlisted one: 选定、中标、定标、入围."""
    ORDER = "order"
    """Ordered, bought, added seats or sites: 下单、采购、购买、增购."""
    PAY = "pay"
    """Paid, prepaid, settled an invoice: 付款、打款、回款、结清."""
    RENEW = "renew"
    """Renewed or extended an agreement: 续约、续签、续费."""
    CANCEL = "cancel"
    """Cancelled, terminated, called off: 取消、终止、退订、解约、作废."""
    ASK = "ask"
    """Asked about or asked for something: 询问、提问、追问、索要、要求."""
    ANSWER = "answer"
    """Answered or replied to what was asked: 答复、回复、回应、解答."""
    OBJECT = "object"
    """Objected to or complained about something: 提出异议、抱怨、投诉、嫌…、担心、质疑."""
    SEND = "send"
    """Sent, handed in, provided papers or information: 发送、提供、提交、递交、寄出."""
    MEET = "meet"
    """Met, visited, took part: 会面、拜访、参会、出席、到访."""
    SHOW = "show"
    """Demonstrated, presented, trained others: 演示、介绍、讲解、汇报、培训."""
    TRY = "try"
    """Tried, tested, piloted something: 试用、测试、试点、验证."""
    INSTALL = "install"
    """Deployed, installed, put into operation: 部署、安装、上线、开通、切换."""
    COMPLETE = "complete"
    """Completed or finished work: 完成、做完、结束."""
    START = "start"
    """Started, launched, set up a project or work: 启动、立项、开工、开始."""
    POSTPONE = "postpone"
    """Postponed to a later day: 推迟、延期、改期."""
    STOP = "stop"
    """Froze, paused or halted: 暂停、冻结、搁置、叫停."""
    CONFIRM = "confirm"
    """Confirmed a fact, plan or list: 确认、核实、敲定."""
    COMPARE = "compare"
    """Evaluated, compared, scored or reviewed: 评估、对比、评审、比价、打分."""
    REPLACE = "replace"
    """Replaced a supplier, product or person: 更换、换成、替换."""
    LEAVE = "leave"
    """A person left or changed post: 离职、调岗、退休."""
    JOIN = "join"
    """A person took up a post: 到任、接任、入职、新上任."""
    RECOMMEND = "recommend"
    """Recommended or referred us or somebody: 推荐、引荐、转介绍."""


class Status(StrEnum):
    """Whether the act took place. Only ``done`` may ever count as having happened."""

    DONE = "done"
    NOT_DONE = "not_done"
    """Did not happen (yet): "not signed", “还没签”, “未回复”."""
    PROMISED = "promised"
    """Somebody gave their word that they will: "promised to sign", “答应签”, “口头同意签”."""
    PLANNED = "planned"
    """It is to happen, scheduled or intended, without anybody's word on it: "will sign on Friday", “准备签”, “下周上线”."""
    REFUSED = "refused"
    """Somebody declined to: "refused to sign", “不同意签”, “拒绝付款”."""
    POSSIBLE = "possible"
    """Wished for, asked for, conditional, a rumour or a question: "if the CTO signs", "please sign", “听说要换供应商”, “签了吗”."""


Side = Literal["customer", "us", "third", "unknown"]
Role = Literal[
    "ceo", "cfo", "cto", "cio", "coo", "cmo", "security", "legal", "purchasing", "finance", "it", "technical", "operations", "production",
    "quality", "hr", "sales", "marketing", "research", "user", "project", "management", "board", "secretary", "consultant",
]  # fmt: skip
"""What somebody is, whatever the title says in whichever language: 法务 and "counsel" are both ``legal``."""


class Actor(Frozen):
    """Who did it: as the text names them ("" where it does not), on which side, in which role or by which name."""

    text: str = ""
    side: Side = "unknown"
    role: Role | None = None
    person: str | None = None


class TextRef(Frozen):
    """The text in which something was found: one field of one record in the version that was read, from ``start`` to ``end`` (characters)."""

    table: str
    record_id: int
    field: str
    version: int
    start: int
    end: int


class TextEvent(Frozen):
    """One act told by one text.

    ``object`` is what the act was done to, as written, without articles and quantities ("POC agreement", “数据驻留问题”), "" where nothing is named.
    ``on`` is the day of the act: the day that the text names, else the record's day; ``on_stated`` says which. ``confidence`` is the
    measured share of events read by the same means that were right.
    """

    act: Act
    status: Status
    actor: Actor
    object: str
    on: date | None
    on_stated: bool
    source: TextRef
    confidence: Decimal
