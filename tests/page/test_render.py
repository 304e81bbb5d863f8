"""What answers and articles look like as HTML: every text escaped, every name as promised, every mark exact."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from html.parser import HTMLParser
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, AnswerSentence, Citation, Finished, Held, Notice, Said, Searched, VerdictLabel
from assistant.page import markers, panel, render, wording
from assistant.page.telling import Conversation, Job, Telling
from index.articles import Article, Span
from index.library import ArticleSummary, Coverage, Filters, Library

EVIL = "<img src=x onerror=alert(1)> \"'&amp; <script>alert(1)</script>"
ARTICLE = Article.make(
    title="Ferry held",
    text="It left at dawn.\nIt failed. Nobody was hurt.",
    source="The Post",
    published_at="2026-10-04",
)
COVERAGE = Coverage(19, "2026-09-03", "2026-11-04")


def citation(key: int = 1, quote: str = "It failed.", article: Article = ARTICLE) -> Citation:
    start = article.text.index(quote)
    return Citation(key, article, start, start + len(quote), quote)


def said(text: str = "It failed.", verdict: VerdictLabel = "supported", *reasons: str) -> AnswerSentence:
    return AnswerSentence(text, verdict, 0.9, reasons, (citation(),))


def told(answer: Answer | None = None, job: Job = "ask", text: str = "What happened?") -> Telling:
    telling = Telling(job, text)
    telling.hear([Searched(text, COVERAGE), *([Finished(answer)] if answer else [])])
    return telling


def answer(*sentences: AnswerSentence, **fields: object) -> Answer:
    given: dict[str, object] = {"question": "q", "asked": "q", "status": "answered", "searched": COVERAGE}
    return Answer(**{**given, "writer": "extractive", "sentences": sentences, **fields})  # type: ignore[arg-type]


class Elements(HTMLParser):
    """The elements of a piece of HTML and its text, as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def marked(html: str, kind: str) -> list[str]:
    return [unescape(inner) for inner in re.findall(f'<mark class="{kind}">(.*?)</mark>', html, re.DOTALL)]


def test_a_marker_has_the_steady_names() -> None:
    [(tag, attributes)] = Elements(render.marker(citation())).found
    assert tag == "a"
    assert attributes["class"] == "cite"
    assert attributes["aria-label"] == "Source 1: The Post, Ferry held"
    assert attributes["title"] == "It failed."
    assert Elements(render.marker(citation())).text == "[1]"


def test_a_marker_without_outlet_names_the_title() -> None:
    article = Article.make(title="Untold", text="It failed.")
    assert 'aria-label="Source 2: Untold"' in render.marker(citation(2, article=article))


def test_a_marker_leads_back_to_its_words() -> None:
    place = markers.parse(markers.link(citation()))
    assert place is not None
    assert place.span is not None
    assert ARTICLE.text[place.span.start : place.span.end] == "It failed."


@pytest.mark.parametrize("verdict", ["supported", "partly", "contradicted", "not_found"])
def test_a_verdict_has_an_icon_and_words(verdict: VerdictLabel) -> None:
    html = render.verdict(said(verdict=verdict))
    icon, words = wording.VERDICTS[verdict]
    assert f'class="verdict" data-verdict="{verdict}"' in html
    assert icon in Elements(html).text
    assert words in Elements(html).text
    assert (f'<span class="unseen"> {words}' in html) == (verdict == "supported")
    assert "score 90 of 100" in Elements(html).text
    assert "score 90 of 100" in Elements(render.verdict(said(verdict=verdict), quiet=False)).text


def test_reasons_are_behind_a_why() -> None:
    html = render.sentence(said("It failed at noon.", "partly", "Not in the source: noon."))
    assert "<details" in html
    assert "Not in the source: noon." in html
    assert "<details" not in render.sentence(said())


@pytest.mark.parametrize("job", ["ask", "brief", "check"])
def test_nothing_told_becomes_markup(job: Job) -> None:
    article = Article.make(
        title=EVIL, text=f"Odd: {EVIL}.", source=EVIL, author=EVIL, url=EVIL, published_at="2026-10-04"
    )
    quoted = citation(1, "Odd", article)
    evil = AnswerSentence(EVIL, "partly", 0.5, (EVIL,), (quoted,))
    full = answer(evil, held=(evil,), notices=(EVIL,), nearest=(quoted,), status="not_found", writer=EVIL, asked=EVIL)
    failed = told(job=job, text=EVIL)
    failed.error = EVIL
    pieces = [render.telling(told(full, job, "other")), render.telling(failed)]
    html = "".join("".join(part) for piece in pieces for part in piece.values())
    html += render.article(article, Span(0, 3), [Span(4, 9)]) + render.message(EVIL) + render.hint(EVIL)
    html += render.shelf([summary(title=EVIL, source=EVIL)]) + render.front([summary(title=EVIL, source=EVIL)])
    html += render.report([(False, EVIL)], done=0, total=1, name=EVIL)
    elements = Elements(html)
    assert not {"img", "script"} & {tag for tag, _ in elements.found}
    assert not any(name.startswith("on") for _, attributes in elements.found for name in attributes)
    assert all(str(a["href"]).startswith(("#cite-", "#article-")) for _, a in elements.found if "href" in a)


