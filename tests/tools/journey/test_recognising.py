from __future__ import annotations

import pytest

from tools.journey.reading_weights import shipped_weights
from tools.journey.recognising import Recogniser, Told, channel_of

RECOGNISER = Recogniser(shipped_weights(), {"Northwind Rivals", "极光软件"})


def kinds(**told: object) -> set[str]:
    return {each.evidence for each in RECOGNISER.recognise(Told.model_validate(told))}


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("call", "call"), ("Phone call", "call"), ("电话沟通", "call"), ("上门拜访", "visit"), ("客户现场走访", "visit"), ("Site Visit", "visit"), ("线上会议", "meeting"),
        ("Web meeting", "meeting"), ("产品演示", "demo"), ("Online demo", "demo"), ("企业微信", "message"), ("E-mail", "email"), ("往来邮件", "email"), ("???", None), ("", None),
    ],
)  # fmt: skip
def test_own_word_for_a_channel_is_read(word: str, channel: str | None) -> None:
    assert channel_of(word) == channel


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"record": "interaction", "texts": {"subject": "Re: API rate limits"}, "channel": "email", "direction": "Incoming"}, {"technical_question", "reply"}),
        ({"record": "interaction", "texts": {"subject": "询问接口限流与灾备"}, "channel": "电话", "direction": "来电"}, {"technical_question", "reply"}),
        ({"record": "interaction", "texts": {"subject": "技术交流"}, "channel": "上门拜访", "direction": ""}, {"technical_talk", "face_to_face"}),
        ({"record": "interaction", "texts": {"subject": "Pricing and discount"}, "channel": "call", "direction": "outbound"}, {"price_discussed", "outreach"}),
        ({"record": "interaction", "texts": {"subject": ""}, "prose": ("body", "法务对违约责任条款提出修改"), "channel": "微信"}, {"terms_discussed"}),
        ({"record": "interaction", "texts": {"subject": "Weekly sync"}, "prose": ("body", "legal redlines"), "channel": "call"}, set()),
        ({"record": "interaction", "texts": {"subject": "极光软件来讲过方案"}, "channel": "visit"}, {"competitor_mentioned", "face_to_face"}),
        ({"record": "signal", "texts": {"headline": "采购总监点赞极光软件的融资消息"}, "has_person": True}, {"competitor_attention"}),
        ({"record": "signal", "texts": {"headline": "Northwind Rivals closes a round"}, "has_person": False}, {"competitor_news"}),
        ({"record": "signal", "texts": {"headline": "融资"}, "on_competitor": "某某", "has_person": False}, {"competitor_news"}),
        ({"record": "signal", "texts": {"headline": "Plant opens, company hiring"}, "has_person": False}, {"expansion_news", "organisation_change"}),
        ({"record": "stage", "texts": {"stage": "04-商务谈判"}}, {"pipeline_negotiation"}),
        ({"record": "stage", "texts": {"stage": "Closed-Won"}}, {"pipeline_won"}),
        ({"record": "stage", "texts": {"stage": "丢单"}}, {"pipeline_lost"}),
        ({"record": "act", "act": "sign", "states": ("done",), "side": "customer", "texts": {"body": "POC同意书"}}, {"trial_run"}),
        ({"record": "act", "act": "sign", "states": ("promised",), "side": "customer", "texts": {"body": "POC同意书"}}, set()),
        ({"record": "act", "act": "sign", "states": ("not_done",), "side": "customer", "texts": {"body": "contract"}}, set()),
        ({"record": "milestone", "texts": {"name": "Go-live"}, "states": ("missed",)}, {"milestone_missed"}),
        ({"record": "verified_event", "texts": {"name": "POC 环境就绪"}}, {"trial_verified", "step_verified"}),
    ],
)  # fmt: skip
def test_record_is_known_for_what_it_is_evidence_of(told: dict[str, object], expected: set[str]) -> None:
    assert kinds(**told) == expected


def test_word_inside_of_another_word_is_none() -> None:
    assert kinds(record="interaction", texts={"subject": "Happiness survey, contested pricelist, capital"}, channel="note") == set()


def test_field_that_tells_is_named() -> None:
    told = Told(record="interaction", texts={"subject": "报价"}, channel="拜访", direction="呼出")

    assert {each.evidence: each.field for each in RECOGNISER.recognise(told)} == {"price_discussed": "subject", "face_to_face": "kind", "outreach": "direction"}
