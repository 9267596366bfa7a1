"""Files as people and systems write them become tables of text with true line numbers."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from prompts.words import say
from tools.crm.importing.reading import read_folder
from tools.crm.importing.reading.errors import ImportPathMissing, NothingToImport
from tools.crm.importing.source import SourceTable

CHINESE = "客户名称,负责人,金额\n上海恒远科技有限公司,王伟,1200\n北京卓越能源有限公司,李娜,800\n"


def read_one(folder: Path, name: str, data: bytes) -> SourceTable:
    (folder / name).write_bytes(data)
    read = read_folder(folder)
    assert len(read.tables) == 1
    return read.tables[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_chinese_text_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    table = read_one(tmp_path, "客户.csv", (CHINESE * 3).encode(encoding))

    assert table.headers == ("客户名称", "负责人", "金额")
    assert table.rows[0] == ["上海恒远科技有限公司", "王伟", "1200"]


def test_western_text_in_a_code_page_is_not_taken_for_chinese(tmp_path: Path) -> None:
    text = "Name;Ort;Straße\nMüller & Söhne;Köln;Große Allee 1\nGärtner;Düsseldorf;Überweg 2\n"

    table = read_one(tmp_path, "kunden.csv", text.encode("cp1252"))

    assert table.rows[0] == ["Müller & Söhne", "Köln", "Große Allee 1"]
    assert table.notes["encoding"] == "cp1252"


def test_text_with_one_broken_character_is_still_read_as_what_it_is(tmp_path: Path) -> None:
    data = (CHINESE * 20).encode() + b"\xe5\xae,x,1\n"

    table = read_one(tmp_path, "a.csv", data)

    assert table.rows[0][1] == "王伟"
    assert len(table.rows) == 60


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["name", "note", "n"], ["a", "one, two", "1"], ["b", "x; y", "2"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if any(d in cell for d in ",;|\t") else cell for cell in row) for row in rows)

    table = read_one(tmp_path, "a.txt", text.encode())

    assert table.headers == ("name", "note", "n")
    assert table.rows == rows[1:]
    assert table.notes["delimiter"] == delimiter


def test_line_that_declares_the_separator_is_no_header(tmp_path: Path) -> None:
    table = read_one(tmp_path, "a.csv", b"sep=;\na;b\n1;2\n")

    assert table.headers == ("a", "b")
    assert table.lines == [3]


def test_cells_with_line_breaks_keep_the_line_numbers_true(tmp_path: Path) -> None:
    text = 'id,note\r\n1,"first\r\nsecond\r\nthird"\r\n\r\n2,plain\r\n'

    table = read_one(tmp_path, "a.csv", text.encode())

    assert table.lines == [2, 6]
    assert table.rows[0] == ["1", "first\nsecond\nthird"]


def test_quotation_mark_that_nobody_closed_spoils_one_row_only(tmp_path: Path) -> None:
    lines = ["id,size", '1,"17 inch', *(f"{i},x" for i in range(2, 1002))]

    table = read_one(tmp_path, "a.csv", "\n".join(lines).encode())

    assert len(table.rows) == 1001
    assert table.rows[0] == ["1", '"17 inch']
    assert table.lines[-1] == 1002


def test_control_characters_are_gone(tmp_path: Path) -> None:
    table = read_one(tmp_path, "a.csv", b"name,note\nAc\x00me,ok\x07" + b"\nplain,text" * 50)

    assert table.rows[0] == ["Acme", "ok"]


def test_rows_of_other_width_are_kept_as_they_stand(tmp_path: Path) -> None:
    table = read_one(tmp_path, "a.csv", b"a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n")

    assert table.rows == [["1", "2"], ["1", "2", "3", "4"], ["1", "2", "3"], ["1", "2", "3"]]


def test_blank_rows_and_columns_are_left_out_and_unnamed_columns_with_data_are_not(tmp_path: Path) -> None:
    table = read_one(tmp_path, "a.csv", b"a,,b,\n1,,2,x\n,,,\n3,,4,y\n")

    assert table.headers == ("a", "b", "column 4")
    assert table.rows == [["1", "2", "x"], ["3", "4", "y"]]
    assert table.lines == [2, 4]


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    text = "Pipeline report,,\nAs of 2026-03-01,,\n,,\nDeal,Owner,Amount\nBig one,Ada,100\nSmall one,Bo,20\n"

    table = read_one(tmp_path, "report.csv", text.encode())

    assert table.headers == ("Deal", "Owner", "Amount")
    assert table.lines == [5, 6]


def test_header_that_repeats_a_name_is_still_the_header(tmp_path: Path) -> None:
    table = read_one(tmp_path, "a.csv", b"Name,Note,Note\nAnn,one,two\nBo,three,four\n")

    assert table.headers == ("Name", "Note", "Note")


def test_workbook_gives_every_visible_sheet_with_dates_and_numbers_as_plain_text(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    first.title = "商机"
    first.append(["季度报表"])
    first.append([])
    first.append(["名称", "金额", "日期", "时间", "赢单"])
    first.append(["甲", 1200.0, date(2024, 3, 5), datetime(2024, 3, 5, 14, 30), True])
    first.append(["乙", 0.1, None, None, False])
    other = book.create_sheet("客户")
    other.append(["客户名称", "城市"])
    other.append(["恒远", "上海"])
    secret = book.create_sheet("hiddenSheet")
    secret.append(["x", "y"])
    secret.sheet_state = "veryHidden"
    book.create_sheet("empty")
    book.save(tmp_path / "导出.xlsx")

    tables = read_folder(tmp_path).tables

    assert [(table.file, table.sheet) for table in tables] == [("导出.xlsx", "商机"), ("导出.xlsx", "客户")]
    assert tables[0].headers == ("名称", "金额", "日期", "时间", "赢单")
    assert tables[0].rows == [["甲", "1200", "2024-03-05", "2024-03-05 14:30:00", "TRUE"], ["乙", "0.1", "", "", "FALSE"]]
    assert tables[0].lines == [4, 5]


def test_single_file_is_read_like_a_folder_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "b.csv").write_text("c,d\n1,2\n")

    assert [table.file for table in read_folder(tmp_path / "a.csv").tables] == ["a.csv"]


def test_folder_in_the_folder_is_read_and_hidden_and_lock_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    for name in ("2024/deals.csv", ".hidden.csv", "~$deals.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")

    read = read_folder(tmp_path)

    assert [table.file for table in read.tables] == ["2024/deals.csv"]
    assert read.unreadable == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("photo.csv", bytes(range(256)) * 40, "import_file_binary"),
        ("zip.csv", b"PK\x03\x04" + bytes(200), "import_file_binary"),
        ("broken.xlsx", b"PK\x03\x04" + bytes(200), "import_file_broken"),
        ("empty.csv", b"\xef\xbb\xbf", "import_file_empty"),
        ("blank.csv", b" \n\n", "import_file_empty"),
        ("letter.txt", b"Dear all,\nplease find\nthe export\n", "import_file_no_table"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "import_file_no_table"),
        ("manual.pdf", b"%PDF-1.7", "import_file_not_supported"),
    ],
)
def test_file_without_a_table_is_named_with_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.csv").write_text("a,b\n1,2\n")

    unreadable = read_folder(tmp_path).unreadable

    assert [(file.file, file.reason) for file in unreadable] == [(name, reason)]
    assert say(reason, "en")
    assert say(reason, "zh")


def test_text_that_a_system_calls_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    table = read_one(tmp_path, "export.xls", b"a\tb\n1\t2\n3\t4\n")

    assert table.rows == [["1", "2"], ["3", "4"]]


def test_folder_with_nothing_to_read_and_path_without_anything_are_refused(tmp_path: Path) -> None:
    (tmp_path / "manual.pdf").write_bytes(b"%PDF-1.7")

    with pytest.raises(NothingToImport) as nothing:
        read_folder(tmp_path)
    with pytest.raises(ImportPathMissing) as missing:
        read_folder(tmp_path / "nowhere")

    assert "1 files" in say(nothing.value.key, "en", **nothing.value.data)
    assert "nowhere" in say(missing.value.key, "zh", **missing.value.data)


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("a,b\n1,2\n")

    read_folder(tmp_path, lambda step, done, of: told.append((step, done, of)))

    assert told == [("reading", 1, 2), ("reading", 2, 2)]


def rows_with(*, broken_at: int, row: str, last: str = "") -> bytes:
    rows = [f'{number},"Deal, {number}",Won,{number}00' if number % 7 == 0 else f"{number},Deal {number},Won,{number}00" for number in range(1, 101)]
    rows[broken_at - 1] = row
    return ("ID,Name,Stage,Amount\n" + "\n".join(rows) + "\n" + last).encode()


@pytest.mark.parametrize("at", [1, 20, 95, 99, 100])
@pytest.mark.parametrize("row", ['{at},"Deal unclosed,Won,500', '{at},Deal,"Won,500', '"{at},Deal,Won,500'])
def test_unclosed_quotation_mark_spoils_its_row_alone(tmp_path: Path, at: int, row: str) -> None:
    table = read_one(tmp_path, "deals.csv", rows_with(broken_at=at, row=row.format(at=at)))

    assert len(table.rows) == 100
    assert table.unclosed == {at + 1}
    assert [number for number, cells in enumerate(table.rows, start=1) if cells[0] != str(number)] in ([], [at])


def test_note_of_several_lines_with_commas_stays_one_cell(tmp_path: Path) -> None:
    note = "First, we met\n\nThen: price, terms, date\nand, well, more, of, it\nEnd"

    table = read_one(tmp_path, "deals.csv", rows_with(broken_at=20, row=f'20,"{note}",Won,2000'))

    assert len(table.rows) == 100
    assert (table.rows[19][1], table.unclosed) == (note, frozenset())
