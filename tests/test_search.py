import pytest

from index.library import Filters, Library
from index.search import rerank, search

MISSILE = "How long did the missile fly?"


def test_evidence_is_exact_and_best_first(seeded: Library) -> None:
    found = rerank(seeded, MISSILE, search(seeded, MISSILE))
    assert "one hour and 26 minutes" in found.evidence[0].sentence.quote
    close = [each.score for each in found.evidence[:10]]
    assert close == sorted(close, reverse=True)
    for each in found.evidence:
        span = each.sentence.span
        assert each.article.text[span.start : span.end] == each.sentence.quote
    assert len({each.key for each in found.evidence}) == len(found.evidence)


def test_other_words_for_the_same_thing_count_as_said(seeded: Library) -> None:
    best = rerank(seeded, MISSILE, search(seeded, MISSILE)).evidence[0]
    assert "fly" not in best.sentence.quote
    assert "fli" not in best.unsaid


def test_the_search_says_what_it_looked_at(seeded: Library) -> None:
    searched = search(seeded, "ferry", filters=Filters(since="2026-03-04", until="2026-03-05")).searched
    assert (searched.articles, searched.first_day, searched.last_day) == (4, "2026-03-04", "2026-03-05")


def test_an_empty_library_gives_nothing(library: Library) -> None:
    found = search(library, "anything at all")
    assert found.evidence == ()
    assert found.searched.articles == 0


@pytest.mark.parametrize("question", ["the of and", "?", "\U0001f6a2", "x" * 2000])
def test_odd_questions_do_no_harm(seeded: Library, question: str) -> None:
    search(seeded, question)
