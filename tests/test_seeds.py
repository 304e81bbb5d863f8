"""The sample articles are what the demonstrations and the other tests rely on."""

import difflib
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.articles import canonical
from index.sentences import split
from seeds import seed_files, seed_folder

USERS = "000_eb5d6385e64a8b32"
USERS_SHA256 = "f40d78174d2432b314157090e28c5a5e438c93e572640ec6f45bce38f868bd02"
LAST_LINE = "This article is fictional and was written as a sample."
NEAR_COPIES = ("014_ferry_five_rescued_wire", "015_ferry_five_rescued_copy")
QUESTIONS = Path(__file__).parent / "data" / "seed_questions.jsonl"


@dataclass(frozen=True)
class Sample:
    """One fictional article: its file's stem, front matter and body."""

    stem: str
    front: dict[str, Any]
    body: str


def read(path: Path) -> Sample:
    start, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert start == ""
    return Sample(path.stem, yaml.safe_load(front), body.strip())


def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


SAMPLES = [read(path) for path in seed_files() if path.suffix == ".md"]
BODIES = {sample.stem: canonical(sample.body) for sample in SAMPLES} | {
    USERS: canonical((seed_folder() / f"{USERS}.txt").read_text(encoding="utf-8"))
}
# Each body's sentences, once: the same for all questions.
SENTENCES = {stem: [sentence.quote for sentence in split(body)] for stem, body in BODIES.items()}
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)


def test_the_users_article_is_unchanged() -> None:
    assert hashlib.sha256((seed_folder() / f"{USERS}.txt").read_bytes()).hexdigest() == USERS_SHA256


def test_the_folder_holds_the_articles_and_nothing_unexpected() -> None:
    others = {path.name for path in seed_folder().iterdir()} - {path.name for path in seed_files()}
    assert others <= {"README.md", "__init__.py", "__pycache__"}
    assert seed_files()[0].stem == USERS
    assert 14 <= len(SAMPLES) <= 18


@each_sample
def test_front_matter_is_complete_and_says_fictional(sample: Sample) -> None:
    assert set(sample.front) == {"title", "source", "author", "published_at", "fictional"}
    assert all(isinstance(sample.front[name], str) and sample.front[name] for name in ("title", "source", "author"))
    assert isinstance(sample.front["published_at"], date)
    assert sample.front["fictional"] is True


@each_sample
def test_a_body_is_short_and_ends_by_saying_that_it_is_fictional(sample: Sample) -> None:
    assert 200 <= len(sample.body.split()) <= 500
    assert sample.body.split("\n\n")[-1] == LAST_LINE


@each_sample
def test_quotation_marks_are_curly_and_paired(sample: Sample) -> None:
    assert not re.search("[\"']", sample.body)
    assert sample.body.count("“") == sample.body.count("”") > 0


def test_five_outlets_within_eleven_days_in_order_of_date() -> None:
    dates = [sample.front["published_at"] for sample in SAMPLES]
    assert len({sample.front["source"] for sample in SAMPLES}) == 5
    assert (max(dates) - min(dates)).days < 11
    assert dates == sorted(dates)


def test_the_near_copy_is_near_but_not_the_same() -> None:
    one, other = (BODIES[stem].split() for stem in NEAR_COPIES)
    assert 0.9 < difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() < 1


def test_there_are_enough_questions_of_each_kind() -> None:
    asked = questions()
    assert len(asked) >= 100
    assert len({record["question"] for record in asked}) == len(asked)
    assert sum(record["expect"] == "not_found" for record in asked) >= 20
    assert sum(USERS in record["article"] for record in asked) >= 15
    assert set(BODIES) == {stem for record in asked for stem in record["article"]}


@pytest.mark.parametrize("record", questions(), ids=lambda record: record["question"])
def test_what_a_question_expects_stands_in_a_sentence_of_its_articles(record: dict[str, Any]) -> None:
    assert set(record) == {"question", "expect", "article", "quote_contains", "note"}
    assert record["expect"] in {"answered", "not_found"}
    assert bool(record["article"]) == bool(record["quote_contains"]) == (record["expect"] == "answered")
    sentences = [sentence for stem in record["article"] for sentence in SENTENCES[stem]]
    missing = [words for words in record["quote_contains"] if not any(words in sentence for sentence in sentences)]
    assert missing == []


def test_each_article_named_by_a_question_holds_one_of_its_strings() -> None:
    idle = [
        (record["question"], stem)
        for record in questions()
        for stem in record["article"]
        if not any(words in sentence for words in record["quote_contains"] for sentence in SENTENCES[stem])
    ]
    assert idle == []
