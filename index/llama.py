"""Our encoder as a part for LlamaIndex. Knows the encoder and LlamaIndex's base classes, nothing of pages."""

import asyncio
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from index.encoder import Encoder


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
