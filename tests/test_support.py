"""Verdicts with the real encoder on the sample articles: what is backed, and what is wrong with the rest."""

import re

import pytest

from assistant.answers import VerdictLabel
from assistant.support import FOR_MODELS, FOR_PEOPLE, Judge, Passage, Verdict
from index.articles import Article
from index.library import Library
from index.search import search
from index.sentences import split


def verdict_on(library: Library, claim: str) -> Verdict:
    passages = [
        Passage.of(each.article, library.sentences(each.article.id), each.sentence.number)
        for each in search(library, claim, limit=6).evidence
    ]
    return Judge(library.encoder).verdict(claim, passages)


SUPPORTED = [
    "About 10,000 North Korean soldiers are now in Russia, Blinken said.",
    "Some ten thousand North Korean soldiers are in Russia.",
    "Russian casualties are at around 12,000 a day, Blinken noted.",
    "The missile flew for one hour and 26 minutes.",
    "NATO Secretary-General Mark Rutte confirmed reports of North Korean deployments in Russia.",
    "“Putin is throwing Russians into a meat grinder of his own making,” Blinken said.",
    "The missile reached an altitude of 7,000 kilometers.",
    "As many as 8,000 North Korean soldiers are in the Kursk region.",
    "It was North Korea's 12th ballistic missile test this year.",
]
UNSUPPORTED: list[tuple[str, set[VerdictLabel], str]] = [
    ("An estimated 100,000 North Korean troops are in Russia.", {"contradicted"}, "100,000.*10,000"),
    ("Russia loses about 2,000 men a day, Blinken estimated.", {"contradicted"}, "2,000.*12,000"),
    ("“Putin is throwing Russians into a meat grinder,” Lloyd Austin said.", {"contradicted"}, "Blinken.*Austin"),
    ("“Putin is throwing Russians into a furnace,” Blinken said.", {"not_found", "partly", "contradicted"}, "furnace"),
    ("The North Korean troops have engaged in combat.", {"contradicted"}, "not yet engaged"),
    ("South Korea sent 10,000 soldiers to Russia.", {"not_found", "partly", "contradicted"}, "South Korea"),
    ("Wheat prices rose by four percent in Chicago.", {"not_found"}, "Wheat"),
    ("The Chinese foreign minister met Blinken in Beijing.", {"not_found", "partly"}, "Chinese|Beijing"),
]


@pytest.mark.parametrize("claim", SUPPORTED)
def test_a_true_paraphrase_is_supported(user_seed: Library, claim: str) -> None:
    verdict = verdict_on(user_seed, claim)
    assert (verdict.label, verdict.reasons) == ("supported", ())


@pytest.mark.parametrize(("claim", "labels", "reason"), UNSUPPORTED)
def test_a_wrong_claim_is_not_and_the_reason_names_the_words(
    user_seed: Library, claim: str, labels: set[VerdictLabel], reason: str
) -> None:
    verdict = verdict_on(user_seed, claim)
    assert verdict.label in labels
    assert re.search(reason, " ".join(verdict.reasons)), verdict.reasons
    for fault in verdict.faults:
        assert 0 <= fault.span.start < fault.span.end <= len(claim)


def test_the_newest_figure_is_supported_and_so_is_the_older_one(seeded: Library) -> None:
    for claim in (
        "Some 126 people fell ill in Brenholm.",
        "The number of people who have fallen ill in Brenholm has risen to 112.",
    ):
        assert verdict_on(seeded, claim).label == "supported"


def test_without_sources_nothing_is_supported(user_seed: Library) -> None:
    verdict = Judge(user_seed.encoder).verdict("Anything at all.", [])
    assert (verdict.label, verdict.backing) == ("not_found", ())


def test_every_sample_sentence_supports_itself(seeded: Library) -> None:
    judge = Judge(seeded.encoder)
    for summary in seeded.list_articles():
        article, sentences = seeded.article_and_sentences(summary.id)
        for sentence in sentences:
            passage = Passage.of(article, sentences, sentence.number)
            assert judge.verdict(sentence.quote, [passage]).label == "supported"


def test_a_claim_may_rest_on_two_sentences(user_seed: Library) -> None:
    (summary,) = user_seed.list_articles()
    article, sentences = user_seed.article_and_sentences(summary.id)
    chosen = [s for s in sentences if "12,000 per day" in s.text or "one hour and 26 minutes" in s.text]
    passages = [Passage.of(article, sentences, each.number) for each in chosen]
    claim = (
        "Blinken put Russian casualties at around 12,000 per day, and a missile flight lasted one hour and 26 minutes."
    )
    verdict = Judge(user_seed.encoder).verdict(claim, passages)
    assert verdict.label in ("supported", "partly")
    assert len(verdict.backing) == 2


CUT_LOOSE = [
    ("The mayor was cleared of stealing money from the town fund.", "The mayor was stealing money from the town fund."),
    (
        "Vale falsely told reporters that the bridge was safe for lorries.",
        "Vale told reporters that the bridge was safe.",
    ),
    ("Nearly all of the workers live in Tolvan.", "All of the workers live in Tolvan."),
    ("Did the minister take bribes from the company?", "The minister did take bribes from the company."),
    ("“Nobody walked out of the hall,” said Dana Reyl.", "Nobody walked out of the hall."),
]


@pytest.mark.parametrize(("source", "claim"), CUT_LOOSE)
def test_the_sources_own_words_cut_loose_are_not_supported(user_seed: Library, source: str, claim: str) -> None:
    article = Article.make(title="Report", text=source)
    passage = Passage.of(article, split(article.text), 0)
    for standard in (FOR_PEOPLE, FOR_MODELS):
        assert Judge(user_seed.encoder, standard).verdict(claim, [passage]).label != "supported"
