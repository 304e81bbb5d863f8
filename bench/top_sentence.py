"""The plainest answer to compare with: of all sentences that may be used, the one that BM25 ranks first.

The sentences are the product's own; knows nothing of its search.
"""

from collections.abc import Iterable

from bench.bm25 import BM25
from bench.metrics import Place
from bench.replies import Reply
from index.library import Library


class TopSentence:
    """Answers with one sentence of these articles of a library."""

    def __init__(self, library: Library, article_ids: Iterable[str]) -> None:
        self._sentences = [
            (Place(article_id, sentence.span), sentence.quote)
            for article_id in dict.fromkeys(article_ids)
            for sentence in library.sentences(article_id)
        ]
        self._index = BM25(quote for _, quote in self._sentences)

    def answer(self, question: str) -> Reply:
        """The best sentence, which cites itself; an abstention when none has a word of the question."""
        for number in self._index.rank(question, 1):
            place, quote = self._sentences[number]
            return Reply(quote, abstained=False, cited=((place,),))
        return Reply("", abstained=True, cited=())
