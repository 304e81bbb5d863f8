"""The road from question to checked answer, with the real encoder on the samples."""

import random
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from doubles import ToyEncoder, article
from servers import ScriptedWriter

from assistant.answers import Answer, AnswerSentence, Citation, Held, Notice, Said, Status, VerdictLabel, collect
from assistant.briefings import brief, rank
from assistant.chat import Road, Turn, ask, status_of
from assistant.checking import check
from assistant.extractive import ExtractiveWriter
from assistant.writers import Assignment, Draft, WriterCut, WriterFailed
from index import ingest
from index.encoder import Encoder
from index.errors import BadRequest
from index.library import Filters, Library
from index.search import Evidence
from index.words import content_words

QUESTION = "How many casualties does Russia take each day?"


def generated_questions(library: Library, count: int) -> list[str]:
    """Questions put together from the articles' own words, sensible and senseless ones alike."""
    rng = random.Random(7)
    patterns = ["What about {}?", "How many {}?", "Who said {}?", "When did {}?", "Where is {}?", "Why {}?", "{}"]
    sentences = [s.quote for summary in library.list_articles() for s in library.sentences(summary.id)]
    questions = []
    for _ in range(count):
        found = [word.text for word in content_words(rng.choice(sentences))]
        start = rng.randrange(max(1, len(found)))
        questions.append(rng.choice(patterns).format(" ".join(found[start : start + rng.randint(1, 5)]) or "that"))
    return questions


def citations_hold(library: Library, answer: Answer) -> None:
    for sentence in answer.sentences:
        assert sentence.citations or sentence.verdict == "not_found"
        for citation in sentence.citations:
            text = library.article(citation.article.id).text
            assert text[citation.start : citation.end] == citation.quote
            assert "\n" not in citation.quote
            assert citation.quote == citation.quote.strip()


def test_every_citation_of_every_answer_verifies(seeded: Library) -> None:
    answered = 0
    for question in generated_questions(seeded, 200):
        answer = collect(ask(seeded, question, writer=ExtractiveWriter()))
        citations_hold(seeded, answer)
        assert (answer.status == "not_found") == (not answer.sentences)
        for near in answer.nearest:
            assert seeded.article(near.article.id).text[near.start : near.end] == near.quote
        answered += answer.status == "answered"
    assert 20 <= answered <= 195


def test_a_citation_that_does_not_verify_cannot_be_built(user_seed: Library) -> None:
    article = user_seed.article(user_seed.list_articles()[0].id)
    with pytest.raises(ValueError, match="does not say 'something else' at 0–14"):
        Citation(1, article, 0, 14, "something else")


def test_the_offline_writer_uses_only_the_articles_words(seeded: Library) -> None:
    answer = collect(ask(seeded, QUESTION, writer=ExtractiveWriter()))
    for sentence in answer.sentences:
        assert sentence.text == sentence.citations[0].quote
        assert (sentence.verdict, sentence.score) == ("supported", 1.0)


def test_without_evidence_no_writer_is_called(seeded: Library) -> None:
    writer = ScriptedWriter()
    answer = collect(ask(seeded, "What is the price of wheat?", writer=writer))
    assert answer.status == "not_found"
    assert writer.asked == []
    assert len(answer.nearest) == 3


def test_what_a_model_makes_up_is_held_back_and_counted(seeded: Library) -> None:
    reply = "Russian casualties are at around 50,000 per day [1]. Wheat is dear in Chicago [1]."
    events = list(ask(seeded, QUESTION, writer=ScriptedWriter([reply])))
    assert [type(event) for event in events if isinstance(event, Said | Held)] == [Held, Held]
    answer = collect(events)
    assert answer.sentences == ()
    assert answer.as_json()["held_back"] == 2
    assert "12,000" in " ".join(answer.held[0].reasons)


