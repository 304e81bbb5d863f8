"""The command line: `briefing add | articles | ask | brief | check | serve | …`. Draws what assistant returns.

Exit codes: 0 done, 1 a clear error on stderr, 2 wrong usage, 130 stopped by Ctrl-C. Heavy modules are imported
inside the commands, so that `briefing --help` answers at once.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.writers import Writer
    from index.library import Filters, Library

app = typer.Typer(
    name="briefing",
    help="Ask, brief and check your own news articles; every sentence shows the words that back it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: importing rich's would take half of the time that --help has
    context_settings={"help_option_names": ["-h", "--help"]},
)

_STDIN = "-"
_STOPPED = 130
_SEEDS = "seeds"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

LibraryOption = Annotated[
    Path | None, typer.Option("--library", metavar="DIR", help="The library's folder. Default: your data folder.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DAY", help="Only articles of this day or later.")]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Only articles of this day or earlier.")
]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", metavar="OUTLET", help="Only this outlet; may be repeated.")
]
ArticlesOption = Annotated[
    list[str] | None, typer.Option("--articles", metavar="ID", help="Only this article; may be repeated.")
]


def main() -> None:
    """Run the command line; the one place where our errors are shown."""
    from index.errors import BriefingError

    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks our signs gets question marks, not an error
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except BriefingError as error:
        _complain(str(error))
    except KeyboardInterrupt:
        sys.exit(_STOPPED)
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        sys.stderr.close()


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"briefing {version('briefing')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of `briefing` itself."""


