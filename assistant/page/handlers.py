"""What happens when something is pressed: from the page's inputs to what it then shows. No layout here."""

import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answers import Event
from assistant.page import render, wording
from assistant.page.desk import Desk
from assistant.page.pace import paced
from assistant.page.telling import Conversation, Job
from index import ingest
from index.articles import Article
from index.errors import BadRequest, BriefingError
from index.library import ArticleSummary, Filters
from index.reading import Failure, read_bytes, read_file
from seeds import seed_files

# A longer list makes the page slow to load.
_MOST_CHOICES = 1000
# Of one file; more lines would bury the other files.
_MOST_FAILURES = 10
_EMPTY = (
    "Your library is empty, so there is nothing to read yet. Load the sample articles, or add your own under Library."
)
_BROKEN = "Something went wrong inside briefing, and the details are in the terminal. You can go on asking."
_log = logging.getLogger(__name__)

Update = Any  # what Gradio takes as an output: a value or gr.update(…)


class Handlers:
    """The page's event handlers over one desk. Those that tell an answer yield (view, hint, go, stop)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Answers

    async def ask(
        self, question: str, told: Conversation, since: str, until: str, outlets: list[str]
    ) -> AsyncGenerator[tuple[Update, ...], None]:
        """Answer a question; yields (view, question box, hint, go, stop)."""
        question = (question or "").strip()
        if not question:
            yield gr.skip(), gr.skip(), render.hint("Type a question first."), gr.skip(), gr.skip()
            return
        if self._is_empty():
            yield gr.skip(), gr.skip(), render.hint(_EMPTY), gr.skip(), gr.skip()
            return
        history = told.history
        tell = self._tell(
            "ask", question, told, lambda: self._desk.ask(question, history, _filters(since, until, outlets))
        )
        async with aclosing(tell) as steps:
            box: Update = ""
            async for view, hint, go, stop in steps:
                yield view, box, hint, go, stop
                box = gr.skip()

    async def brief(
        self, topic: str, chosen: list[str], words: int, told: Conversation, since: str, until: str, outlets: list[str]
    ) -> AsyncGenerator[tuple[Update, ...], None]:
        """Write a briefing in place of the last one."""
        if self._is_empty():
            yield gr.skip(), render.hint(_EMPTY), gr.skip(), gr.skip()
            return
        told.clear()

        def events() -> Iterator[Event]:
            filters = _filters(since, until, outlets, chosen)
            return self._desk.brief((topic or "").strip() or None, filters, int(words))

        async with aclosing(self._tell("brief", (topic or "").strip(), told, events)) as steps:
            async for step in steps:
                yield step

    async def check(
        self, text: str, told: Conversation, since: str, until: str, outlets: list[str]
    ) -> AsyncGenerator[tuple[Update, ...], None]:
        """Check a text in place of the last one."""
        if not (text or "").strip():
            yield gr.skip(), render.hint("Paste a text first."), gr.skip(), gr.skip()
            return
        if self._is_empty():
            yield gr.skip(), render.hint(_EMPTY), gr.skip(), gr.skip()
            return
        told.clear()
        tell = self._tell("check", text, told, lambda: self._desk.check(text, _filters(since, until, outlets)))
        async with aclosing(tell) as steps:
            async for step in steps:
                yield step

    def _is_empty(self) -> bool:
        return not self._desk.library.coverage().articles

    async def _tell(
        self, job: Job, text: str, told: Conversation, events: Callable[[], Iterator[Event]]
    ) -> AsyncGenerator[tuple[Update, ...], None]:
        telling = told.begin(job, text)
        try:
            with paced(_from_start(events)) as batches:
                yield render.conversation(told), "", gr.update(visible=False), gr.update(visible=True)
                async for batch in batches:
                    telling.hear(batch)
                    yield render.conversation(told), gr.skip(), gr.skip(), gr.skip()
        except BriefingError as error:
            telling.error = str(error)
        except Exception:  # noqa: BLE001  the page's edge: a fault of ours must not end the conversation
            _log.exception("A fault while telling an answer")
            telling.error = _BROKEN
        finally:
            telling.stop()  # left early: stopped, or the page was closed
        yield render.conversation(told), gr.skip(), gr.update(visible=True), gr.update(visible=False)

    def stop(self, told: Conversation) -> tuple[Update, ...]:
        """After the running answer was cancelled: (view, go, stop)."""
        told.stop()
        return render.conversation(told), gr.update(visible=True), gr.update(visible=False)

    def start_over(self, told: Conversation) -> tuple[Update, ...]:
        """An empty conversation: (view, go, stop)."""
        told.clear()
        return [], gr.update(visible=True), gr.update(visible=False)

    # Filters

    def describe(self, since: str, until: str, outlets: list[str]) -> tuple[Update, str]:
        """The filters as text: (accordion, hint)."""
        try:
            shown = wording.filters(_filters(since, until, outlets))
        except BadRequest as error:
            return gr.update(label=filters_label("")), render.hint(str(error))
        return gr.update(label=filters_label(shown)), ""

    # Library

    def library_view(self) -> tuple[Update, ...]:
        """(masthead, front, outlets, choices, shelf, ways out of an empty library, sample button)."""
        library = self._desk.library
        articles = library.list_articles()
        empty = gr.update(visible=not articles)
        return (
            render.masthead(library.coverage()),
            render.front(articles),
            gr.update(choices=library.sources()),
            gr.update(
                choices=[(_choice(each), each.id) for each in articles[:_MOST_CHOICES]],
                info=wording.newest(_MOST_CHOICES, len(articles)) or None,
            ),
            render.shelf(articles),
            empty,
            empty,
        )

    def add_files(self, paths: list[str] | None) -> Iterator[tuple[Update, ...]]:
        """Add uploaded files one by one; yields (report, upload box, *library_view)."""
        files = [Path(path) for path in paths or []]
        yield from self._add([(path.name, _read_and_delete(path)) for path in files])

    def add_samples(self) -> Iterator[tuple[Update, ...]]:
        """Add the sample articles, as add_files does."""
        yield from self._add([(path.name, read_file(path)) for path in seed_files()])

    def _add(self, files: Sequence[tuple[str, Iterator[Article | Failure]]]) -> Iterator[tuple[Update, ...]]:
        lines: list[tuple[bool, str]] = []
        masthead, rest = gr.skip(), (gr.skip(),) * 5
        for done, (name, outcomes) in enumerate(files):
            report = render.report(lines, done=done, total=len(files), name=name)
            yield report, gr.skip(), masthead, report, *rest
            lines += self._add_one(name, outcomes)
        yield render.report(lines, done=len(files), total=len(files)), None, *self.library_view()

    def _add_one(self, name: str, outcomes: Iterator[Article | Failure]) -> list[tuple[bool, str]]:
        try:
            return _result_lines(name, ingest.add_all(self._desk.library, outcomes))
        except BriefingError as error:
            return [(False, f"{name}: {error}")]
        except Exception:  # noqa: BLE001  one bad file must not lose the others
            _log.exception("A fault while adding %s", name)
            return [(False, f"{name}: could not be added; the details are in the terminal.")]

    def remove(self, event: gr.EventData) -> tuple[Update, ...]:
        """Remove the articles chosen in the shelf: (report, *library_view)."""
        sent = getattr(event, "ids", None)
        ids = [each for each in sent if isinstance(each, str)] if isinstance(sent, list) else []
        try:
            self._desk.library.remove(ids)
        except BriefingError as error:
            return render.report([(False, str(error))], done=0, total=0), *self.library_view()
        line = f"Removed {wording.count(len(ids), 'article')}."
        return render.report([(True, line)], done=0, total=0), *self.library_view()


def filters_label(shown: str) -> str:
    """The line that the filters are folded into."""
    if not shown:
        return "All articles · filter by date or outlet"
    return f"Only articles {'' if shown.startswith(('since', 'until')) else 'of '}{shown}"


def _from_start(events: Callable[[], Iterator[Event]]) -> Iterator[Event]:
    """The events; also what is done before the first of them happens off the page's thread."""
    yield from events()