def test_what_a_model_makes_up_is_marked_when_it_is_to_be_shown(seeded: Library) -> None:
    reply = "Russian casualties are at around 50,000 per day [1]."
    answer = collect(ask(seeded, QUESTION, writer=ScriptedWriter([reply]), hold_back=False))
    assert [sentence.verdict for sentence in answer.sentences] == ["contradicted"]
    assert (answer.status, answer.held) == ("not_found", ())
    keys = {citation.quote: citation.key for citation in (*answer.citations, *answer.nearest)}
    assert len(set(keys.values())) == len(keys)


DAM = [
    article("The Velm dam burst killed 12 people in the valley on Monday.", title="Dam"),
    article("The Velm dam burst killed people in the valley on Monday, officials said.", title="More on the dam"),
]


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("dam"), encoder) as opened:
        ingest.add_all(opened, DAM)
        yield opened


def written(library: Library, reply: str, shown: Sequence[str], *, hold_back: bool = False) -> Answer:
    """The answer that a model gives which is shown the first sentences of these articles."""
    firsts = [(library.article(each), library.sentences(each)[0]) for each in shown]
    evidence = tuple(Evidence(source, sentence, 0.9, 0.9, 0.9) for source, sentence in firsts)
    road = Road(library, "q", "q", library.coverage(), hold_back, 0.0, 0.0)
    return collect(road.write(ScriptedWriter([reply]), Assignment("answer", "q", evidence, 100)))


@pytest.mark.parametrize("marker", [" [1]", ""], ids=["cited", "uncited"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["precise source first", "vague source first"])
def test_a_vaguer_source_does_not_outweigh_one_that_says_otherwise(
    dam: Library, order: tuple[int, int], marker: str
) -> None:
    marker = marker.replace("1", str(order.index(0) + 1))
    reply = f"The Velm dam burst killed 40 people in the valley on Monday{marker}."
    (sentence,) = written(dam, reply, [DAM[place].id for place in order]).sentences
    assert sentence.verdict == "contradicted"
    assert sentence.citations[0].quote == DAM[0].text
    assert "which says 12" in sentence.reasons[0]


def test_a_source_that_plainly_says_so_outweighs_a_cited_one_that_says_less(dam: Library) -> None:
    reply = "The Velm dam burst killed 12 people in the valley on Monday [2]."
    answer = written(dam, reply, [each.id for each in DAM])
    assert (answer.status, answer.sentences[0].citations[0].quote) == ("answered", DAM[0].text)


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        pytest.param("", "not_found", id="nothing"),
        pytest.param("not_found contradicted", "not_found", id="nothing backed"),
        pytest.param("supported supported", "answered", id="all backed"),
        pytest.param("supported not_found", "partial", id="one not backed"),
        pytest.param("supported contradicted", "partial", id="one contradicted"),
        pytest.param("supported partly", "partial", id="one partly"),
        pytest.param("partly", "partial", id="partly"),
    ],
)
def test_the_status_follows_from_the_verdicts(verdicts: str, status: Status) -> None:
    labels: dict[str, VerdictLabel] = {
        "supported": "supported", "partly": "partly", "contradicted": "contradicted", "not_found": "not_found"
    }  # fmt: skip
    assert status_of([AnswerSentence("It rained.", labels[each], 0.5) for each in verdicts.split()]) == status


@pytest.mark.parametrize("hold_back", [True, False], ids=["held", "shown"])
def test_an_answer_with_a_sentence_that_is_not_backed_is_partial(dam: Library, hold_back: bool) -> None:
    reply = f"{DAM[0].text} [1] Wheat is dear in Chicago [2]."
    answer = written(dam, reply, [each.id for each in DAM], hold_back=hold_back)
    assert (answer.status, len(answer.sentences), len(answer.held)) == ("partial", 2 - hold_back, int(hold_back))


def test_sources_that_a_model_made_up_are_told(seeded: Library) -> None:
    right = collect(ask(seeded, QUESTION, writer=ExtractiveWriter())).sentences[0].text
    reply = f"{right} [98] Wheat is dear [98, 99]."
    events = list(ask(seeded, QUESTION, writer=ScriptedWriter([reply])))
    told = ("The model cited 2 sources that it was not shown.",)
    assert tuple(event.text for event in events if isinstance(event, Notice)) == told
    assert collect(events).notices == told


