"""The page in a browser: asking, following a marker, stopping, briefing, checking, the library; and its headers."""

import re
import signal
import subprocess
import sys
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from assistant.page.app import PageError, serve
from assistant.page.desk import Desk
from assistant.settings import Settings
from index.encoder import Encoder
from index.library import Filters, Library
from page.scripted import ARTICLES, XSS, ScriptedDesk, fetch, serve_in_thread

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from page.conftest import Visit

    Open = Callable[..., Visit]

pytestmark = [
    pytest.mark.browser,
    # Gradio's own use of pandas, in its queue; an error there would only hide what is tested here.
    pytest.mark.filterwarnings("ignore:(The copy keyword|'future.no_silent_downcasting')"),
]
_QUOTE = "The steering failed near the “Gull” rock at 6.40 a.m."


def ask(page: "Page", question: str) -> "Locator":
    """Ask by keyboard; the answer, once its foot says that it is whole."""
    before = page.locator(".answer").count()
    box = page.get_by_label("Ask a question")
    box.fill(question)
    box.press("Enter")
    answer = page.locator(".answer").nth(before)
    answer.locator(".colophon").wait_for()
    return answer


# Served, without a browser


def test_every_response_carries_the_headers(address: str) -> None:
    for path in ("/", "/healthz", "/config"):
        with fetch(address + path) as response:
            assert "default-src 'self'" in response.headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Frame-Options"] == "DENY"


def test_it_says_that_it_lives(address: str) -> None:
    with fetch(f"{address}/healthz") as response:
        assert response.read() == b'{"status":"ok"}'


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="another name for this machine"),
        pytest.param({"Origin": "http://evil.example"}, id="a request that another site made"),
        pytest.param({"Host": "evil.example@127.0.0.1"}, id="a user's name before the host"),
        pytest.param({"Host": "127.0.0.1.evil.example"}, id="a longer name"),
        pytest.param({"Host": "["}, id="a host that is none"),
        pytest.param({"Host": "127.0.0.1:port"}, id="a port that is none"),
        pytest.param({"Origin": "null"}, id="an origin without a name"),
        pytest.param({"Origin": "http://["}, id="an origin that is none"),
        pytest.param({"Origin": ""}, id="an empty origin"),
    ],
)
def test_other_sites_are_turned_away(address: str, headers: dict[str, str]) -> None:
    with pytest.raises(urllib.error.HTTPError, match="403") as refused:
        fetch(f"{address}/healthz", headers)
    with refused.value as response:
        assert response.headers["X-Frame-Options"] == "DENY"


def test_the_page_answers_to_itself(address: str) -> None:
    with fetch(f"{address}/healthz", {"Origin": address}) as response:
        assert response.status == 200
    port = address.rsplit(":", 1)[1]
    with fetch(f"{address}/healthz", {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"}) as response:
        assert response.status == 200


def test_no_endpoint_is_public(address: str) -> None:
    with fetch(f"{address}/gradio_api/info") as response:
        assert b'"named_endpoints":{}' in response.read().replace(b" ", b"")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "example.org"])
def test_only_this_machine_is_served(desk: ScriptedDesk, host: str) -> None:
    with pytest.raises(PageError, match="serving to a network is not offered yet"):
        serve(desk, host, 0)


def test_a_taken_port_is_said(desk: ScriptedDesk, address: str) -> None:
    with pytest.raises(PageError, match="Choose another with --port"):
        serve(desk, "127.0.0.1", int(address.rsplit(":", 1)[1]))


_SERVE = """
import sys
from pathlib import Path
from assistant.extractive import ExtractiveWriter
from assistant.page.app import serve
from assistant.page.desk import Desk
from assistant.settings import Settings
from index.encoder import load_encoder
from index.library import Library

with Library(Path(sys.argv[1]), load_encoder()) as library:
    desk = Desk(library, Settings.model_construct(), ExtractiveWriter())
    serve(desk, "127.0.0.1", 0, on_ready=lambda address: print(address, flush=True))
"""


