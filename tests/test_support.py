"""Verdicts with the real encoder on the sample articles: what is backed, and what is wrong with the rest."""

import re
import time
from collections.abc import Sequence

import pytest

from assistant.answers import VerdictLabel
from assistant.support import FOR_MODELS, FOR_PEOPLE, SCALE, Judge, Passage, Standard, Verdict
from index.articles import Article
from index.encoder import Encoder
from index.library import Library
from index.search import search
from index.sentences import split


def verdict_on(library: Library, claim: str) -> Verdict:
    passages = [
        Passage.of(each.article, library.sentences(each.article.id), each.sentence.number)
        for each in search(library, claim, limit=6).evidence
    ]
    return Judge().verdict(claim, passages)


SUPPORTED = [
    "About 10,000 North Korean soldiers are now in Russia, Blinken said.",
    "Some ten thousand North Korean soldiers are in Russia.",
    "Russian casualties are at around 12,000 a day, Blinken noted.",
    "The missile flight lasted one hour and 26 minutes.",
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


def on(encoder: Encoder, source: str, claim: str, *standards: Standard) -> Sequence[Verdict]:
    """Verdicts on a claim by the standards, held against the sentence of the same words or else the first one."""
    article = Article.make(title="Report", text=source)
    sentences = split(article.text)
    number = next((each.number for each in sentences if each.quote == claim), 0)
    passage = Passage.of(article, sentences, number)
    return [Judge(standard).verdict(claim, [passage]) for standard in standards]


def test_without_sources_nothing_is_supported(user_seed: Library) -> None:
    verdict = Judge().verdict("Anything at all.", [])
    assert (verdict.label, verdict.backing) == ("not_found", ())


def test_every_sample_sentence_supports_itself(seeded: Library) -> None:
    judge = Judge()
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
    verdict = Judge().verdict(claim, passages)
    assert verdict.label == "partly"
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
def test_the_sources_own_words_cut_loose_are_not_supported(encoder: Encoder, source: str, claim: str) -> None:
    for verdict in on(encoder, source, claim, FOR_PEOPLE, FOR_MODELS):
        assert verdict.label != "supported"
        assert verdict.reasons


# Each was once taken for supported.
FALSIFIED = [
    pytest.param("The brother of the mayor was arrested on Friday.", "The mayor was arrested on Friday.", id="brother"),
    pytest.param(
        "The gunman tried to kill the president in June.", "The gunman killed the president in June.", id="tried"
    ),
    pytest.param("The minister urged the company to close the plant.", "The company closed the plant.", id="urged"),
    pytest.param("It is a myth that the vaccine causes autism.", "The vaccine causes autism.", id="myth"),
    pytest.param(
        "Prosecutors dropped charges that Ana Ruiz bribed officials.", "Ana Ruiz bribed officials.", id="dropped"
    ),
    pytest.param("The opposition said the mayor stole the money.", "The mayor stole the money.", id="opposition"),
    pytest.param("Few residents voted in the election.", "Residents voted in the election.", id="few"),
    pytest.param("Half of the workers joined the strike.", "The workers joined the strike.", id="half"),
    pytest.param("Two of the five suspects were freed.", "The five suspects were freed.", id="two of five"),
    pytest.param("The plant stopped dumping waste in the river.", "The plant dumped waste in the river.", id="stopped"),
    pytest.param("The company will close the plant in June.", "The company closed the plant in June.", id="will"),
    pytest.param(
        "Ana Ruiz said the dam is safe, but Tom Hale said it will burst.", "Ana Ruiz said it will burst.", id="said but"
    ),
    pytest.param("The fake doctor treated forty patients.", "The doctor treated forty patients.", id="fake"),
    pytest.param("The former mayor was jailed for fraud.", "The mayor was jailed for fraud.", id="former"),
    pytest.param("The anti-tunnel party won the vote.", "The tunnel party won the vote.", id="anti"),
    pytest.param("In the novel, Ana Ruiz poisons the mayor.", "Ana Ruiz poisons the mayor.", id="novel"),
    pytest.param("Ana Ruiz was shot by Tom Hale.", "Ana Ruiz shot Tom Hale.", id="passive lost"),
    pytest.param("The council voted for the deal.", "The council voted against the deal.", id="for or against"),
    pytest.param("Shares were up 5% on Friday.", "Shares were down 5% on Friday.", id="up or down"),
    pytest.param("Unemployment fell from 9% to 5%.", "Unemployment fell to 9% from 5%.", id="from and to"),
    pytest.param("The rate was raised by 5%.", "The rate was raised to 5%.", id="by or to"),
    pytest.param("Few of the workers joined the strike.", "Most of the workers joined the strike.", id="few and most"),
    pytest.param(
        "The dam is not safe but the bridge is safe.", "The dam is safe but the bridge is not safe.", id="not moved"
    ),
    pytest.param("Russia invaded Ukraine in February.", "Ukraine invaded Russia in February.", id="invaded"),
    pytest.param(
        "Aldermoor Cells sued Dunmarrow Pipes for fraud.", "Dunmarrow Pipes sued Aldermoor Cells for fraud.", id="sued"
    ),
    pytest.param("Tolvan beat Cadwell in the final.", "Cadwell beat Tolvan in the final.", id="beat"),
    pytest.param(
        "Profits rose 12%, revenue fell 3%.", "Profits fell 3% while revenue rose 12%.", id="two figures swapped"
    ),
    pytest.param(
        "The number of cases fell from 900 to 400.",
        "The number of cases fell from 400 to 900.",
        id="from and to figures",
    ),
    pytest.param(
        "Ana Ruiz was born in 1931 and died in 2004.", "Ana Ruiz was born in 2004 and died in 1931.", id="years swapped"
    ),
    pytest.param(
        "Ana Ruiz, 34, and Tom Hale, 52, were hurt.", "Ana Ruiz, 52, and Tom Hale, 34, were hurt.", id="ages swapped"
    ),
    pytest.param(
        "The talks begin on Monday and the vote is on Friday.",
        "The talks begin on Friday and the vote is on Monday.",
        id="days swapped",
    ),
    pytest.param(
        "The 80 passengers and 5 crew were saved.", "The 5 passengers and 80 crew were saved.", id="counts swapped"
    ),
    pytest.param(
        "The court ruled that the law was constitutional.",
        "The court ruled that the law was unconstitutional.",
        id="prefix",
    ),
    pytest.param(
        "The ministers met in private on Friday.", "The ministers met in public on Friday.", id="private and public"
    ),
    pytest.param(
        "The council approved the budget on Friday.",
        "The council approved the budget unanimously on Friday.",
        id="adverb added",
    ),
    pytest.param(
        "About 500 people came to the meeting.", "Exactly 500 people came to the meeting.", id="about and exactly"
    ),
    pytest.param("Most residents oppose the plan.", "All residents oppose the plan.", id="most and all"),
    pytest.param(
        "The temperature fell to minus 12 degrees in Tolvan.",
        "The temperature fell to 12 degrees in Tolvan.",
        id="minus in words",
    ),
    pytest.param(
        "The temperature fell to -12 degrees in Tolvan.",
        "The temperature fell to 12 degrees in Tolvan.",
        id="minus sign",
    ),
    pytest.param("Anna won the silver medal.", "Anna won the gold medal.", id="gold and silver"),
    pytest.param("The eldest son has the farm.", "The youngest son has the farm.", id="eldest and youngest"),
    pytest.param("The firm withdrew its offer.", "The firm made its offer.", id="made and withdrew"),
    pytest.param("The court heard that Smith had stolen the car.", "Smith stole the car.", id="the court heard"),
    pytest.param(
        "The four winners were Holm, Lind, Voss and Krag.",
        "The four winners were Holm, Voss and Krag.",
        id="one of a list",
    ),
    pytest.param("The water was 12C on Monday.", "The water was 12F on Monday.", id="degrees"),
    pytest.param("Between 50 and 100 people died in the fire.", "100 people died in the fire.", id="between"),
    pytest.param("The navy will send 5 to 10 ships.", "The navy will send 10 ships.", id="5 to 10"),
    pytest.param("One in 10 people fell ill in Tolvan.", "10 people fell ill in Tolvan.", id="one in"),
    pytest.param("Nine out of ten doctors signed the letter.", "Ten doctors signed the letter.", id="nine out of ten"),
    pytest.param(
        "“The mayor stole the relief money.\n“He must go,” said Tom Hale.",
        "The mayor stole the relief money.",
        id="open quote",
    ),
    pytest.param(
        "“We were robbed. The mayor stole the relief money. He knew it.\n“He must go,” said Tom Hale.",
        "The mayor stole the relief money.",
        id="open quote inner",
    ),
]


@pytest.mark.parametrize(("source", "claim"), FALSIFIED)
def test_a_falsified_sentence_is_not_supported_and_the_reader_is_told_why(
    encoder: Encoder, source: str, claim: str
) -> None:
    for verdict in on(encoder, source, claim, FOR_PEOPLE, FOR_MODELS):
        assert verdict.label != "supported"
        assert verdict.reasons


# What the cited sentence lacks stands in another one that has nothing to do with it.
BORROWED = [
    pytest.param(
        ["Two soldiers were wounded in the attack.", "Nobody was killed in the earthquake."],
        "Two soldiers were killed in the attack.",
        id="killed elsewhere",
    ),
    pytest.param(
        ["The senator met the banker in Rome.", "A judge was bribed in Naples."],
        "The senator bribed the banker in Rome.",
        id="bribed elsewhere",
    ),
    pytest.param(
        ["The singer cancelled her tour.", "An actor was recovering after surgery."],
        "The singer cancelled her tour after surgery.",
        id="cause from elsewhere",
    ),
    pytest.param(
        ["Mexico signed the treaty.\nBrazil rejected the treaty."], "Brazil signed the treaty.", id="who signed"
    ),
    pytest.param(
        ["The mill in Lyon will close.\nThe mill in Nantes will expand."], "The mill in Nantes will close.", id="which"
    ),
    pytest.param(
        ["Judge Ito sentenced Karel Novak to ten years.\nPetra Svoboda was acquitted."],
        "Judge Ito sentenced Petra Svoboda to ten years.",
        id="merged",
    ),
    pytest.param(
        ["The police arrested Omar Haddad.\nLena Voss was shot dead in the station."],
        "Omar Haddad shot Lena Voss dead in the station.",
        id="merged deeds",
    ),
]


def held_against(texts: Sequence[str], claim: str, standard: Standard) -> Verdict:
    """The verdict on a claim, each text an article of its own and all their sentences at hand."""
    articles = [Article.make(title=f"Report {number}", text=text) for number, text in enumerate(texts)]
    passages = [Passage.of(each, split(each.text), part.number) for each in articles for part in split(each.text)]
    return Judge(standard).verdict(claim, passages)


@pytest.mark.parametrize("standard", [FOR_PEOPLE, FOR_MODELS], ids=["person", "model"])
@pytest.mark.parametrize(("texts", "claim"), BORROWED)
def test_another_sentence_lends_no_words(texts: list[str], claim: str, standard: Standard) -> None:
    verdict = held_against(texts, claim, standard)
    assert verdict.label != "supported"
    assert verdict.reasons


def test_a_source_far_down_the_list_still_supports() -> None:
    texts = [
        "It rained.",
        "Snow fell.",
        "A dog barked.",
        "The council, based in Torvik, approved the budget on Tuesday.",
    ]
    assert held_against(texts, "The council approved the budget on Tuesday.", FOR_MODELS).label == "supported"


def test_another_event_with_another_figure_contradicts_nothing() -> None:
    texts = [
        "Police arrested three men after the robbery in Leeds.",
        "Police detained five men after the robbery in York.",
    ]
    assert held_against(texts, "Police detained three men after the robbery in Leeds.", FOR_PEOPLE).label == "supported"


def test_no_piece_of_evidence_counts_the_wrong_way() -> None:
    assert min(SCALE.network, SCALE.words, SCALE.pairs) >= 0 >= max(SCALE.wrong, SCALE.absent)


def test_the_headline_explains_a_surname_but_no_other_word(encoder: Encoder) -> None:
    article = Article.make(title="Ana Ruiz: firm bankrupt", text="The firm closed its doors on Friday, she said.")
    passage = Passage.of(article, split(article.text), 0)
    [verdict] = [Judge().verdict("The bankrupt firm closed its doors on Friday, she said.", [passage])]
    assert verdict.label != "supported"
    assert "bankrupt" in verdict.reasons[0]


def test_a_reason_names_the_words_that_were_left_out(encoder: Encoder) -> None:
    [verdict] = on(encoder, "The brother of the mayor was arrested.", "The mayor was arrested.", FOR_MODELS)
    assert verdict.reasons == ("Shortened: the cited sentence says more (“brother of”). Read the source.",)


def test_an_over_long_sentence_is_refused(encoder: Encoder) -> None:
    [verdict] = on(encoder, "It rained.", "It rained. " * 300, FOR_PEOPLE)
    assert verdict.label == "not_found"
    assert verdict.reasons == ("The sentence has 3,300 characters; at most 3,000 are checked.",)


@pytest.mark.parametrize("piece", ["Aa, said ", "\"'a ", "'a ", "“a ", "a, ", "(a ", "1 to ", "not a ", "was a and "])
def test_hostile_text_takes_no_time(encoder: Encoder, piece: str) -> None:
    claim, source = (piece * 3_000)[:2_900], (piece * 3_000)[:12_000]
    started = time.perf_counter()
    on(encoder, source, claim, FOR_PEOPLE, FOR_MODELS)
    assert time.perf_counter() - started < 10
