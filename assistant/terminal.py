"""Draw articles, reports and answers in a terminal, or as JSON. Decides nothing."""

import json
import signal
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from assistant.answers import Answer, AnswerSentence, Citation, Event, Finished, Notice, Said, Searched, collect
from assistant.checking import WRITER as PASTED_TEXT
from index import ingest, reading
from index.articles import Article
from index.ingest import Added, Result, Unchanged
from index.library import ArticleSummary, Library
from index.reading import Failure, Outcome

_SIGNS = {"supported": "✓ supported", "partly": "◐ partly supported", "contradicted": "✗ contradicted",
          "not_found": "? not found"}  # fmt: skip
_COLOURS = {"supported": "green", "partly": "yellow", "contradicted": "red", "not_found": "red"}


@dataclass(frozen=True)
class Report:
    """What became of each input. `stopped` says that Ctrl-C was pressed before all was done."""

    results: tuple[Result, ...]
    stopped: bool = False

    @property
    def added(self) -> tuple[Article, ...]:
        """The new articles."""
        return tuple(each.article for each in self.results if isinstance(each, Added))

    @property
    def remarked(self) -> tuple[Added, ...]:
        """The new articles of which something was not understood."""
        return tuple(each for each in self.results if isinstance(each, Added) and each.remark)

    @property
    def unchanged(self) -> tuple[Article, ...]:
        """The articles that were there already."""
        return tuple(each.article for each in self.results if isinstance(each, Unchanged))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The inputs that could not become articles."""
        return tuple(each for each in self.results if isinstance(each, Failure))

    def as_json(self) -> dict[str, Any]:
        """The report for `--json`."""
        return {
            "added": [{"id": article.id, "title": article.title} for article in self.added],
            "remarks": [{"id": each.article.id, "remark": each.remark} for each in self.remarked],
            "unchanged": [{"id": article.id, "title": article.title} for article in self.unchanged],
            "failed": [{"origin": failure.origin, "reason": failure.reason} for failure in self.failures],
        }


def add(library: Library, paths: Sequence[Path], *, quiet: bool = False) -> Report:
    """Add files and folders with a progress bar that shows rate and time left.

    Ctrl-C stops after the articles that are being encoded, pressed twice before them; what was added is kept.
    """
    found = list(reading.find_files(paths))
    results: list[Result] = []
    columns = (TextColumn("Adding"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
    with (
        Progress(*columns, console=Console(stderr=True), disable=quiet or not sys.stderr.isatty()) as progress,
        _CtrlC() as ctrl_c,
    ):
        bar = _Bar(progress, sum(map(_articles_in, found)))

        def on_encoded(articles: float) -> None:
            ctrl_c.stop_if_pressed(times=2)
            bar.encoded(articles, stopping=ctrl_c.pressed > 0)

        try:
            for result in ingest.add(library, _read(found, ctrl_c), on_encoded=on_encoded):
                results.append(result)
                bar.finished(result)
        except KeyboardInterrupt:
            return Report(tuple(results), stopped=True)
    return Report(tuple(results))


class _Bar:
    """Moves with the encoding, for articles are recorded several at a time; the pace is the mean since the start.

    What was there already takes no time, so it does not count for the pace.
    """

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._task = progress.add_task("Adding", total=total, pace="")
        self._began = time.perf_counter()
        self._finished, self._encoded, self._ahead = 0, 0.0, 0.0

    def encoded(self, articles: float, *, stopping: bool = False) -> None:
        self._encoded += articles
        self._ahead += articles
        self._draw("stopping after these articles; Ctrl-C stops at once" if stopping else "")

    def finished(self, result: Result) -> None:
        self._finished += 1
        if isinstance(result, Added):
            self._ahead = max(0.0, self._ahead - 1)
        self._draw()

    def _draw(self, note: str = "") -> None:
        done = self._finished + self._ahead
        rate = self._encoded / max(time.perf_counter() - self._began, 1e-9)
        self._progress.update(self._task, completed=done, pace=note or _pace(rate, self._total - done))


def _pace(rate: float, left: float) -> str:
    """Articles a second and the time left, as the bar shows them."""
    if not rate:
        return ""
    seconds = timedelta(seconds=round(max(0.0, left) / rate))
    return f"{rate:.{0 if rate >= 10 else 1}f} articles/s, {seconds} left"


class _CtrlC:
    """Counts how often Ctrl-C is pressed, and raises only where it is asked, so that nothing is left half done.

    Pressed for the third time it raises at once.
    """

    def __init__(self) -> None:
        self.pressed = 0

    def __enter__(self) -> "_CtrlC":
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is signal.default_int_handler:  # else somebody wants no Ctrl-C, such as nohup
            signal.signal(signal.SIGINT, self._count)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _count(self, *_: object) -> None:
        self.pressed += 1
        if self.pressed > 2:
            raise KeyboardInterrupt

    def stop_if_pressed(self, *, times: int = 1) -> None:
        """Raise KeyboardInterrupt when it was pressed so often."""
        if self.pressed >= times:
            raise KeyboardInterrupt


def _read(found: Iterable[Path | Failure], ctrl_c: "_CtrlC") -> Iterator[Outcome]:
    for outcome in _read_each(found):
        ctrl_c.stop_if_pressed()
        yield outcome


def _read_each(found: Iterable[Path | Failure]) -> Iterator[Outcome]:
    for each in found:
        if isinstance(each, Failure):
            yield each
        else:
            yield from reading.read_file(each)


def _articles_in(found: Path | Failure) -> int:
    """How many articles a file may hold: lines for .jsonl, else one."""
    if isinstance(found, Failure) or found.suffix.lower() != ".jsonl":
        return 1
    try:
        with found.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 1


def show_report(report: Report, *, as_json: bool) -> None:
    """Print what became of the inputs: failures and remarks line by line, then the counts."""
    if as_json:
        _print_json(report.as_json())
    else:
        for failure in report.failures:
            _tell(f"{failure.origin}: {failure.reason}")
        for each in report.remarked:
            _tell(f"“{each.article.title}”: added, but {each.remark}")
    if report.stopped:
        _tell(_stopped(len(report.added)))
    elif not as_json:
        print(_counts(report))


def _counts(report: Report) -> str:
    parts = [f"Added {_count(len(report.added), 'article')}"]
    if report.unchanged:
        parts.append(f"{len(report.unchanged)} already there")
    if report.failures:
        parts.append(f"{len(report.failures)} failed")
    return ", ".join(parts) + "."


def _stopped(added: int) -> str:
    were = "was" if added == 1 else "were"
    return f"Stopped. {_count(added, 'article')} {were} added; run the same command again to go on."


def _tell(line: str) -> None:
    print(line, file=sys.stderr)


def show_undated(left_out: int) -> None:
    """Say how many articles a filter by day left out because they have no date."""
    if left_out:
        were = "was" if left_out == 1 else "were"
        _tell(f"{_count(left_out, 'article')} without a date {were} left out.")


def show_articles(articles: Sequence[ArticleSummary], *, as_json: bool) -> None:
    """Print the list of articles."""
    if as_json:
        _print_json([asdict(article) for article in articles])
        return
    if not articles:
        print("No articles yet. Add some, for example: briefing add seeds")
        return
    table = Table("Id", "Date", "Outlet", "Title", "Sentences", box=None, pad_edge=False)
    for each in articles:
        day = (each.published_at or "")[:10]
        table.add_row(each.id[:8], day, escape(each.source or ""), escape(each.title), str(each.sentences))
    Console().print(table)


def show(events: Iterable[Event]) -> Answer:
    """Print an answer as it streams, a sentence a line with its verdict; returns it."""
    return collect(_shown(events))


def show_briefing(events: Iterable[Event]) -> Answer:
    """Print a briefing as it streams, as one paragraph; returns it. Only verdicts other than "supported" are shown."""
    return collect(_shown(events, paragraph=True))


def show_json(answers: Answer | Sequence[Answer]) -> None:
    """Print one answer, or several as a list, as JSON."""
    if isinstance(answers, Answer):
        _print_json(answers.as_json())
    else:
        _print_json([answer.as_json() for answer in answers])


def _shown(events: Iterable[Event], *, paragraph: bool = False) -> Iterator[Event]:
    console = Console(highlight=False, soft_wrap=True)
    for event in events:
        match event:
            case Searched(asked, searched):
                console.print(f"[dim]“{escape(asked)}” in {_count(searched.articles, 'article')}[/dim]\n")
            case Said(sentence) if paragraph:
                console.print(_in_paragraph(sentence), end=" ")
            case Said(sentence):
                console.print(f"{_cited(sentence)}  {_sign(sentence)}{_reasons(sentence)}")
            case Notice(text):
                Console(stderr=True, highlight=False, soft_wrap=True).print(f"[yellow]{escape(text)}[/yellow]")
            case Finished(answer):
                if paragraph and answer.sentences:
                    _end_paragraph(console, answer)
                _show_end(answer)
        yield event


def _in_paragraph(sentence: AnswerSentence) -> str:
    return _cited(sentence) + ("" if sentence.verdict == "supported" else f" ({_mark(sentence)})")


def _end_paragraph(console: Console, answer: Answer) -> None:
    """End the line, and give the reasons for each verdict other than "supported"."""
    console.print()
    for sentence in answer.sentences:
        if sentence.verdict != "supported":
            console.print(f"\n{_sign(sentence)}: “{escape(sentence.text)}”{_reasons(sentence)}")


def _cited(sentence: AnswerSentence) -> str:
    markers = "".join(f"[{citation.key}]" for citation in sentence.citations)
    return escape(f"{sentence.text} {markers}".rstrip())


def _sign(sentence: AnswerSentence) -> str:
    """The verdict in words and colour, with its score unless that is 1, the source's own words."""
    return _mark(sentence) if sentence.score == 1 else f"{_mark(sentence)} [dim]{sentence.score:.2f}[/dim]"