def test_serving_ends_with_ctrl_c_even_while_a_page_is_open(visit: "Open", tmp_path: Path) -> None:
    command = [sys.executable, "-c", _SERVE, str(tmp_path / "library")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        opened = visit(process.stdout.readline().strip())
        opened.page.get_by_role("button", name="Load the sample articles").wait_for()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    opened.page.close()
    opened.faults.clear()  # a page whose server is gone may say so
    assert process.returncode == 0
    assert "Traceback" not in said


# Asking


def test_a_marker_opens_the_article_at_the_very_words(visit: "Open", address: str) -> None:
    page = visit(address).page
    answer = ask(page, "What happened?")
    marker = answer.get_by_role("link", name=f"Source 1: The Harbour Post, {ARTICLES[0].title}", exact=True)
    assert marker.inner_text() == "[1]"
    url, scrolled = page.url, page.evaluate("scrollY")
    marker.click()
    mark = page.locator("mark.cited")
    mark.wait_for()
    assert mark.text_content() == _QUOTE
    assert mark.evaluate("m => { const b = m.closest('.scroll').getBoundingClientRect(), r = m.getBoundingClientRect();"
                         " return r.top >= b.top && r.bottom <= b.bottom; }")  # fmt: skip
    assert (page.url, page.evaluate("scrollY")) == (url, scrolled)
    head = page.locator(".sheet header")
    assert head.locator("h2, p").all_inner_texts() == [ARTICLES[0].title, "The Harbour Post · 4 Oct 2026"]
    assert head.evaluate("h => { const b = h.closest('.scroll').getBoundingClientRect(), r = h.getBoundingClientRect();"
                         " return r.top >= b.top - 1 && r.bottom < b.top + b.height / 4; }")  # fmt: skip


def test_markers_work_after_another_article_and_back(visit: "Open", address: str) -> None:
    page = visit(address).page
    answer = ask(page, "A long answer, please")
    for name, quote in ((2, _QUOTE), (1, "The ferry left at dawn."), (2, _QUOTE)):
        answer.locator("a.cite", has_text=f"[{name}]").first.click()
        page.wait_for_function("q => document.querySelector('mark.cited')?.textContent === q", arg=quote)
    assert page.locator("mark.also").all_text_contents() == ["The ferry left at dawn."]
    answer.locator("a.cite").last.click()
    page.get_by_role("heading", name="Plant talks adjourned").wait_for()
    assert page.locator("mark.also").count() == 0


def test_the_keyboard_opens_and_closes_the_article(visit: "Open", address: str) -> None:
    page = visit(address).page
    ask(page, "What happened?").locator("a.cite").first.focus()
    page.keyboard.press("Enter")
    page.locator("mark.cited:focus").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "[1]"
    assert page.locator("mark.cited").count() == 0


def test_on_a_narrow_page_the_article_slides_over(visit: "Open", address: str) -> None:
    page = visit(address, width=390, height=800).page
    answer = ask(page, "What happened?")
    assert not page.locator(".sheet").is_visible()
    answer.locator("a.cite").first.click()
    page.locator("mark.cited").wait_for()
    assert page.locator(".sheet").is_visible()
    page.get_by_role("button", name="Close").click()
    page.locator(".sheet").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == "[1]"


@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_page_shows_all_tabs(visit: "Open", address: str, width: int) -> None:
    page = visit(address, width=width).page
    for name in ("Ask", "Briefing", "Check", "Library"):
        tab = page.get_by_role("tab", name=name)
        assert tab.is_visible()
        assert tab.evaluate("t => t.getBoundingClientRect().right <= innerWidth")
    assert page.get_by_role("button", name="More tabs").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("tab", ["Ask", "Briefing", "Check", "Library"])
def test_nothing_scrolls_sideways(visit: "Open", address: str, width: int, tab: str) -> None:
    page = visit(address, width=width).page
    page.get_by_role("tab", name=tab).click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_supported_sentence_is_quiet_and_a_partly_supported_one_says_why(visit: "Open", address: str) -> None:
    answer = ask(visit(address).page, "What was held back?")
    verdicts = answer.locator(".prose .verdict")
    assert verdicts.evaluate_all("all => all.map(v => v.dataset.verdict)") == ["supported", "supported", "partly"]
    assert "Supported" in str(verdicts.first.text_content())
    answer.get_by_text("Why?").click()
    assert answer.get_by_text("Not in the sources: noon.").is_visible()
    answer.get_by_text("1 sentence held back").click()
    assert answer.get_by_text("The mayor resigned.").is_visible()


def test_an_opened_detail_stays_open_while_the_next_answer_comes(visit: "Open", address: str) -> None:
    page = visit(address).page
    answer = ask(page, "What was held back?")
    answer.get_by_text("Why?").click()
    ask(page, "And then?")
    assert answer.get_by_text("Not in the sources: noon.").is_visible()


def test_a_conversation_goes_on_and_can_start_over(visit: "Open", address: str, desk: ScriptedDesk) -> None:
    page = visit(address).page
    ask(page, "What happened?")
    ask(page, "And then?")
    assert desk.heard[-1][:2] == ("And then?", 1)
    assert page.get_by_text("Searched for: And then? (ferry)").is_visible()
    assert page.locator(".answer").count() == 2
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("heading", name="Latest in your library").wait_for()
    ask(page, "Afresh")
    assert desk.heard[-1][:2] == ("Afresh", 0)


def test_the_question_box_stays_in_sight(visit: "Open", address: str) -> None:
    page = visit(address, width=390, height=700).page
    for _ in range(4):
        ask(page, "nothing")
    for place in (0, 10_000):
        page.evaluate(f"scrollTo(0, {place})")
        bottom = page.get_by_label("Ask a question").evaluate("e => e.getBoundingClientRect().bottom")
        assert 0 < bottom <= 700


def test_nothing_found_shows_what_was_searched_and_the_nearest(visit: "Open", address: str) -> None:
    page = visit(address).page
    answer = ask(page, "nothing")
    assert answer.get_by_text("Searched: 3 articles, 4 Oct 2026 – 2 Nov 2026.").is_visible()
    answer.locator(".nearest a.cite").click()
    page.locator("mark.cited", has_text="Nobody was hurt.").wait_for()


@pytest.mark.parametrize(
    ("question", "words"),
    [("a broken one", "does not answer. Start it"), ("a crash", "Something went wrong inside briefing")],
)
def test_an_error_is_one_line_and_the_conversation_goes_on(
    visit: "Open", address: str, question: str, words: str
) -> None:
    page = visit(address).page
    page.get_by_label("Ask a question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    error = page.get_by_role("alert").filter(has_text=words)
    error.wait_for()
    assert "Traceback" not in page.content()
    assert ask(page, "What happened?").locator(".sentence").count() == 2


def test_a_refused_question_leaves_the_reason_in_sight(visit: "Open", address: str) -> None:
    page = visit(address, width=390, height=700).page
    ask(page, "What happened?")
    box = page.get_by_label("Ask a question")
    box.fill("a broken one " * 1000)
    box.press("Enter")
    error = page.get_by_role("alert").filter(has_text="does not answer. Start it")
    error.wait_for()
    top, bottom = error.bounding_box()["y"], page.locator("#question").bounding_box()["y"]  # type: ignore[index]
    assert 0 < top < bottom


def test_an_empty_question_gets_a_hint(visit: "Open", address: str) -> None:
    page = visit(address).page
    page.get_by_label("Ask a question").press("Enter")
    page.get_by_text("Type a question first.").wait_for()
    assert page.locator(".answer").count() == 0


def test_stop_ends_the_writer_and_keeps_what_was_said(visit: "Open", address: str, desk: ScriptedDesk) -> None:
    page = visit(address).page
    desk.closed.clear()
    page.get_by_label("Ask a question").fill("a slow one")
    page.get_by_label("Ask a question").press("Enter")
    page.locator(".answer .sentence").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. What was said until then is above.").wait_for()
    assert desk.closed.wait(5)
    assert page.locator(".answer .sentence").count() == 1
    ask(page, "What happened?")


def test_closing_the_page_ends_the_writer(visit: "Open", address: str, desk: ScriptedDesk) -> None:
    page = visit(address).page
    desk.closed.clear()
    page.get_by_label("Ask a question").fill("a slow one")
    page.get_by_label("Ask a question").press("Enter")
    page.locator(".answer .sentence").wait_for()
    page.close()
    assert desk.closed.wait(30)


def test_two_tabs_do_not_mix(visit: "Open", address: str, desk: ScriptedDesk) -> None:
    first, second = visit(address).page, visit(address).page
    ask(first, "In the first tab?")
    ask(second, "In the second tab?")
    assert desk.heard[-1][1] == 0
    assert first.locator(".question").all_inner_texts() == ["In the first tab?"]
    assert second.locator(".question").all_inner_texts() == ["In the second tab?"]


def test_hostile_text_stays_text(visit: "Open", address: str) -> None:
    page = visit(address).page
    answer = ask(page, f"odd {XSS}")
    assert XSS in page.locator(".question").inner_text()
    answer.locator("a.cite").first.click()
    page.locator("mark.cited").wait_for()
    assert page.locator("mark.cited").text_content() == f"An odd article says {XSS} here."
    assert page.title() == "Briefing"
    assert page.locator("img[src*='evil']").count() == 0


def test_filters_narrow_and_are_shown(visit: "Open", address: str, desk: ScriptedDesk) -> None:
    page = visit(address).page
    page.get_by_role("button", name="All articles").click()
    page.get_by_label("Since").fill("2026-11-01")
    page.get_by_role("button", name="Only articles since 1 Nov 2026").wait_for()
    ask(page, "What happened?")
    assert desk.heard[-1][2] == Filters(since="2026-11-01")
    page.get_by_label("Outlets").click()
    page.get_by_role("option", name="Valley Times").click()
    page.get_by_role("button", name="Only articles since 1 Nov 2026, Valley Times").wait_for()
    page.get_by_label("Since").fill("soon")
    page.get_by_text("“soon” is no date.").first.wait_for()


def test_the_dark_page_is_dark(visit: "Open", address: str) -> None:
    page = visit(address, dark=True).page
    ask(page, "What happened?")
    ground = page.locator(".gradio-container").first.evaluate("e => getComputedStyle(e).backgroundColor")
    ink = page.locator(".prose").evaluate("e => getComputedStyle(e).color")
    assert _contrast(ground, ink) >= 4.5
    assert _luminance(ground) < 0.05


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out(visit: "Open", address: str, dark: bool) -> None:
    page = visit(address, dark=dark).page
    ask(page, "What was held back?").locator("a.cite").first.click()
    page.locator("mark.cited").wait_for()
    pairs = page.evaluate(_COLOURS)
    weak = [(text, ink, ground) for text, ink, ground in pairs if _contrast(ink, ground) < 4.5]
    assert len(pairs) > 20
    assert weak == []


# The colour of each visible piece of text, and of the nearest ground behind it.
_COLOURS = """() => [...document.querySelectorAll('.gradio-container *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && e.checkVisibility()
               && !e.closest(':disabled') && e.tagName !== 'STYLE' && e.tagName !== 'SCRIPT')
  .map(e => {
    let ground = e;
    while (ground && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    const behind = getComputedStyle(ground || document.body).backgroundColor;
    return [e.textContent.trim().slice(0, 40), getComputedStyle(e).color, behind];
  })"""


def _luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


# Briefing and checking


def test_a_briefing_has_markers_too(visit: "Open", address: str) -> None:
    page = visit(address).page
    page.get_by_role("tab", name="Briefing").click()
    page.get_by_label("Topic").fill("ferry")
    page.get_by_role("button", name="Write the briefing").click()
    page.locator(".brief a.cite").first.click()
    page.wait_for_function("q => document.querySelector('mark.cited')?.textContent === q", arg=_QUOTE)


def test_a_check_lists_every_sentence_with_its_verdict(visit: "Open", address: str) -> None:
    page = visit(address).page
    page.get_by_role("tab", name="Check").click()
    page.get_by_label("Text to check").fill("Nobody was hurt. Two people were hurt. It rained.")
    page.get_by_role("button", name="Check the text").click()
    page.get_by_text("3 sentences: 1 supported, 1 contradicted, 1 not found.").wait_for()
    verdicts = page.locator(".check .verdict").evaluate_all("all => all.map(v => v.dataset.verdict)")
    assert verdicts == ["supported", "contradicted", "not_found"]
    assert page.get_by_text("The source says nobody.").is_visible()


# The library, in a page of its own because it is changed


@pytest.fixture
def empty_address(tmp_path: Path, encoder: Encoder) -> Iterator[str]:
    with Library(tmp_path / "library", encoder) as library:
        yield from serve_in_thread(ScriptedDesk(library, Settings.model_construct(), cast(Any, None)))


def test_articles_come_and_go(visit: "Open", empty_address: str, tmp_path: Path) -> None:
    (tmp_path / "water.txt").write_text("Water notice lifted\nThe water may be drunk again since Friday noon.\n")
    (tmp_path / "void.txt").write_text(" \n")
    good = '{"title": "Ferry late", "text": "The ferry is late.", "source": "Harbour Post"}'
    (tmp_path / "lines.jsonl").write_text(f'{good}\n[]\n{{"title": "No text"}}\n')
    page = visit(empty_address).page
    page.get_by_role("tab", name="Library").click()
    names = ("water.txt", "lines.jsonl", "void.txt")
    page.locator("input[type=file]").set_input_files([tmp_path / name for name in names])
    page.locator(".report .bad", has_text="void.txt").wait_for()
    assert page.get_by_text("water.txt: added “Water notice lifted”").is_visible()
    told = page.locator(".report li", has_text="lines.jsonl").all_inner_texts()
    assert [line.partition("lines.jsonl: ")[2][:15] for line in told] == [
        "1 article added",
        "Line 2: not a J",
        "Line 3: no “tex",
    ]
    page.get_by_label("Choose Water notice lifted").check()
    assert page.locator(".sheet h2").count() == 0
    page.locator(".shelf td", has_text="Harbour Post").click()
    page.get_by_role("heading", name="Ferry late").wait_for()
    page.get_by_role("link", name="Water notice lifted").press("Enter")
    page.get_by_role("heading", name="Water notice lifted").wait_for()
    page.get_by_role("button", name="Remove chosen articles").click()
    assert page.get_by_text("Remove 1 article from the library?").is_visible()
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Remove chosen articles").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.get_by_text("Removed 1 article.").wait_for()
    page.get_by_label("Choose Ferry late").check()
    page.get_by_role("button", name="Remove chosen articles").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    page.locator("#shelf").get_by_text("Your library is empty").wait_for()


def test_an_empty_library_offers_the_samples(visit: "Open", empty_address: str) -> None:
    page = visit(empty_address).page
    page.get_by_role("button", name="Load the sample articles").click()
    page.get_by_role("heading", name="Latest in your library").wait_for(timeout=60_000)
    assert not page.get_by_role("button", name="Load the sample articles").is_visible()


def test_loading_the_samples_shows_at_once_that_it_goes_on(visit: "Open", empty_address: str) -> None:
    page = visit(empty_address).page
    page.route("**/queue/join*", lambda _: None)  # a server that takes its time
    page.get_by_role("button", name="Load the sample articles").click()
    page.get_by_text("Reading the sample articles…").first.wait_for()
    page.get_by_role("button", name="Load the sample articles").wait_for(state="hidden")


def test_a_question_to_an_empty_library_is_told_the_two_ways_on(visit: "Open", empty_address: str) -> None:
    page = visit(empty_address).page
    width = "document.querySelector('#desk').getBoundingClientRect().width"
    before = page.evaluate(width)
    box = page.get_by_label("Ask a question")
    box.fill("What happened?")
    box.press("Enter")
    page.get_by_text("Your library is empty, so there is nothing to read yet.").wait_for()
    assert (box.input_value(), page.evaluate(width)) == ("What happened?", before)
    assert page.get_by_role("button", name="Load the sample articles").is_visible()
    page.get_by_role("button", name="Add your own articles").click()
    page.locator("input[type=file]").wait_for(state="attached")
    assert page.get_by_role("tab", name="Library").get_attribute("aria-selected") == "true"
    for tab, button in (("Briefing", "Write the briefing"), ("Check", "Check the text")):
        page.get_by_role("tab", name=tab).click()
        if tab == "Check":
            page.get_by_label("Text to check").fill("It rained.")
        page.get_by_role("button", name=button).click()
        page.get_by_text("Your library is empty, so there is nothing to read yet.").last.wait_for()


def test_a_removed_article_is_said_to_be_gone(visit: "Open", empty_address: str, tmp_path: Path) -> None:
    (tmp_path / "water.txt").write_text("Water notice lifted\nThe water may be drunk again since Friday noon.\n")
    first, second = visit(empty_address).page, visit(empty_address).page
    for page in (first, second):
        page.get_by_role("tab", name="Library").click()
    first.locator("input[type=file]").set_input_files(tmp_path / "water.txt")
    first.get_by_text("water.txt: added").wait_for()
    second.reload()
    second.get_by_role("link", name="Water notice lifted").wait_for()
    first.get_by_role("tab", name="Library").click()
    first.get_by_label("Choose Water notice lifted").check()
    first.get_by_role("button", name="Remove chosen articles").click()
    first.get_by_role("button", name="Remove", exact=True).click()
    first.get_by_text("Removed 1 article.").wait_for()
    second.get_by_role("link", name="Water notice lifted").click()
    second.get_by_text("This article is no longer in the library.").wait_for()


# The whole of it: the sample articles, the bundled encoder, the writer that needs no model


@pytest.fixture(scope="module")
def real_address(seeded: Library) -> Iterator[str]:
    from assistant.extractive import ExtractiveWriter

    yield from serve_in_thread(Desk(seeded, Settings.model_construct(), ExtractiveWriter()))


def test_the_real_thing_answers_with_words_that_are_there(visit: "Open", real_address: str) -> None:
    page = visit(real_address).page
    answer = ask(page, "How many North Korean soldiers are in Russia?")
    answer.locator("a.cite").first.click()
    page.locator("mark.cited").wait_for()
    assert "10,000" in str(page.locator("mark.cited").text_content())
