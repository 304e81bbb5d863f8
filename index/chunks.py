"""Group an article's sentences into chunks that fit the encoder. Knows token counts; nothing of vectors."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from index.articles import Article, Chunk, Sentence, Span

# [CLS] and [SEP], which BERT encoders add to every text.
_SPECIAL_TOKENS = 2
# A headline of 300 characters must not crowd the words out of its chunk.
_HEADER_TOKENS = 64

CountTokens = Callable[[Sequence[str]], list[int]]


def header(article: Article) -> str:
    """The line that heads each chunk for encoding and lexical search: title, source, date."""
    day = (article.published_at or "")[:10]
    return ". ".join(part for part in (article.title.rstrip("."), article.source, day) if part)


def fitted_header(article: Article, count_tokens: CountTokens) -> str:
    """The header cut at a word so that it leaves room for sentences in the encoder's window."""
    words = header(article).split()
    counts = count_tokens(words)
    kept, used = 0, 0
    while kept < len(words) and used + counts[kept] <= _HEADER_TOKENS:
        used += counts[kept]
        kept += 1
    return " ".join(words[:kept])


def group(sentences: Sequence[Sentence], counts: Sequence[int], *, room: int) -> tuple[Chunk, ...]:
    """Consecutive chunks of whole sentences, each of at most `room` tokens; `counts` is tokens a sentence.

    Chunks partition the sentences in order. A sentence longer than `room` is a chunk of its own, and the
    encoder truncates it.
    """
    bounds, used = [0], 0
    for number, count in enumerate(counts):
        if number > bounds[-1] and used + count > room:
            bounds.append(number)
            used = 0
        used += count
    bounds.append(len(sentences))
    return tuple(
        Chunk(place, first, last, Span(sentences[first].start, sentences[last - 1].end))
        for place, (first, last) in enumerate(pairwise(bounds))
        if first < last
    )


def room_for(header_tokens: int, max_tokens: int) -> int:
    """How many tokens of sentences fit under a header of `header_tokens`."""
    return max_tokens - _SPECIAL_TOKENS - header_tokens
