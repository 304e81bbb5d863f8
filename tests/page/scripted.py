"""Scripted answers over a real library, and what the page's tests share besides fixtures."""

import queue
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from assistant.answers import (
    Answer,
    AnswerSentence,
    Citation,
    Event,
    Finished,
    Held,
    Notice,
    Said,
    Searched,
    Seconds,
)
from assistant.page.app import build_app
from assistant.page.desk import Desk
from index.articles import Article
from index.errors import BriefingError
from index.library import Filters

XSS = "<img src=http://evil.example/x onerror=\"document.title='owned'\"><script>alert(1)</script>${1+1}{{this}}"

# Long enough that the marked sentence of the first one lies below the fold of the panel.
_FILLER = "\n".join(
    f"The port office gave out timetable number {n}. Ships came and went as planned." for n in range(40)
)
ARTICLES = [
    Article.make(
        title="Ferry held at Tern Harbour after steering fault",
        text=f"The ferry left at dawn.\n{_FILLER}\nThe steering failed near the “Gull” rock at 6.40 a.m."
        "\nNobody was hurt.",
        source="The Harbour Post",
        author="Ann Writer",
        published_at="2026-10-04",
        url="https://example.org/ferry",
    ),
    Article.make(
        title="Plant talks adjourned",
        text="Talks at the plant were adjourned on Monday. Both sides will meet again in a week.",
        source="Valley Times",
        published_at="2026-11-02",
    ),
    Article.make(title=f"Odd title {XSS}", text=f"An odd article says {XSS} here. It ends.", source="Odd & Sons"),
]


@dataclass(frozen=True)
class ScriptedDesk(Desk):
    """Answers by a word in the question: slow, broken, crash, nothing, held, odd; else two cited sentences."""

    released: threading.Event = field(default_factory=threading.Event)
    closed: threading.Event = field(default_factory=threading.Event)
    heard: list[tuple[str, int, Filters]] = field(default_factory=list)

    def ask(  # noqa: C901  a script: one plain line after the other
        self, question: str, history: Sequence[tuple[str, Answer]], filters: Filters
    ) -> Iterator[Event]:
        self.heard.append((question, len(history), filters))
        searched = self.library.coverage(filters)
        asked = f"{question} (ferry)" if history else question
        yield Searched(asked, searched)
        sentences = [self.said("The steering failed", 1), self.said("Talks at the plant", 2)]
        if "nothing" in question:
            near = (self.citation("Nobody was hurt", 1),)
            yield Finished(Answer(question, asked, "not_found", searched, "extractive", nearest=near))
            return
        if "broken" in question:
            raise BriefingError("The model at http://127.0.0.1:9 does not answer. Start it, or unset BRIEFING_MODEL.")
        if "crash" in question:
            raise RuntimeError("a fault of ours")
        if "slow" in question:
            try:
                yield Said(sentences[0])
                while not self.released.wait(0.02):
                    yield Searched(asked, searched)
            finally:
                self.closed.set()
        if "notice" in question:
            yield Notice("The model stopped answering.")
        if "odd" in question:
            sentences = [self.said("An odd article", 1)]
        if "long" in question:
            sentences = [self.said("The ferry left", 1), self.said("The steering failed", 2), *sentences[1:]]
        held: tuple[AnswerSentence, ...] = ()
        if "held" in question:
            held = (AnswerSentence("The mayor resigned.", "not_found", 0.1, ("Not in the sources: mayor.",)),)
            partly = AnswerSentence(
                "It failed at noon.", "partly", 0.5, ("Not in the sources: noon.",), sentences[0].citations
            )
            sentences.append(partly)
            yield Held(held[0])
        for sentence in sentences:
            yield Said(sentence)
        seconds = Seconds(0.1, 0.1, 0.2)
        yield Finished(
            Answer(question, asked, "answered", searched, "extractive", tuple(sentences), (), held, (), seconds)
        )

    def brief(self, topic: str | None, filters: Filters, words: int) -> Iterator[Event]:
        searched = self.library.coverage(filters)
        yield Searched(topic or "3 articles", searched)
        sentences = (self.said("The steering failed", 1), self.said("Talks at the plant", 2))
        for sentence in sentences:
            yield Said(sentence)
        yield Finished(
            Answer(topic or "", topic or "3 articles", "answered", searched, "extractive", sentences, kind="topic")
        )

    def check(self, text: str, filters: Filters) -> Iterator[Event]:
        searched = self.library.coverage(filters)
        yield Searched("", searched)
        good = self.said("Nobody was hurt", 1)
        bad = AnswerSentence("Two people were hurt.", "contradicted", 0.4, ("The source says nobody.",), good.citations)
        sentences = (
            good,
            bad,
            AnswerSentence("It rained.", "not_found", 0.0, ("Not in the nearest sentence: rained.",)),
        )
        for sentence in sentences:
            yield Said(sentence)
        yield Finished(Answer("", "", "partial", searched, "pasted text", sentences))

    def warm_up(self) -> None:
        """Nothing to load."""

    def citation(self, start: str, key: int) -> Citation:
        for summary in self.library.list_articles():
            article, sentences = self.library.article_and_sentences(summary.id)
            for sentence in sentences:
                if sentence.quote.startswith(start):
                    return Citation.of(key, article, sentence.span)
        raise AssertionError(start)

    def said(self, start: str, key: int) -> AnswerSentence:
        citation = self.citation(start, key)
        return AnswerSentence(citation.quote, "supported", 1.0, (), (citation,))


def serve_in_thread(desk: Desk) -> Iterator[str]:
    """The page at a free port, until the generator is closed; yields its address."""
    started: queue.Queue[uvicorn.Server] = queue.Queue()

    def run() -> None:  # the app is built here because Playwright keeps a loop running in the test's thread
        # An open tab keeps a connection for ever; so closing does not wait for it.
        config = uvicorn.Config(build_app(desk), port=0, log_level="critical", ws="none", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        started.put(server)
        server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    server = started.get(timeout=60)
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def fetch(url: str, headers: dict[str, str] | None = None) -> Any:
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10)
