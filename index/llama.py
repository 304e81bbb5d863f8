"""Our encoder and our search as parts for LlamaIndex. Knows LlamaIndex's base classes, nothing of pages."""

import asyncio
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from index.encoder import Encoder
from index.library import Filters, Library
from index.search import Evidence, search


class BriefingEmbedding(BaseEmbedding):
    """Any of our encoders as a LlamaIndex embedding model.

    For example `VectorStoreIndex(nodes, embed_model=BriefingEmbedding(load_encoder()))`.
    """

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder, **options: Any) -> None:
        # The encoder sorts by length within a call: a larger batch than LlamaIndex's 10 pads less.
        super().__init__(**{"model_name": encoder.name, "embed_batch_size": 128, **options})
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex knows it by."""
        return "BriefingEmbedding"

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


class BriefingRetriever(BaseRetriever):
    """Our search as a LlamaIndex retriever: each node is one sentence with its exact place in its article.

    Plugs into any LlamaIndex engine, for example
    `RetrieverQueryEngine.from_args(BriefingRetriever(library), llm=llm)`. The node's id is "article:number",
    `start_char_idx` and `end_char_idx` are offsets into the article's text, scores are in about [0, 1].
    """

    def __init__(self, library: Library, *, filters: Filters | None = None, limit: int = 10) -> None:
        super().__init__()
        self._library, self._filters, self._limit = library, filters, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = search(self._library, query_bundle.query_str, filters=self._filters, limit=self._limit)
        return [NodeWithScore(node=_node(each), score=each.score) for each in found.evidence]


def _node(evidence: Evidence) -> TextNode:
    article, span = evidence.article, evidence.sentence.span
    return TextNode(
        id_=f"{article.id}:{evidence.sentence.number}",
        text=evidence.sentence.quote,
        start_char_idx=span.start,
        end_char_idx=span.end,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "source": article.source,
            "published_at": article.published_at,
        },
    )
