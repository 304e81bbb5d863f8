"""Draw articles, reports and answers in a terminal, or as JSON. Decides nothing."""

import json
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.answers import Answer, AnswerSentence, Citation, Event, Finished, Held, Notice, Said, Searched, collect
from assistant.checking import WRITER as PASTED_TEXT
from index import ingest, reading
from index.articles import Article
from index.ingest import Added, Result, Unchanged
from index.library import ArticleSummary, Library
from index.reading import Failure

_SIGNS = {"supported": "✓ supported", "partly": "◐ partly supported", "contradicted": "✗ contradicted",
          "not_found": "? not found"}  # fmt: skip
_COLOURS = {"supported": "green", "partly": "yellow", "contradicted": "red", "not_found": "red"}


@dataclass(frozen=True)
class Report:
    """What became of each input."""

    results: tuple[Result, ...]

    @property
    def added(self) -> tuple[Article, ...]:
        """The new articles."""
        return tuple(each.article for each in self.results if isinstance(each, Added))

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
            "unchanged": [{"id": article.id, "title": article.title} for article in self.unchanged],
            "failed": [{"origin": failure.origin, "reason": failure.reason} for failure in self.failures],
        }


def add(library: Library, paths: Sequence[Path], *, quiet: bool = False) -> Report:
    """Add files and folders with a progress bar that shows rate and time left."""
    found = list(reading.find_files(paths))
    results: list[Result] = []
    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("Adding"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet or not sys.stderr.isatty()) as progress:
        task = progress.add_task("Adding", total=sum(map(_articles_in, found)), rate="")
        for result in ingest.add(library, _read(found)):
            results.append(result)
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:.0f} articles/s" if speed else "")
    return Report(tuple(results))


def _read(found: Iterable[Path | Failure]) -> Iterator[Article | Failure]:
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
    """Print what became of the inputs: failures line by line, then the counts."""
    if as_json:
        _print_json(report.as_json())
        return
    for failure in report.failures:
        print(f"{failure.origin}: {failure.reason}", file=sys.stderr)
    parts = [f"Added {_count(len(report.added), 'article')}"]
    if report.unchanged:
        parts.append(f"{len(report.unchanged)} already there")
    if report.failures:
        parts.append(f"{len(report.failures)} failed")
    print(", ".join(parts) + ".")


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
    """Print an answer as it streams; returns it."""
    return collect(_shown(events))


def show_answer(events: Iterable[Event], *, as_json: bool) -> None:
    """Print an answer as it streams, or whole as JSON."""
    if as_json:
        show_json(collect(events))
    else:
        show(events)


def show_json(answers: Answer | Sequence[Answer]) -> None:
    """Print one answer, or several as a list, as JSON."""
    if isinstance(answers, Answer):
        _print_json(answers.as_json())
    else:
        _print_json([answer.as_json() for answer in answers])


def _shown(events: Iterable[Event]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, Finished):
            _show_end(event.answer)
        else:
            _show_event(event)
        yield event


def _show_event(event: Event) -> None:
    console = Console(highlight=False, soft_wrap=True)
    match event:
        case Searched(asked, searched):
            articles = _count(searched.articles, "article")
            console.print(f"[dim]“{escape(asked)}” in {articles}[/dim]\n")
        case Said(sentence):
            console.print(_sentence(sentence))
        case Held(_):
            pass
        case Notice(text):
            Console(stderr=True, highlight=False, soft_wrap=True).print(f"[yellow]{escape(text)}[/yellow]")


def _sentence(sentence: AnswerSentence) -> str:
    markers = "".join(f"[{citation.key}]" for citation in sentence.citations)
    sign = f"[{_COLOURS[sentence.verdict]}]{_SIGNS[sentence.verdict]}[/]"
    reasons = "".join(f"\n    [dim]{escape(reason)}[/dim]" for reason in sentence.reasons)
    return f"{escape(sentence.text)} {escape(markers)}  {sign}{reasons}"


def _show_end(answer: Answer) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if answer.status == "not_found" and answer.writer != PASTED_TEXT:
        console.print(_not_found(answer))
        for citation in answer.nearest:
            console.print(f"  {escape(_source(citation))}")
        for notice in answer.notices:
            console.print(f"[dim]{escape(notice)}[/dim]")
    elif answer.citations:
        console.print()
        said = {sentence.text for sentence in answer.sentences}
        for citation in answer.citations:
            console.print(escape(f"[{citation.key}] {_source(citation, said=said)}"))
    if answer.status == "incomplete":
        console.print("[yellow]The answer is incomplete: the model stopped in the middle.[/yellow]")
    if answer.held:
        console.print(f"[dim]{_count(len(answer.held), 'sentence')} held back, because nothing backs them.[/dim]")
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