def test_a_wrong_marker_is_mended_from_the_other_evidence(seeded: Library) -> None:
    right = collect(ask(seeded, QUESTION, writer=ExtractiveWriter())).sentences[0].text
    answer = collect(ask(seeded, QUESTION, writer=ScriptedWriter([f"{right} [4]"])))
    assert answer.sentences[0].verdict == "supported"
    assert answer.sentences[0].citations[0].quote == right


def test_when_the_model_fails_the_articles_answer_and_the_reader_is_told(seeded: Library) -> None:
    answer = collect(ask(seeded, QUESTION, writer=ScriptedWriter([WriterFailed("The model is away.")])))
    assert (answer.status, answer.writer) == ("answered", "extractive")
    assert answer.notices[0] == "The model is away."
    assert "12,000" in answer.sentences[0].text


def test_a_model_that_finds_no_answer_is_told_with_the_nearest_sentences(seeded: Library) -> None:
    events = list(ask(seeded, QUESTION, writer=ScriptedWriter([""])))
    answer = collect(events)
    told = ("The model scripted found no answer in the sentences that it was shown.",)
    assert tuple(event.text for event in events if isinstance(event, Notice)) == answer.notices == told
    assert (answer.status, answer.writer, len(answer.nearest)) == ("not_found", "scripted", 3)
    assert "12,000" in " ".join(citation.quote for citation in answer.nearest)


def test_a_cut_answer_is_told_to_be_incomplete(seeded: Library) -> None:
    right = collect(ask(seeded, QUESTION, writer=ExtractiveWriter())).sentences[0].text
    writer = ScriptedWriter([(f"{right} [1]", WriterCut("The stream was cut."))])
    answer = collect(ask(seeded, QUESTION, writer=writer))
    assert (answer.status, len(answer.sentences)) == ("incomplete", 1)


def test_a_follow_up_uses_the_turn_before(seeded: Library) -> None:
    first = collect(ask(seeded, "How many North Korean troops are in Russia?", writer=ExtractiveWriter()))
    history = [Turn(first.question, first)]
    second = collect(ask(seeded, "And how many of them are in Kursk?", writer=ExtractiveWriter(), history=history))
    assert second.asked == "How many of the North Korean troops are in Kursk?"
    assert "8,000" in second.sentences[0].text


def test_filters_limit_what_is_cited(seeded: Library) -> None:
    filters = Filters(sources=("Harbour Gazette",))
    answer = collect(ask(seeded, "What happened to the Maren Light?", writer=ExtractiveWriter(), filters=filters))
    assert {citation.article.source for citation in answer.citations} <= {"Harbour Gazette"}


def test_closing_the_stream_stops_the_writer(seeded: Library) -> None:
    reply = "One sentence here [1]. Another sentence here [2]. A third sentence here [3]."
    writer = ScriptedWriter([reply])
    events = ask(seeded, QUESTION, writer=writer, hold_back=False)
    for event in events:
        if isinstance(event, Said):
            break
    events.close()  # type: ignore[attr-defined]
    assert writer.closed == 1


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 2001])
def test_a_question_that_cannot_be_asked_is_told(seeded: Library, question: str) -> None:
    with pytest.raises(BadRequest, match=r"The question is empty|has 2,001 characters"):
        collect(ask(seeded, question, writer=ExtractiveWriter()))


@pytest.mark.parametrize("topic", [None, "the ferry Maren Light", "job cuts at Aldermoor", "boil-water notice"])
@pytest.mark.parametrize("words", [80, 120, 160])
def test_a_briefing_is_cited_within_length_and_repeats_nothing(seeded: Library, topic: str | None, words: int) -> None:
    answer = collect(brief(seeded, topic, writer=ExtractiveWriter(), words=words))
    citations_hold(seeded, answer)
    texts = [sentence.text for sentence in answer.sentences]
    assert len(set(texts)) == len(texts) >= 2
    assert 0.9 * words <= sum(len(text.split()) for text in texts) <= words
    assert all(sentence.citations for sentence in answer.sentences)
    assert not any(re.match(r"(He|She|It|They|But|And)\b", text) for text in texts)