def _mark(sentence: AnswerSentence) -> str:
    return f"[{_COLOURS[sentence.verdict]}]{_SIGNS[sentence.verdict]}[/]"


def _reasons(sentence: AnswerSentence) -> str:
    shown = sentence.nearest[:1] if sentence.verdict == "not_found" else ()
    near = (f"Nearest: {_source(citation)}".replace("\n    ", " ") for citation in shown)
    return "".join(f"\n    [dim]{escape(line)}[/dim]" for line in (*sentence.reasons, *near))


def _show_end(answer: Answer) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if answer.status == "not_found" and answer.writer != PASTED_TEXT:
        console.print(_not_found(answer))
        for citation in answer.nearest:
            console.print(f"  {escape(_source(citation))}")
        for notice in answer.notices:
            console.print(f"[dim]{escape(notice)}[/dim]")
    if answer.citations:
        console.print()
        said = {sentence.text for sentence in answer.sentences}
        for citation in answer.citations:
            console.print(escape(f"[{citation.key}] {_source(citation, said=said)}"))
    if answer.status == "incomplete":
        console.print("[yellow]The answer is incomplete: the model stopped in the middle.[/yellow]")
    if answer.held:
        them = "it" if len(answer.held) == 1 else "them"
        console.print(f"[dim]{_count(len(answer.held), 'sentence')} held back, because nothing backs {them}.[/dim]")
    console.print(f"[dim]Writer: {escape(answer.writer)}. {answer.seconds.total:.1f} s.[/dim]")


def _not_found(answer: Answer) -> str:
    searched = answer.searched
    days = f", {searched.first_day} to {searched.last_day}" if searched.first_day else ""
    near = " The nearest sentences:" if answer.nearest else ""
    return f"Not in your articles ({_count(searched.articles, 'article')} searched{days}).{near}"


def _source(citation: Citation, *, said: Collection[str] = ()) -> str:
    """The article of a citation, with the quote unless the answer says just that."""
    article = citation.article
    place = ", ".join(part for part in (article.source, (article.published_at or "")[:10]) if part)
    where = f"{article.title}{f' ({place})' if place else ''}"
    return where if citation.quote in said else f"{citation.quote}\n    — {where}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