def summary(**fields: str) -> ArticleSummary:
    given = {"id": "0" * 32, "title": "A", "source": None, "author": None, "published_at": "2026-10-04", "url": None}
    return ArticleSummary(**{**given, **fields}, origin=None, added_at="", sentences=2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("full", "words"),
    [
        pytest.param(answer(status="not_found"), "Searched: 19 articles, 3 Sep 2026 – 4 Nov 2026", id="not found"),
        pytest.param(answer(status="not_found", nearest=(citation(),)), "The nearest sentences:", id="nearest"),
        pytest.param(
            answer(status="not_found", searched=Coverage(0, None, None), notices=("No nearby sentence says “x”.",)),
            "No article passes the filters, so nothing was searched.",
            id="nothing searched",
        ),
        pytest.param(answer(status="not_found"), "No answer was found in your articles.", id="no answer"),
        pytest.param(
            answer(status="not_found", held=(said(),)), "back nothing of what the writer said", id="all held back"
        ),
        pytest.param(answer(said(verdict="partly"), status="partial"), "Sentences marked ◐ are not", id="partly"),
        pytest.param(
            answer(said(), status="partial", held=(said(),)), "back only part of what the writer said", id="partial"
        ),
        pytest.param(
            answer(said(), said(verdict="contradicted"), status="partial"), "back only part of what", id="against"
        ),
        pytest.param(answer(said(), status="incomplete"), "This answer is incomplete", id="incomplete"),
        pytest.param(answer(said()), "Sources: 1 sentence in 1 article", id="sources"),
        pytest.param(answer(said(), writer="gpt-x"), "0 sentences held back", id="none held back"),
        pytest.param(answer(said(), held=(said(),)), "1 sentence held back", id="one held back"),
        pytest.param(answer(said(), writer="gpt-x"), "written by gpt-x", id="writer"),
    ],
)
def test_the_foot_says_how_it_stands(full: Answer, words: str) -> None:
    assert words in Elements(str(render.telling(told(full))["foot"])).text


@pytest.mark.parametrize(
    "full",
    [
        pytest.param(answer(said()), id="in the articles' own words"),
        pytest.param(answer(status="not_found", writer="gpt-x"), id="no model asked"),
    ],
)
def test_where_no_model_wrote_nothing_is_said_of_held_back_sentences(full: Answer) -> None:
    assert "held back" not in Elements(str(render.telling(told(full))["foot"])).text


def test_where_nothing_was_searched_no_word_is_missed() -> None:
    full = answer(status="not_found", searched=Coverage(0, None, None), notices=("No nearby sentence says “x”.",))
    assert "No nearby" not in "".join(str(part) for part in render.telling(told(full)).values())


@pytest.mark.parametrize("length", [200, 201, 12_000])
def test_a_long_question_is_shortened(length: int) -> None:
    head = Elements(str(render.telling(told(answer(), text="x" * length))["head"])).text
    question = head.partition("Searched for")[0]
    assert len(question) == 200
    assert question.endswith("…") == (length > 200)


def test_line_ends_in_a_question_change_nothing() -> None:
    assert "Searched for" not in str(render.telling(told(answer(asked="What then?"), text="What\n then?"))["head"])


def test_a_question_made_to_stand_alone_is_shown() -> None:
    assert "Searched for: When did the ferry fail?" in str(
        render.telling(told(answer(asked="When did the ferry fail?"), text="When?"))["head"]
    )
    assert "Searched for" not in str(render.telling(told(answer(asked="When?"), text="When?"))["head"])


def test_a_check_counts_its_verdicts() -> None:
    full = answer(said(), said(verdict="not_found"), said(verdict="not_found"))
    head = str(render.telling(told(full, "check"))["head"])
    assert "3 sentences: 1 supported, 2 not found." in head


def test_a_telling_grows_and_can_be_stopped() -> None:
    conversation = Conversation()
    telling = conversation.begin("ask", "q")
    telling.hear([Searched("q", COVERAGE), Said(said()), Held(said("Held.")), Notice("Slow.")])
    drawn = render.telling(telling)
    assert len(drawn["sentences"]) == 1
    assert "Slow." in drawn["notices"]
    conversation.stop()
    telling.hear([Said(said("Too late."))])
    assert len(telling.sentences) == 1
    assert "Stopped" in str(render.telling(telling)["foot"])
    assert conversation.history == []


