from doubles import ToyEncoder, article
from hypothesis import given
from hypothesis import strategies as st

from index import sentences
from index.chunks import fitted_header, group, header


@given(st.lists(st.integers(0, 40), max_size=60), st.integers(1, 50))
def test_chunks_partition_the_sentences_and_fit(counts: list[int], room: int) -> None:
    parts = sentences.split("".join(f"Sentence number {n} ends here.\n" for n in range(len(counts))))
    chunks = group(parts, counts, room=room)
    assert [n for chunk in chunks for n in range(chunk.first, chunk.last)] == list(range(len(counts)))
    for chunk in chunks:
        assert sum(counts[chunk.first : chunk.last]) <= room or chunk.last - chunk.first == 1
        assert chunk.span.start == parts[chunk.first].start
        assert chunk.span.end == parts[chunk.last - 1].end


def test_the_header_names_title_source_and_day() -> None:
    piece = article("Text.", title="Ferry sinks.", source="Gazette", published_at="2026-03-02T10:00:00")
    assert header(piece) == "Ferry sinks. Gazette. 2026-03-02"
    assert header(article("Text.", title="Ferry sinks")) == "Ferry sinks"


def test_a_long_headline_leaves_room_for_the_words() -> None:
    piece = article("Text.", title="word " * 300)
    assert len(fitted_header(piece, ToyEncoder().count_tokens).split()) == 64