def _filters(
    since: str | None, until: str | None, outlets: list[str] | None, chosen: list[str] | None = None
) -> Filters:
    return Filters(_day(since), _day(until), tuple(outlets or ()), tuple(chosen or ()))


def _day(typed: str | None) -> str | None:
    typed = (typed or "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as error:
        raise BadRequest(f"“{typed}” is no date. Write it as year-month-day, such as 2026-11-04.") from error


def _choice(each: ArticleSummary) -> str:
    about = ", ".join(filter(None, (each.source, wording.day(each.published_at))))
    return f"{each.title} ({about})" if about else each.title


def _read_and_delete(path: Path) -> Iterator[Article | Failure]:
    """Read an upload; the copy that the upload made is deleted as soon as it is read."""
    try:
        data = path.read_bytes()
    finally:
        path.unlink(missing_ok=True)
    yield from read_bytes(path.name, data)


def _result_lines(name: str, results: Sequence[ingest.Result]) -> list[tuple[bool, str]]:
    """What became of one file: a line for what went well, and one for each of the first failures."""
    added = [result for result in results if isinstance(result, ingest.Added)]
    unchanged = sum(isinstance(result, ingest.Unchanged) for result in results)
    failures = [result for result in results if isinstance(result, Failure)]
    if len(results) == 1 and added:
        return [(True, f"{name}: added “{added[0].article.title}”")]
    good = [
        f"{wording.count(len(added), 'article')} added" if added else "",
        f"{wording.count(unchanged, 'article')} already there" if unchanged else "",
    ]
    lines = [(True, f"{name}: {', '.join(filter(None, good))}")] if any(good) else []
    lines += [(False, f"{name}: {failure.reason}") for failure in failures[:_MOST_FAILURES]]
    if len(failures) > _MOST_FAILURES:
        lines.append((False, f"{name}: {len(failures) - _MOST_FAILURES:,} more could not be read."))
    return lines or [(False, f"{name}: holds no article")]