def test_a_stop_stays_a_stop_and_the_end_stays_an_end() -> None:
    stopped, ended = Telling("ask", "q"), told(answer(said()))
    for telling in (stopped, ended):
        telling.stop()
        telling.stop()
    assert (stopped.stopped, stopped.running) == (True, False)
    assert not ended.stopped


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Gradio's, on import
def test_the_handler_leaves_an_answer_stopped_that_was_stopped_before_it_ended(library: Library) -> None:
    from assistant.page.handlers import Handlers

    conversation, handlers = Conversation(), Handlers(cast(Any, None))

    async def ask() -> None:
        steps = handlers._tell("ask", "q", conversation, lambda: iter([Searched("q", COVERAGE)]))
        await anext(steps)
        handlers.stop(conversation)
        async for _ in steps:
            pass

    with ThreadPoolExecutor() as threads:  # Playwright keeps a loop running in this one
        threads.submit(lambda: asyncio.run(ask())).result()
    assert conversation.tellings[0].stopped


def test_a_long_list_says_that_it_is_cut() -> None:
    articles = [summary(title=f"Title {number}") for number in range(501)]
    cut = Elements(render.shelf(articles))
    assert "Only the newest 500 of 501 articles are listed." in cut.text
    assert ("Title 499" in cut.text, "Title 500" in cut.text) == (True, False)
    assert "Only the newest" not in render.shelf(articles[:500])


def test_only_whole_answers_are_history() -> None:
    conversation = Conversation()
    conversation.begin("ask", "first").hear([Finished(answer(said()))])
    conversation.begin("ask", "second").error = "It broke."
    assert [question for question, _ in conversation.history] == ["first"]


def test_the_head_of_an_article_says_where_it_stood_and_when() -> None:
    head = render.article(ARTICLE).partition("</header>")[0]
    assert Elements(head).text == "Ferry heldThe Post · 4 Oct 2026"


def test_the_cited_words_are_marked_exactly() -> None:
    html = render.article(ARTICLE, Span(17, 27), [Span(28, 44)])
    assert marked(html, "cited") == ["It failed."]
    assert marked(html, "also") == ["Nobody was hurt."]


def test_a_mark_across_lines_stays_whole() -> None:
    html = render.article(ARTICLE, Span(3, 27))
    assert marked(html, "cited") == [ARTICLE.text[3:27]]


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())), st.data())
def test_any_span_is_marked_as_the_article_has_it(text: str, data: st.DataObject) -> None:
    article = Article.make(title="T", text=f"x{text}")
    place = st.integers(0, len(article.text))
    spans = [Span(*sorted((data.draw(place), data.draw(place)))) for _ in range(3)]
    cited, *also = [span for span in spans if span.start < span.end] or [Span(0, 1)]
    html = render.article(article, cited, also)
    assert marked(html, "cited") == [article.text[cited.start : cited.end]]
    body = unescape(re.sub(r"<[^>]*>", "", html[html.index('<div class="text">') :]))
    assert "".join(body.split()) == "".join(article.text.split())


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(None, id="nothing"),
        pytest.param([], id="a list"),
        pytest.param({"target": None}, id="no target"),
        pytest.param({"target": "javascript:alert(1)"}, id="a script"),
        pytest.param({"target": "#cite-zz-1-2"}, id="no id"),
        pytest.param({"target": f"#cite-{'0' * 32}-1-2-3"}, id="too much"),
        pytest.param({"target": f"#cite-{'0' * 32}-١-٢"}, id="other digits"),
    ],
)
def test_what_is_no_marker_opens_nothing(library: Library, request_: object) -> None:
    assert panel.open_article(library, request_) == render.message("This marker leads nowhere.")


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        pytest.param(Filters(), "", id="none"),
        pytest.param(Filters(since="2026-11-01"), "since 1 Nov 2026", id="since"),
        pytest.param(Filters(until="2026-11-01", sources=("A", "B")), "until 1 Nov 2026, A, B", id="until and outlets"),
    ],
)
def test_filters_read_as_text(filters: Filters, words: str) -> None:
    assert wording.filters(filters) == words


@pytest.mark.parametrize(
    ("published_at", "shown"),
    [("2026-11-04", "4 Nov 2026"), ("2026-11-04T10:00:00", "4 Nov 2026"), ("spring", "spring"), (None, "")],
)
def test_days(published_at: str | None, shown: str) -> None:
    assert wording.day(published_at) == shown