@app.command()
def add(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; “seeds” stands for the sample articles.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add articles from .txt, .md, .html and .jsonl files and folders of them."""
    from assistant import terminal

    with _open(library) as (opened, _):
        report = terminal.add(opened, [_path(path) for path in paths], quiet=as_json)
    terminal.show_report(report, as_json=as_json)
    if report.stopped:
        raise typer.Exit(_STOPPED)
    if report.failures:
        raise typer.Exit(1)


@app.command()
def articles(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List the articles, newest first."""
    from assistant import terminal

    with _open(library) as (opened, _):
        terminal.show_articles(opened.list_articles(), as_json=as_json)


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Article ids, or how they begin.")],
    library: LibraryOption = None,
) -> None:
    """Remove articles."""
    with _open(library) as (opened, _):
        full_ids = {opened.full_id(each) for each in ids}
        opened.remove(sorted(full_ids))
    typer.echo(f"Removed {len(full_ids)} {'article' if len(full_ids) == 1 else 'articles'}.")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    follow_up: Annotated[
        list[str] | None, typer.Option("--then", metavar="QUESTION", help="A follow-up question; may be repeated.")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    article_ids: ArticlesOption = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a question of your articles. With --then and --json the answers are a list."""
    from assistant import chat, terminal
    from assistant.answers import collect

    with _open_filled(library) as (opened, settings):
        filters = _filters(opened, since, until, source, article_ids)
        if not as_json:
            terminal.show_undated(_undated(opened, filters))
        writer, turns = _writer(settings), list[chat.Turn]()
        for each in [question, *(follow_up or [])]:
            events = chat.ask(
                opened,
                each,
                writer=writer,
                history=turns,
                filters=filters,
                hold_back=settings.hold_back,
                caution=settings.caution,
            )
            turns.append(chat.Turn(each, collect(events) if as_json else terminal.show(events)))
    if as_json:
        answers = [turn.answer for turn in turns]
        terminal.show_json(answers if follow_up else answers[0])


@app.command()
def brief(
    topic: Annotated[str | None, typer.Argument(help="What to brief on. Default: all articles.")] = None,
    article_ids: ArticlesOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    words: Annotated[int, typer.Option("--words", help="About how many words.")] = 120,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a one-paragraph briefing on a topic, on chosen articles, or on all."""
    from assistant import briefings, terminal
    from assistant.answers import collect

    with _open_filled(library) as (opened, settings):
        filters = _filters(opened, since, until, source, article_ids)
        if not as_json:
            terminal.show_undated(_undated(opened, filters))
        events = briefings.brief(
            opened, topic, writer=_writer(settings), filters=filters, words=words, hold_back=settings.hold_back
        )
        if as_json:
            terminal.show_json(collect(events))
        else:
            terminal.show_briefing(events)


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a text: each sentence gets a verdict and the words it rests on."""
    from assistant import checking, terminal
    from assistant.answers import collect
    from assistant.writers import opinion

    text = _text_of(file)
    with _open_filled(library) as (opened, settings):
        events = checking.check(opened, text, opinion=opinion(settings))
        if as_json:
            terminal.show_json(collect(events))
        else:
            terminal.show(events)


@app.command()
def serve(
    library: LibraryOption = None,
    host: Annotated[str | None, typer.Option("--host", help="Default: 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Default: 7860.")] = None,
) -> None:
    """Open the page on this machine."""
    from assistant.page.app import serve as serve_page
    from assistant.page.desk import Desk

    with _open(library, host=host, port=port) as (opened, settings):
        desk = Desk(opened, settings, _writer(settings))
        serve_page(desk, settings.host, settings.port, on_ready=_say_address)


@app.command()
def doctor(library: LibraryOption = None) -> None:
    """Look for damage in the library."""
    with _telling_what_to_do(), _open(library) as (opened, _):
        problems = opened.problems()
        for problem in problems:
            typer.echo(problem)
        if problems:
            raise typer.Exit(1)
        typer.echo(f"Sound: {opened.coverage().articles} articles in {opened.folder}.")


@app.command()
def rebuild(
    library: LibraryOption = None,
    encode: Annotated[bool, typer.Option("--encode", help="Encode all anew, after a change of encoder.")] = False,
) -> None:
    """Make the indexes anew from the recorded articles and vectors."""
    from index import ingest

    with _open(library, encode_anew=encode) as (opened, _):
        if encode:
            count = sum(1 for _ in ingest.encode_anew(opened))
            typer.echo(f"Encoded {count} articles anew with {opened.encoder.name}.")
        else:
            typer.echo(f"Rebuilt the indexes of {opened.rebuild()} chunks.")


@contextmanager
def _telling_what_to_do() -> Iterator[None]:
    """Other commands send the reader of an unusable record to doctor, which is us."""
    import sqlite3

    from index.errors import LibraryError

    try:
        yield
    except LibraryError as error:
        if not isinstance(error.__cause__, sqlite3.Error):
            raise
        problem = str(error).removesuffix(" Run: briefing doctor")
        raise LibraryError(
            f"{problem} Choose another folder with --library, or move the file library.sqlite3 away and add the"
            " articles again."
        ) from error


@contextmanager
def _open_filled(folder: Path | None) -> Iterator[tuple["Library", "Settings"]]:
    """The library, which must hold articles; an empty one offers the samples."""
    from index.errors import BadRequest

    with _open(folder) as (library, settings):
        if not library.coverage().articles:
            raise BadRequest(
                f"The library in {library.folder} is empty. Add articles with: briefing add PATH…"
                " — or the samples with: briefing add seeds"
            )
        yield library, settings


@contextmanager
def _open(folder: Path | None, *, encode_anew: bool = False, **flags: object) -> Iterator[tuple["Library", "Settings"]]:
    from assistant import settings as all_settings
    from index.library import Library

    settings = all_settings.load(library=folder, **flags)
    with Library(settings.library, all_settings.encoder(settings), encode_anew=encode_anew) as library:
        yield library, settings


def _writer(settings: "Settings") -> "Writer":
    from assistant.extractive import ExtractiveWriter

    if not settings.model:
        return ExtractiveWriter()
    from assistant.writers import model_writer

    return model_writer(settings)


def _say_address(address: str) -> None:
    typer.echo(f"Briefing is at {address} — press Ctrl-C to stop.")


def _filters(
    library: "Library",
    since: str | None,
    until: str | None,
    sources: Sequence[str] | None,
    ids: Sequence[str] | None,
) -> "Filters":
    from index.errors import BadRequest
    from index.library import Filters

    for day in (since, until):
        if day and not _is_day(day):
            raise BadRequest(f"“{day}” is not a day. Write it as YYYY-MM-DD, for example 2026-03-04.")
    if since and until and since > until:
        raise BadRequest(f"--since {since} is later than --until {until}. Swap the two days.")
    known = library.sources()
    for source in sources or ():
        if source not in known:
            raise BadRequest(f"No article is from “{source}”. The outlets are: {', '.join(known) or 'none yet'}.")
    full_ids = tuple(library.full_id(each) for each in ids or ())
    return Filters(since, until, tuple(sources or ()), full_ids)


def _undated(library: "Library", filters: "Filters") -> int:
    """How many articles the days leave out because they have none."""
    if not (filters.since or filters.until):
        return 0
    of_any_day = replace(filters, since=None, until=None)
    dated = replace(filters, since="0", until=None)  # sorts before every day
    return library.coverage(of_any_day).articles - library.coverage(dated).articles


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _path(given: str) -> Path:
    if given == _SEEDS and not Path(given).exists():
        from seeds import seed_folder

        return Path(str(seed_folder()))
    return Path(given)


def _text_of(file: str) -> str:
    from index.errors import BadRequest

    try:
        raw = sys.stdin.buffer.read() if file == _STDIN else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise BadRequest(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadRequest(f"{file} is not text in UTF-8. Save it as UTF-8 and check it again.") from error


def _complain(message: str) -> None:
    typer.echo(f"briefing: {message}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
