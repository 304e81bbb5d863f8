"""What the product promises on its sample articles, through the command line as a user meets it."""

import json
import os
import resource
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from seeds import seed_folder

SEED = str(seed_folder() / "000_eb5d6385e64a8b32.txt")


def briefing(*arguments: str, library: Path, text: str = "", code: int = 0) -> Any:
    """Run the command; its JSON, or its standard error when it fails."""
    environment = {**os.environ, "BRIEFING_LIBRARY": str(library)}
    done = subprocess.run(
        [sys.executable, "-m", "assistant.cli", *arguments],
        input=text, capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout) if code == 0 and "--json" in arguments else done.stdout + done.stderr


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acceptance")
    assert len(briefing("add", SEED, "--json", library=folder)["added"]) == 1
    return folder


def quotes(answer: dict[str, Any]) -> str:
    return " | ".join(citation["quote"] for sentence in answer["sentences"] for citation in sentence["citations"])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many North Korean troops are in Russia?", "10,000"),
        ("How long did the missile fly?", "one hour and 26 minutes"),
        ("Who is NATO's Secretary-General?", "Mark Rutte"),
        ("How many casualties does Russia take each day?", "12,000"),
    ],
)
def test_a_question_on_the_users_article_is_answered(library: Path, question: str, words: str) -> None:
    answer = briefing("ask", question, "--json", library=library)
    assert answer["status"] == "answered"
    assert words in quotes(answer)
    assert {sentence["verdict"] for sentence in answer["sentences"]} == {"supported"}


@pytest.mark.parametrize("question", ["What is the price of wheat?", "What did the Chinese foreign minister say?"])
def test_what_the_article_does_not_say_is_not_found(library: Path, question: str) -> None:
    answer = briefing("ask", question, "--json", library=library)
    assert answer["status"] == "not_found"
    assert answer["sentences"] == []
    assert len(answer["nearest"]) == 3
    assert answer["searched"]["articles"] == 1


def test_a_follow_up_takes_what_it_lacks_from_the_turn_before(library: Path) -> None:
    first, follow_up = "How many North Korean troops are in Russia?", "And how many of them are in Kursk?"
    answers = briefing("ask", first, "--then", follow_up, "--json", library=library)
    assert answers[1]["asked"] == "How many of the North Korean troops are in Kursk?"
    assert answers[1]["question"] == follow_up
    assert "8,000" in quotes(answers[1])


def test_check_tells_a_true_paraphrase_from_three_that_are_not(library: Path) -> None:
    text = (
        "Blinken said that about 10,000 North Korean soldiers are in Russia. "
        "Some 100,000 North Korean soldiers are in Russia, Blinken said. "
        "“Putin is throwing Russians into a meat grinder of his own making,” said Lloyd Austin. "
        "The price of wheat rose by four percent in Chicago."
    )
    sentences = briefing("check", "-", "--json", library=library, text=text)["sentences"]
    assert [sentence["verdict"] == "supported" for sentence in sentences] == [True, False, False, False]
    reasons = [" ".join(sentence["reasons"]) for sentence in sentences]
    assert "100,000 is not in" in reasons[1]
    assert "10,000" in reasons[1]
    assert "Blinken" in reasons[2]
    assert "Austin" in reasons[2]
    assert "wheat" in reasons[3]


def test_adding_the_samples_twice_adds_nothing_the_second_time(tmp_path: Path) -> None:
    first = briefing("add", "seeds", "--json", library=tmp_path)
    second = briefing("add", "seeds", "--json", library=tmp_path)
    assert len(first["added"]) == len(second["unchanged"]) == 17
    assert first["failed"] == second["failed"] == second["added"] == []


def test_a_bad_file_is_told_in_one_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("A good article\nIt has words. And more words.\n")
    (tmp_path / "in" / "empty.txt").write_text("")
    (tmp_path / "in" / "sheet.xls").write_bytes(b"\x00\x01")
    out = briefing("add", str(tmp_path / "in"), library=tmp_path / "library", code=1)
    assert "Added 1 article, 2 failed." in out
    assert "empty.txt" in out
    assert "sheet.xls" in out


