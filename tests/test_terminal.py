"""What the command line draws, and what it keeps when it is stopped."""

import io
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from doubles import ToyEncoder, article
from rich.console import Console
from rich.progress import Progress
from typer.testing import CliRunner

from assistant import cli, settings, terminal
from assistant.answers import Answer, AnswerSentence, Citation, Event, Finished, Said, Searched, Seconds
from index.articles import Span
from index.encoder import Encoded
from index.ingest import Added, Unchanged
from index.library import Coverage, Library

FERRY = article("The ferry sank. Four people are missing.", title="Ferry sinks")


class TellingEncoder(ToyEncoder):
    """Tells after each text that it is done, and presses Ctrl-C when it has done so many as `presses_at` says."""

    def __init__(self, *presses_at: int) -> None:
        self.presses_at, self.done = presses_at, 0

    def encode_spans(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        on_done: Callable[[int], None] | None = None,
    ) -> list[Encoded]:
        encoded = []
        for text, places in zip(texts, spans, strict=True):
            encoded += super().encode_spans([text], [places])
            self.done += 1
            if self.done in self.presses_at:
                signal.raise_signal(signal.SIGINT)
            if on_done:
                on_done(1)
        return encoded


def write_articles(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(f"Report {number}\nIt says that item {number} was sold.")


@pytest.mark.parametrize("presses_at", [(30,), (70, 71)], ids=["once", "twice"])
def test_ctrl_c_keeps_what_was_added_and_the_next_run_goes_on(tmp_path: Path, presses_at: tuple[int, ...]) -> None:
    write_articles(tmp_path / "in", 100)
    with Library(tmp_path / "library", TellingEncoder(*presses_at)) as library:
        report = terminal.add(library, [tmp_path / "in"])
        assert report.stopped
        assert len(report.added) == 64  # once lets the first batch end, twice breaks off the second
        assert {each.id for each in report.added} == {each.id for each in library.list_articles()}
        assert library.problems() == []
        rest = terminal.add(library, [tmp_path / "in"])
    assert not rest.stopped
    assert (len(rest.unchanged), len(rest.added)) == (64, 36)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "in", 3)
    monkeypatch.setattr(settings, "encoder", lambda _: TellingEncoder(1, 2))
    done = CliRunner().invoke(cli.app, ["add", str(tmp_path / "in"), "--library", str(tmp_path / "library")])
    assert done.exit_code == 130
    assert done.output == "Stopped. 0 articles were added; run the same command again to go on.\n"


def test_the_bar_moves_with_the_encoding_and_tells_a_pace_that_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    with Progress(console=Console(file=io.StringIO())) as progress:
        bar = terminal._Bar(progress, total=300)
        bar.finished(Unchanged(FERRY))
        assert (progress.tasks[0].completed, progress.tasks[0].fields["pace"]) == (1, "")
        seen = []
        for _ in range(4):
            now += 1.0
            bar.encoded(0.5)
            seen.append((progress.tasks[0].completed, progress.tasks[0].fields["pace"]))
        assert [completed for completed, _ in seen] == [1.5, 2.0, 2.5, 3.0]
        assert {pace.split(", ")[0] for _, pace in seen} == {"0.5 articles/s"}
        assert seen[-1][1] == "0.5 articles/s, 0:09:54 left"
        bar.finished(Added(FERRY))
        bar.finished(Added(FERRY))
        assert progress.tasks[0].completed == 3


def said(text: str, verdict: str, *reasons: str, citations: int = 1) -> AnswerSentence:
    cited = tuple(Citation.of(key, FERRY, Span(0, 15)) for key in range(1, citations + 1))
    return AnswerSentence(text, verdict, 0.9, reasons, cited)  # type: ignore[arg-type]


def test_a_briefing_is_one_paragraph_and_what_is_doubtful_stays_visible(capsys: pytest.CaptureFixture[str]) -> None:
    sentences = (said("The ferry sank.", "supported"), said("Many are missing.", "partly", "Not there: “Many”."))
    searched = Coverage(1, None, None)
    answer = Answer("", "All?", "partial", searched, "m", sentences, seconds=Seconds(total=1.0), kind="topic")

    def events() -> Iterator[Event]:
        yield Searched("All?", searched)
        yield from map(Said, sentences)
        yield Finished(answer)

    assert terminal.show_briefing(events()) == answer
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "“All?” in 1 article",
        "",
        "The ferry sank. [1] Many are missing. [1] (◐ partly supported)",
        "",
        "◐ partly supported 0.90: “Many are missing.”",
        "    Not there: “Many”.",
        "",
        "[1] Ferry sinks",
        "Writer: m. 1.0 s.",
    ]
