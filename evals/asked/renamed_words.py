"""Three companies that are one: what each calls its files, columns, categories, people and places. Their rows are otherwise the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Skin:
    """The words of one company. ``files`` and ``columns`` are headers; ``asked`` what people say in questions, by language.

    ``values`` are categories in the same order everywhere; ``names`` those of people, places, products and accounts.
    """

    key: str
    files: Mapping[str, str]
    columns: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, Mapping[str, str]]


ACCOUNTS = 150


def _accounts(pattern: str, *parts: str, seed: int) -> tuple[str, ...]:
    """Different names that fit a pattern, each blank filled from one list of parts."""
    rng = Random(seed)  # noqa: S311 - no secret
    found: dict[str, None] = {}
    while len(found) < ACCOUNTS:
        found[pattern.format(*(rng.choice(part.split()) for part in parts))] = None
    return tuple(found)


ENGLISH = Skin(
    "english",
    {"people": "users", "accounts": "accounts", "products": "products", "deals": "opportunities", "tickets": "tickets"},
    {
        "people.name": "Name", "people.region": "Region",
        "accounts.name": "Account name", "accounts.industry": "Industry", "accounts.city": "City", "accounts.employees": "Employees",
        "accounts.tier": "Loyalty tier",
        "products.name": "Product name", "products.price": "List price",
        "deals.id": "Opportunity ID", "deals.account": "Account name", "deals.owner": "Owner", "deals.product": "Product", "deals.stage": "Stage",
        "deals.amount": "Amount", "deals.opened": "Created date", "deals.closed": "Close date", "deals.channel": "Referral channel",
        "tickets.id": "Ticket ID", "tickets.account": "Account name", "tickets.priority": "Priority", "tickets.opened": "Opened at",
    },
    {
        "region": ("North", "South", "Coast"), "industry": ("Energy", "Retail", "Healthcare", "Logistics"), "tier": ("Bronze", "Silver", "Gold"),
        "stage": ("Closed won", "Closed lost", "Proposal", "Negotiation"), "channel": ("Webinar", "Trade fair", "Word of mouth"),
        "priority": ("High", "Medium", "Low"),
    },
    {
        "people": ("Ada Brook", "Ben Stone", "Carla Quigley", "Dmitri Vale", "Elena Frost", "Farid Noor"),
        "city": ("Bristol", "Leeds", "Cardiff", "Dundee", "Exeter"),
        "products": ("LiftPro", "LiftBasic", "SafeGate", "DockMate"),
        "accounts": _accounts("{} {}", "Granite Harbor Willow Copper Maple Falcon Orchid Summit Cedar Raven Juniper Cobalt Amber Quartz Heron",
                              "Foods Optics Freight Textiles Clinics Foundry Media Robotics Shipping Energy Plastics Ceramics", seed=1),
    },
    {
        "en": {"region": "region", "industry": "industry", "city": "city", "employees": "employees", "tier": "loyalty tier", "price": "list price",
               "channel": "referral channel", "priority": "priority"},
        "zh": {"region": "区域", "industry": "行业", "city": "城市", "employees": "员工", "tier": "Loyalty tier", "price": "标价",
               "channel": "Referral channel", "priority": "优先级"},
    },
)  # fmt: skip

RELABELLED = Skin(
    "relabelled",
    {"people": "sales_reps", "accounts": "customers", "products": "items", "deals": "deals", "tickets": "support_cases"},
    {
        "people.name": "Full name", "people.region": "Territory",
        "accounts.name": "Customer", "accounts.industry": "Sector", "accounts.city": "Town", "accounts.employees": "Headcount",
        "accounts.tier": "Partner grade",
        "products.name": "Item", "products.price": "Unit price",
        "deals.id": "Deal ID", "deals.account": "Customer", "deals.owner": "Sales rep", "deals.product": "Item", "deals.stage": "Sales stage",
        "deals.amount": "Deal value", "deals.opened": "Opened on", "deals.closed": "Closed on", "deals.channel": "Acquisition path",
        "tickets.id": "Case number", "tickets.account": "Customer", "tickets.priority": "Severity", "tickets.opened": "Date opened",
    },
    {
        "region": ("Highlands", "Lowlands", "Islands"), "industry": ("Utilities", "Consumer goods", "Pharma", "Transport"),
        "tier": ("Basic", "Preferred", "Strategic"), "stage": ("Won", "Lost", "Quotation", "Contract review"),
        "channel": ("Newsletter", "Exhibition", "Cold call"), "priority": ("Urgent", "Normal", "Minor"),
    },
    {
        "people": ("Grace Whitlock", "Hugo Lindqvist", "Imani Okafor", "Jonas Petrov", "Kira Santos", "Liam Duarte"),
        "city": ("Utrecht", "Ghent", "Porto", "Malmo", "Graz"),
        "products": ("AquaCore", "AquaLite", "PumpEye", "FlowDesk"),
        "accounts": _accounts("{}{} {}", "Zen Tor Vel Kra Mon Bri Sal Dor Fen Gal", "torix dale wick mark vano strom bury neris",
                              "AG BV Ltd Inc GmbH", seed=2),
    },
    {
        "en": {"region": "territory", "industry": "sector", "city": "town", "employees": "headcount", "tier": "partner grade", "price": "unit price",
               "channel": "acquisition path", "priority": "severity"},
        "zh": {"region": "地区", "industry": "行业", "city": "城市", "employees": "员工", "tier": "Partner grade", "price": "单价",
               "channel": "Acquisition path", "priority": "严重程度"},
    },
)  # fmt: skip

CHINESE = Skin(
    "chinese",
    {"people": "销售人员", "accounts": "客户", "products": "产品", "deals": "商机", "tickets": "工单"},
    {
        "people.name": "姓名", "people.region": "大区",
        "accounts.name": "客户名称", "accounts.industry": "所属行业", "accounts.city": "所在城市", "accounts.employees": "员工人数",
        "accounts.tier": "会员等级",
        "products.name": "产品名称", "products.price": "标准价",
        "deals.id": "商机编号", "deals.account": "客户名称", "deals.owner": "负责人", "deals.product": "产品名称", "deals.stage": "商机阶段",
        "deals.amount": "商机金额", "deals.opened": "创建日期", "deals.closed": "成交日期", "deals.channel": "获客途径",
        "tickets.id": "工单编号", "tickets.account": "客户名称", "tickets.priority": "优先级", "tickets.opened": "提交日期",
    },
    {
        "region": ("华北", "华南", "西南"), "industry": ("电力", "零售", "医药", "物流"), "tier": ("普通会员", "银卡会员", "金卡会员"),
        "stage": ("赢单", "输单", "方案报价", "商务谈判"), "channel": ("线上研讨会", "展会", "老客户介绍"), "priority": ("高", "中", "低"),
    },
    {
        "people": ("王雪", "李国栋", "赵敏之", "孙浩然", "周静怡", "吴天佑"),
        "city": ("青岛", "长沙", "厦门", "无锡", "佛山"),
        "products": ("云梯专业版", "云梯标准版", "安门卫士", "码头助手"),
        "accounts": _accounts("{}{}{}有限公司",
                              "青岛 长沙 厦门 无锡 佛山", "恒星 华远 凌拓 瑞博 嘉诚 鼎盛 和润 泰安 启明 晨曦 云帆 海岳", "科技 食品 机械 医疗 物流", seed=3),
    },
    {
        "en": {"region": "region", "industry": "industry", "city": "city", "employees": "employees", "tier": "会员等级", "price": "list price",
               "channel": "获客途径", "priority": "priority"},
        "zh": {"region": "大区", "industry": "行业", "city": "城市", "employees": "员工", "tier": "会员等级", "price": "标准价", "channel": "获客途径",
               "priority": "优先级"},
    },
)  # fmt: skip