def test_an_empty_library_offers_the_samples(tmp_path: Path) -> None:
    assert "briefing add seeds" in briefing("ask", "Anything?", library=tmp_path, code=1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", ""), "The question is empty"),
        (("ask", "Who?", "--since", "yesterday"), "“yesterday” is not a day"),
        (("ask", "Who?", "--source", "Nobody's Post"), "No article is from “Nobody's Post”"),
        (("remove", "nope"), "No article has an id that begins with “nope”"),
        (("brief", "--words", "9"), "40 to 400 words; 9"),
        (("check", "no-such-file.txt"), "no-such-file.txt cannot be read"),
        (("serve", "--host", "0.0.0.0"), "0.0.0.0"),
        (("ask", "Who?", "--since", "2026-03-05", "--until", "2026-03-04"), "--since 2026-03-05 is later than --until"),
    ],
)
def test_a_bad_request_is_told_in_one_line(library: Path, arguments: tuple[str, ...], words: str) -> None:
    out = briefing(*arguments, library=library, code=1)
    assert words in out
    assert len(out.strip().splitlines()) == 1


def test_wrong_usage_exits_with_two(library: Path) -> None:
    assert "Usage" in briefing("ask", library=library, code=2)


def test_a_briefing_is_one_cited_paragraph(library: Path) -> None:
    answer = briefing("brief", "--json", library=library)
    texts = [sentence["text"] for sentence in answer["sentences"]]
    assert 80 <= sum(len(text.split()) for text in texts) <= 160
    assert len(set(texts)) == len(texts)
    assert all(sentence["citations"] for sentence in answer["sentences"])


def test_a_briefing_is_printed_as_one_paragraph(library: Path) -> None:
    answer, out = briefing("brief", "--json", library=library), briefing("brief", library=library)
    _, paragraph, sources = out.split("\n\n")
    assert len(paragraph.splitlines()) == 1
    assert all(f"{sentence['text']} [" in paragraph for sentence in answer["sentences"])
    assert sources.startswith("[1] ")


def test_a_date_that_is_not_understood_is_told_and_the_article_added(tmp_path: Path) -> None:
    lines = [
        {"title": title, "text": f"{title} text is here.", "published_at": day}
        for title, day in [("One", "2026-13-45"), ("Two", "2026-03-04")]
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, lines)))
    out = briefing("add", str(tmp_path / "news.jsonl"), library=tmp_path / "library")
    assert "“One”: added, but its date “2026-13-45” was not understood." in out
    assert "“Two”" not in out
    assert "Added 2 articles." in out
    asked = briefing("ask", "What text is here?", "--since", "2026-01-01", library=tmp_path / "library")
    assert "1 article without a date was left out." in asked
    assert "without a date" not in briefing("ask", "What text is here?", library=tmp_path / "library")


def test_doctor_says_what_to_do_with_a_file_that_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"just some bytes, not a database at all" * 50)
    assert "Run: briefing doctor" in briefing("articles", library=tmp_path, code=1)
    out = briefing("doctor", library=tmp_path, code=1)
    assert "file is not a database. Choose another folder with --library, or move the file library.sqlite3 away" in out
    assert "Run: briefing doctor" not in out


def test_the_version_is_shown(library: Path) -> None:
    assert briefing("--version", library=library).strip() == f"briefing {version('briefing')}"


def test_help_and_a_cold_answer_come_quickly(library: Path) -> None:
    def seconds(*arguments: str) -> float:
        """Of the processor: what else the machine does counts for little in them."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        briefing(*arguments, library=library)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds("--help") for _ in range(3)) < 0.5
    assert min(seconds("ask", "How long did the missile fly?") for _ in range(3)) < 4.0
