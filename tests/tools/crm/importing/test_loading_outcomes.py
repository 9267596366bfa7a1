"""How deals get to be open, won or lost: by the system's own flags, by words of a person, and loudly not at all."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import MONDAY, SYSTEM, custom, load, table, to
from tools.crm.importing.mapping import Mapping
from tools.crm.importing.mapping_file import load_mapping, save_mapping
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.reading.errors import MappingFileMalformed
from tools.crm.importing.service import known_mapping, run_load
from tools.crm.models import Opportunity
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import base_model


def statuses(engine: Engine) -> list[str | None]:
    with Session(engine) as session:
        return list(session.scalars(select(Opportunity.status).order_by(Opportunity.source_id)))


def test_stage_and_currency_under_the_names_of_an_api_are_proposed() -> None:
    row = ("0061", "Expansion", "Closed Won", "12.0", "EUR", "Low")
    source = table("Opportunity.csv", "Id,Name,StageName,Amount,CurrencyIsoCode,Stage_Name__c", row)

    (mapped,) = propose_mapping([source], base_model(), "north", None).tables

    assert [column.to for column in mapped.columns][:5] == ["id", "name", "stage", "amount", "currency"]


def test_flags_decide_where_the_stage_says_nothing(engine: Engine) -> None:
    rows = (("1", "Phase 9", "true", "true"), ("2", "Phase 9", "false", "true"), ("3", "Phase 1", "false", "false"))
    source = table("Opportunity.csv", "Id,StageName,IsWon,IsClosed", *rows)
    flags = (custom(2, "IsWon", FieldType.FLAG), custom(3, "IsClosed", FieldType.FLAG))

    report = load(engine, (source, to(source, "opportunity", "id", "stage", *flags)))

    assert statuses(engine) == ["won", "lost", "open"]
    assert [(each.key, each.data["columns"]) for each in report.assumptions] == [("status_from_flags", "IsWon, IsClosed")]


def test_chinese_flag_decides_and_leaves_the_rest_to_the_stage(engine: Engine) -> None:
    source = table("商机.csv", "编号,阶段,是否赢单", ("1", "已完结", "是"), ("2", "方案报价", "否"), ("3", "输单", "否"))

    load(engine, (source, to(source, "opportunity", "id", "stage", custom(2, "是否赢单", FieldType.FLAG))))

    assert statuses(engine) == ["won", "open", "lost"]


def test_flag_of_another_meaning_decides_nothing(engine: Engine) -> None:
    source = table("Opportunity.csv", "Id,StageName,Contract signed", ("1", "Prospecting", "true"))

    load(engine, (source, to(source, "opportunity", "id", "stage", custom(2, "Contract signed", FieldType.FLAG))))

    assert statuses(engine) == ["open"]


def test_deals_without_stage_and_status_are_told(engine: Engine) -> None:
    source = table("deals.csv", "Id,Name,Walzer", ("1", "A", "Won"))

    report = load(engine, (source, to(source, "opportunity", "id", "name", custom(2, "Walzer"))))

    assert [each.key for each in report.assumptions] == ["no_stage", "no_status"]


def test_person_says_what_stages_mean_and_is_remembered(engine: Engine, tmp_path: Path) -> None:
    source = table("deals.csv", "Id,Phase", ("1", "Gold"), ("2", "Won in principle"), ("3", "Ghosted"))
    mapped = to(source, "opportunity", "id", "stage")
    path = tmp_path / "mapping.yaml"
    save_mapping(Mapping(system=SYSTEM, tables=(mapped,), statuses={"gold": "won", "Won in principle": "open", "Ghosted": "lost"}), path)

    run_load(engine, [source], load_mapping(path, [source]), "export", MONDAY, UTC)

    assert statuses(engine) == ["won", "open", "lost"]
    with engine.connect() as connection:
        again = known_mapping(connection, SYSTEM, [source], Mapping(system=SYSTEM, tables=(mapped,)))
    assert again.statuses == {"gold": "won", "Won in principle": "open", "Ghosted": "lost"}


def test_status_that_is_none_of_the_three_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text("system: north\nstatuses: {Gold: victory}\ntables: []\n", "utf-8")

    with pytest.raises(MappingFileMalformed) as raised:
        load_mapping(path, [])
    assert raised.value.data["detail"] == "statuses.Gold"


def test_stage_of_an_own_word_is_won_where_all_of_it_have_the_day_that_lost_ones_have_too(engine: Engine) -> None:
    steps = ("已派车", "落标", "报价中") * 6
    rows = [
        (f"X{at:02}", f"项目{at}", step, str(1000 + at), f"2026-01-{at + 1:02}", f"2026-03-{at + 1:02}", "" if step == "报价中" else f"2026-02-{at + 1:02}")
        for at, step in enumerate(steps)
    ]
    source = table("项目.csv", "项目号,项目名称,项目进度,预计金额(元),立项日期,预计派车日,办结日期", *rows)
    mapping = propose_mapping([source], base_model(), "north", None)
    places = {column.header: (column.to, column.fills) for column in mapping.tables[0].columns}

    load(engine, (source, mapping.tables[0]))

    assert (places["办结日期"], places["预计派车日"]) == (("close_on", None), ("custom", "close_on"))
    assert statuses(engine) == ["won", "lost", "open"] * 6


def test_orders_in_the_place_of_deals_are_sales_unless_cancelled_or_yet_to_be_confirmed(engine: Engine) -> None:
    steps = ("待排产", "生产中", "已发完", "已取消", "待确认")
    source = table("订单明细.csv", "编号,进度,金额", *((str(at), step, "100") for at, step in enumerate(steps)))

    load(engine, (source, to(source, "opportunity", "id", "stage", "amount")))

    assert statuses(engine) == ["won", "won", "won", "lost", "open"]


def test_deals_in_production_are_open_where_the_file_is_of_no_orders(engine: Engine) -> None:
    source = table("项目.csv", "编号,进度,金额", ("1", "生产中", "100"), ("2", "已取消", "100"))

    load(engine, (source, to(source, "opportunity", "id", "stage", "amount")))

    assert statuses(engine) == ["open", "lost"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [(("跟进中", "搁置", "已成交", "已丢单"), ["跟进中", "搁置", "已成交", "已丢单"]), (("跟进中", "已成交", "已丢单"), [None, None, None])],
    ids=["two of one status", "each of its own"],
)
def test_words_for_a_status_are_kept_where_several_come_to_one(engine: Engine, words: tuple[str, ...], kept: list[str | None]) -> None:
    source = table("商机.csv", "编号,阶段,商机状态", *((str(at), "方案", word) for at, word in enumerate(words)))

    load(engine, (source, to(source, "opportunity", "id", "stage", "status")))

    with Session(engine) as session:
        held = session.scalars(select(Opportunity.custom).order_by(Opportunity.source_id)).all()
    assert [(each or {}).get("商机状态") for each in held] == kept
