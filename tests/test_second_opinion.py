"""A model asked where a verdict is in doubt: it tips the balance, never decides alone, and its failure is told."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from servers import SECRET, StubEndpoint, stub_endpoint

from assistant.answers import collect
from assistant.checking import check
from assistant.settings import Settings
from assistant.support import FOR_MODELS, FOR_PEOPLE, Judge, Passage, Verdict
from assistant.writers import WriterFailed, opinion
from index.articles import Article
from index.library import Library
from index.sentences import split


@pytest.fixture
def stub() -> Iterator[StubEndpoint]:
    with stub_endpoint() as running:
        yield running


def verdict(label: str, score: float, unsaid: frozenset[str] = frozenset()) -> Verdict:
    article = Article.make(title="Report", text="The ferry Maren Light sank.")
    passage = Passage.of(article, split(article.text), 0)
    return Verdict(label, score, ("why",), (), unsaid, (passage,))  # type: ignore[arg-type]


CASES = [
    pytest.param("supported", 0.6, False, "partly", id="a doubtful one is lowered"),
    pytest.param("supported", 0.6, True, "supported", id="a doubtful one is confirmed"),
    pytest.param("supported", 0.6, None, "supported", id="no opinion changes nothing"),
    pytest.param("supported", 0.9, False, "supported", id="a sure one is not asked about"),
    pytest.param("partly", 0.45, True, "supported", id="nearly supported is raised"),
    pytest.param("partly", 0.3, True, "partly", id="a weak one is not asked about"),
    pytest.param("not_found", 0.45, True, "not_found", id="what is not found stays so"),
    pytest.param("contradicted", 0.6, True, "contradicted", id="a contradiction stays"),
]


@pytest.mark.parametrize(("label", "score", "said", "expected"), CASES)
def test_an_opinion_tips_only_what_is_in_doubt(label: str, score: float, said: bool | None, expected: str) -> None:
    judge = Judge(FOR_PEOPLE, opinion=lambda _claim, _source: said)
    assert judge.reconsidered("The ferry sank.", verdict(label, score)).label == expected


def test_an_opinion_raises_nothing_that_has_a_new_word() -> None:
    judge = Judge(FOR_PEOPLE, opinion=lambda _claim, _source: True)
    assert judge.reconsidered("The ferry sank.", verdict("partly", 0.45, frozenset({"unemployed"}))).label == "partly"
    assert judge.reconsidered("The ferry sank.", verdict("partly", 0.6)).label == "partly"


def test_an_opinion_never_raises_what_a_model_wrote() -> None:
    judge = Judge(FOR_MODELS, opinion=lambda _claim, _source: True)
    assert judge.reconsidered("The ferry sank.", verdict("partly", 0.45)).label == "partly"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Yes.", True),
        ("no", False),
        ("NO, it does not.", False),
        ("Perhaps.", None),
        ("There is no doubt: yes.", None),
        ("Yes and no.", None),
    ],
)
def test_the_models_reply_is_read(stub: StubEndpoint, reply: str, expected: bool | None) -> None:
    stub.queue(reply)
    settings = Settings(model="echo", base_url=stub.base_url, api_key=SecretStr(SECRET), second_opinion=True)
    asked = opinion(settings)
    assert asked
    assert asked("The ferry sank.", "The ferry Maren Light sank.") is expected
    assert "Statement: The ferry sank." in stub.prompts[0]


def test_nobody_is_asked_unless_the_settings_say_so(stub: StubEndpoint) -> None:
    assert opinion(Settings(model="echo", base_url=stub.base_url)) is None


def test_a_failing_model_is_told_of_once_and_the_check_goes_on(
    seeded: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.support.DOUBTFUL", (0.0, 1.1))
    asked = []

    def failing(claim: str, source: str) -> bool | None:
        asked.append(claim)
        raise WriterFailed("The writing model is out of order.")

    text = "The ferry went down near Gull Head. The accident board spoke of a worn seal. It was a spring day."
    answer = collect(check(seeded, text, opinion=failing))
    assert len(answer.sentences) == 3
    assert len(asked) == 1
    assert answer.notices == (
        "The writing model is out of order. From there on the verdicts are without a second opinion.",
    )