def test_a_briefing_without_a_topic_says_what_it_answers(seeded: Library) -> None:
    answer = collect(brief(seeded, writer=ExtractiveWriter()))
    assert (answer.as_json()["topic"], answer.asked) == ("", "What is the news in these 17 articles?")
    first = seeded.list_articles()[0]
    answer = collect(brief(seeded, writer=ExtractiveWriter(), filters=Filters(article_ids=(first.id,))))
    assert answer.asked == f"What is the news in “{first.title}”?"


@pytest.mark.parametrize("text", ["Rain fell today.", "It rained. It froze.", "Rain and snow " * 32 + "fell."])
def test_articles_of_odd_lengths_are_briefed_on_as_they_are(library: Library, text: str) -> None:
    ingest.add_all(library, [article(text)])
    answer = collect(brief(library, writer=ExtractiveWriter(), words=130))
    assert (answer.status, answer.sentences[0].text) == ("answered", text.split(". ")[0].rstrip(".") + ".")


def test_what_is_no_longer_there_ranks_as_nothing(library: Library) -> None:
    assert rank(library, Filters(article_ids=("0" * 32,))) == []


def test_a_topic_that_no_article_is_on_is_not_found(seeded: Library) -> None:
    answer = collect(brief(seeded, "wheat prices in Chicago", writer=ExtractiveWriter()))
    assert (answer.status, answer.sentences) == ("not_found", ())
    assert answer.as_json()["topic"] == "wheat prices in Chicago"


def test_check_gives_each_sentence_its_verdict_in_order(seeded: Library) -> None:
    text = "NATO Secretary-General Mark Rutte confirmed reports of North Korean deployments in Russia.\nWheat is dear."
    answer = collect(check(seeded, text))
    citations_hold(seeded, answer)
    assert [sentence.verdict for sentence in answer.sentences] == ["supported", "not_found"]
    assert answer.status == "partial"


def test_nothing_to_check_is_told(seeded: Library) -> None:
    with pytest.raises(BadRequest, match="There is no text to check"):
        collect(check(seeded, " \n "))


def test_articles_may_go_while_another_session_answers(tmp_path: Path, toy: ToyEncoder) -> None:
    text = "The ferry {0} left the harbour at dawn. The ferry {0} sank near rock {0} on Monday and nobody was hurt."
    stays, *go = [article(text.format(number), title=f"Ferry {number}") for number in range(30)]

    def remove_one_by_one() -> None:
        for ferry in go:
            library.remove([ferry.id])

    with Library(tmp_path, toy) as library:
        ingest.add_all(library, [stays, *go])
        other = threading.Thread(target=remove_one_by_one)
        other.start()
        try:
            while other.is_alive():
                collect(ask(library, "When did the ferry leave the harbour?", writer=ExtractiveWriter()))
                collect(brief(library, writer=ExtractiveWriter()))
                collect(check(library, stays.text))
        finally:
            other.join()
        assert library.coverage().articles == 1


class Remover:
    """A writer that sees an article go, and then writes its words."""

    name = "remover"

    def __init__(self, library: Library) -> None:
        self._library = library

    def write(self, assignment: Assignment) -> Iterator[Draft]:
        gone, *_ = assignment.evidence
        self._library.remove([gone.article.id])
        yield Draft(gone.sentence.quote, (gone,))


def test_what_has_gone_is_not_cited(library: Library) -> None:
    ingest.add_all(library, [article("The ferry sank near the rock on Monday."), article("The harbour is closed.")])
    answer = collect(ask(library, "When did the ferry sink near the rock?", writer=Remover(library)))
    assert (answer.status, answer.citations, len(answer.held)) == ("not_found", (), 1)
