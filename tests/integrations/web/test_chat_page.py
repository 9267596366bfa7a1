"""The chat page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.integrations.web.conftest import Visit
from tests.integrations.web.fake_copilot import ASKS_BACK, BROKEN, CHARTED, CHINESE, FAMOUS, HOSTILE, RECORDS, SLOW

pytestmark = pytest.mark.xdist_group("chromium")


def test_question_asked_answer_streams_in_with_step_named_first(visit: Visit) -> None:
    visit.copilot.pace = 0.25
    visit.ask(FAMOUS)
    expect(visit.page.locator(".step")).to_have_text("reading 3,412 interactions…")
    expect(visit.page.locator(".said")).to_contain_text("West has")
    assert visit.page.locator(".about").count() == 0, "the text is there before the answer is whole"
    expect(visit.page.locator(".said")).to_have_text(
        "West has the highest won value: $3.57 M1 (63.2 %2 of its deals were won), from 1,4383 deals. Then East ($1.78 M4)."
    )
    expect(visit.page.locator("button.mark")).to_have_count(4)


def test_whole_conversation_stays_on_this_machine_without_complaints(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    visit.page.locator("button.mark").first.click()
    visit.page.locator("#drawer tbody tr").first.wait_for()
    with visit.context.expect_page() as opened:
        visit.page.get_by_role("link", name="Trace graph").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("svg text").count() > 5
    assert opened.value.evaluate("getComputedStyle(document.querySelector('.paper')).fill") == "rgb(255, 255, 255)", "its style sheet holds under the policy"
    visit.page.reload()
    visit.page.locator(".about").wait_for()
    assert {urlsplit(url).hostname for url in visit.requested} == {"127.0.0.1"}
    assert visit.complaints == []


def test_mark_hovered_shows_value_source_and_as_of(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    visit.page.locator("button.mark").first.hover()
    tip = visit.page.locator("#tip")
    expect(tip).to_contain_text("$3,568,647")
    expect(tip).to_contain_text("sum over 1,438 records of opportunities")
    expect(tip).to_contain_text("as of 3 Mar 2026")


def test_mark_clicked_opens_drawer_with_definition_and_all_records(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    visit.page.locator("button.mark").first.click()
    drawer = visit.page.locator("#drawer")
    expect(drawer.locator(".exact")).to_have_text("$3,568,647.25")
    expect(drawer).to_contain_text("amounts of deals won, by close date")
    expect(drawer.locator("tbody tr")).to_have_count(50)
    drawer.get_by_role("button", name="Show more records").click()
    expect(drawer.locator("tbody tr")).to_have_count(RECORDS)
    expect(drawer.locator("tbody tr").last).to_contain_text("OP-1072")
    visit.page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_mark_tapped_shows_its_card_before_the_drawer(visit_with: Callable[..., Visit]) -> None:
    visit = visit_with(locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    visit.ask_to_the_end(CHINESE)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 360, "nothing sticks out sideways"
    visit.page.locator("button.mark").first.tap()
    expect(visit.page.locator("#drawer")).to_be_hidden()
    visit.page.locator("#tip button").tap()
    expect(visit.page.locator("#drawer h2")).to_have_text("赢单金额")


@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize(("locale", "width"), [("en-US", 360), ("en-US", 320), ("zh-CN", 360), ("zh-CN", 320)])
def test_narrow_screen_shows_the_whole_header_and_a_hint_on_one_line(visit_with: Callable[..., Visit], locale: str, width: int, touch: bool) -> None:
    visit = visit_with(locale=locale, viewport={"width": width, "height": 740}, has_touch=touch, is_mobile=touch)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width, "nothing sticks out sideways"
    for name in ("#threads-toggle", "#new", "#language"):
        box = visit.page.locator(name).bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width, name
    assert visit.page.evaluate("question.scrollHeight <= question.clientHeight && question.clientHeight < 48"), "the hint takes one line"


def test_stop_pressed_turn_ends_here_and_on_the_server(visit: Visit) -> None:
    visit.ask(SLOW)
    visit.page.get_by_role("button", name="Stop").click()
    expect(visit.page.locator(".notice")).to_have_text("Stopped before there was an answer.")
    assert visit.copilot.stopped.wait(5)
    expect(visit.page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_choice_pressed_sends_its_question(visit: Visit) -> None:
    visit.ask_to_the_end(ASKS_BACK)
    visit.page.get_by_role("button", name="West: deals owned by reps").click()
    expect(visit.page.locator(".turn")).to_have_count(2)
    expect(visit.page.locator(".turn:last-child .question")).to_contain_text(FAMOUS)
    visit.page.locator(".turn:last-child table").wait_for()
    (_, first), (question, second) = visit.copilot.asked
    assert question == FAMOUS
    assert first == second, "both belong to one conversation"


def test_markup_in_a_name_is_shown_as_text(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    visit.page.get_by_role("button", name="Show all 12 rows").click()
    shown = HOSTILE.replace("\u202e", "")
    expect(visit.page.locator("tbody tr").last.locator("th")).to_have_text(shown)
    visit.page.locator("tbody tr").last.locator("th button").click()
    expect(visit.page.locator("#drawer tbody tr").first).to_contain_text(shown)
    visit.page.keyboard.press("Escape")
    visit.ask(HOSTILE)
    expect(visit.page.locator(".turn:last-child .said")).to_contain_text("<img src=x")
    assert visit.page.locator("main img").count() == 0
    assert visit.page.title() == "Plumbline"
    assert visit.complaints == []


def test_header_clicked_sorts_largest_first_then_smallest_then_as_answered(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    header = visit.page.get_by_role("button", name="Won deals", exact=True)
    first = visit.page.locator("tbody tr").first.locator("td").nth(1)
    header.click()
    expect(first).to_have_text("1,438")
    header.click()
    expect(first).to_have_text("0")
    money = visit.page.get_by_role("button", name="Won value", exact=True)
    money.click()
    money.click()
    expect(visit.page.locator("tbody tr").last.locator("td").first).to_have_text("–")
    money.click()
    expect(visit.page.locator("tbody tr").first.locator("th")).to_have_text("West")


def test_rows_beyond_ten_are_folded(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    assert visit.page.locator("tbody tr:visible").count() == 10
    visit.page.get_by_role("button", name="Show all 12 rows").click()
    assert visit.page.locator("tbody tr:visible").count() == 12
    expect(visit.page.locator(".below")).to_contain_text("12 of 40 rows are here.")


def test_keyboard_alone_asks_opens_evidence_and_walks_the_table(visit: Visit) -> None:
    page = visit.page
    page.keyboard.type(FAMOUS)
    page.keyboard.press("Shift+Enter")
    assert visit.copilot.asked == [], "a new line, not yet a question"
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.locator(".about").wait_for()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "mark":
            break
    expect(page.locator("#tip")).to_be_visible()
    page.keyboard.press("Enter")
    page.locator("#drawer tbody tr").first.wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "mark", "the focus comes back to where it was"
    page.locator("tbody button.cell").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "$1,784,323"


def test_enter_while_an_input_method_composes_does_not_send(visit: Visit) -> None:
    visit.page.locator("#question").fill("ying dan")
    for init in ({"key": "Enter", "isComposing": True}, {"key": "Enter", "keyCode": 229}):
        visit.page.locator("#question").dispatch_event("keydown", init)
    visit.page.wait_for_timeout(100)
    assert visit.copilot.asked == []
    visit.page.locator("#question").dispatch_event("keydown", {"key": "Enter"})
    expect(visit.page.locator(".turn")).to_have_count(1)


def test_failure_is_one_sentence_that_keeps_the_cause_to_itself(visit: Visit) -> None:
    visit.ask(BROKEN)
    expect(visit.page.locator(".notice")).to_have_text("Something went wrong on our side. Nothing was changed. Please try again.")
    assert "hunter2" not in visit.page.content()


def test_conversation_reopened_from_the_list_shows_its_turns(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    visit.page.get_by_role("button", name="New conversation").click()
    expect(visit.page.get_by_role("heading", name="What would you like to know?")).to_be_visible()
    visit.page.locator("#thread-list a").first.click()
    expect(visit.page.locator("button.mark")).to_have_count(4)
    visit.page.go_back()
    expect(visit.page.locator(".turn")).to_have_count(0)


def test_starters_speak_the_readers_language_and_send_themselves(visit: Visit) -> None:
    expect(visit.page.locator(".starters button")).to_have_text([FAMOUS, "What is the win rate by product?", "Won value per quarter"])
    visit.page.get_by_role("link", name="中文").click()
    expect(visit.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(visit.page.get_by_role("button", name="提问", exact=True)).to_be_visible()
    visit.page.goto(visit.url)
    visit.page.get_by_role("button", name=CHINESE).click()
    expect(visit.page.locator(".said")).to_contain_text("赢单金额最高的是 West")
    expect(visit.page.locator("tbody tr").first).to_have_text(re.compile("2017年3月1日"))


def test_answer_is_labelled_in_its_own_language_whatever_that_of_the_page(visit: Visit) -> None:
    visit.ask_to_the_end(CHINESE)
    expect(visit.page.locator(".about")).to_have_text("内置规划器 · 依据")
    mark = visit.page.locator("button.mark").first
    expect(mark).to_have_attribute("aria-label", re.compile(r"^来源 1: .*条记录 · 截至 2026年3月3日$"))
    mark.hover()
    expect(visit.page.locator("#tip button")).to_have_text("查看记录")
    mark.click()
    drawer = visit.page.locator("#drawer")
    expect(drawer.locator("dt")).to_have_text(["数值", "定义", "计算方式"])
    expect(drawer.locator("dd").last).to_have_text("求和")
    drawer.get_by_role("button", name="Close").click()
    visit.ask_to_the_end(FAMOUS)
    expect(visit.page.locator(".turn:last-child .about")).to_have_text("embedded planner · Proof")


def test_reader_who_wants_less_motion_gets_none(visit_with: Callable[..., Visit]) -> None:
    visit = visit_with(reduced_motion="reduce", color_scheme="dark")
    visit.ask(SLOW)
    step = visit.page.locator(".step")
    step.wait_for()
    assert step.evaluate("e => getComputedStyle(e, '::before').animationName") == "none"
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 22, 28)"
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".notice")).to_be_visible()


def test_printed_page_has_every_row_and_source_and_no_chrome(visit: Visit) -> None:
    visit.ask_to_the_end(FAMOUS)
    expect(visit.page.locator(".sources")).to_be_hidden()
    visit.page.emulate_media(media="print")
    assert visit.page.locator("tbody tr:visible").count() == 12
    expect(visit.page.locator(".sources li").first).to_have_text("[1] sum over 1,438 records of opportunities · as of 3 Mar 2026")
    for part in (".top", "#threads", "#composer", ".next", ".below button"):
        expect(visit.page.locator(part).first).to_be_hidden()


@pytest.mark.parametrize(("scheme", "width", "wanted"), [("light", 1280, "theme=light&width=620"), ("dark", 360, "theme=dark&width=320")])
def test_chart_is_drawn_for_the_readers_theme_and_width(visit_with: Callable[..., Visit], scheme: str, width: int, wanted: str) -> None:
    visit = visit_with(locale="en-US", viewport={"width": width, "height": 860}, color_scheme=scheme)
    visit.ask_to_the_end(CHARTED)
    picture = visit.page.locator(".chart img")
    picture.scroll_into_view_if_needed()
    visit.page.wait_for_function("() => { const img = document.querySelector('.chart img'); return img.complete && img.naturalWidth > 0; }", timeout=30_000)
    assert any(wanted in url for url in visit.requested)
    assert picture.get_attribute("alt") == "Technical evaluation 65.0 % (58.0 to 72.0)"
    box = picture.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    assert visit.complaints == []
