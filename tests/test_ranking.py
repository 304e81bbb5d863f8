"""Chunks are ranked facet by facet."""

from datetime import date

import pytest
from doubles import ToyEncoder

from index import ingest, ranking
from index.articles import Article
from index.facets import understand
from index.library import Filters, Library

TODAY = date(2026, 3, 12)
FERRY = "The ferry sank off the island with ninety people on board."
STRIKE = "The plant closed after a strike of nine weeks over wages."


def told(library: Library, title: str, text: str, source: str, day: str | None = "2026-03-01") -> str:
    article = Article.make(title=title, text=text, source=source, published_at=day)
    ingest.add_all(library, [article])
    return article.id


def ranked(library: Library, question: str, *, filters: Filters | None = None, today: date = TODAY) -> list[str]:
    inquiry = understand(question, library.sources(), today=today, newest=today)
    [encoded] = ToyEncoder().encode_spans([question], [ranking.spans(inquiry)])
    return [each.chunk.article.title for each in ranking.rank(library, inquiry, encoded, filters or Filters(), today)]


def test_the_outlet_that_is_named_comes_first(library: Library) -> None:
    told(library, "Post", FERRY, "The Post")
    told(library, "Herald", FERRY + " Divers searched.", "The Herald")
    assert ranked(library, "What did The Herald say of the ferry?")[0] == "Herald"
    assert ranked(library, "What did The Post say of the ferry?")[0] == "Post"


def test_facets_take_turns(library: Library) -> None:
    for number in range(8):
        told(library, f"Post {number}", f"{FERRY} Diver {number} came.", "The Post")
    told(library, "Herald", STRIKE, "The Herald")
    found = ranked(library, "Did The Post say that the ferry sank, while The Herald wrote of a strike at the plant?")
    assert found.index("Herald") < 2


def test_an_outlet_that_hardly_uses_the_words_is_still_looked_at(library: Library) -> None:
    for number in range(60):
        told(library, f"Post {number}", f"{FERRY} Diver {number} came.", "The Post")
    told(library, "Herald", "The owner of the ferry wept.", "The Herald")
    assert "Herald" in ranked(library, "What did The Herald write of passengers of the ferry?")[:3]


def test_the_period_that_is_named_comes_first(library: Library) -> None:
    told(library, "early", FERRY, "The Post", "2026-03-02")
    told(library, "late", FERRY + " Divers searched.", "The Post", "2026-03-10")
    told(library, "undated", FERRY + " It rained.", "The Post", None)
    assert ranked(library, "Who was on the ferry on March 2, 2026?")[0] == "early"
    assert ranked(library, "Who was on the ferry this week?")[0] == "late"


def test_fresh_news_comes_before_old_news_of_the_same_words(library: Library) -> None:
    told(library, "old", FERRY, "The Post", "2021-03-10")
    told(library, "new", FERRY + " ", "The Herald", "2026-03-10")
    told(library, "newer", FERRY.replace("ninety", "ninety-one"), "The Herald", "2026-03-11")
    assert ranked(library, "How many people were on the ferry?") == ["newer", "old"]  # the same text is one article


def test_filters_bind_what_is_named(library: Library) -> None:
    told(library, "Post", FERRY, "The Post")
    told(library, "Herald", STRIKE, "The Herald")
    found = ranked(library, "What did The Herald say of the strike?", filters=Filters(sources=("The Post",)))
    assert found == ["Post"]


def test_a_date_that_is_none_does_no_harm(library: Library) -> None:
    told(library, "odd", FERRY, "The Post", "sometime in spring")
    assert ranked(library, "Who was on the ferry this week?") == ["odd"]


@pytest.mark.parametrize("question", ["", "?", "The Post", "2026-03-01", "ferry " * 300])
def test_odd_questions_do_no_harm(library: Library, question: str) -> None:
    told(library, "Post", FERRY, "The Post")
    ranked(library, question)


def test_an_empty_library_has_no_chunks(library: Library) -> None:
    assert ranked(library, "Who was on the ferry?") == []
