import asyncio

import numpy as np
import pytest

from index.encoder import load_encoder
from index.llama import BriefingEmbedding

TEXTS = ["Snow closed the pass.", "Shares in steel fell.", "“Rain,” said Élodie."]


@pytest.fixture
def embedding() -> BriefingEmbedding:
    return BriefingEmbedding(load_encoder())


def test_llama_index_gets_the_encoders_vectors(embedding: BriefingEmbedding) -> None:
    expected = load_encoder().encode(TEXTS)
    assert np.allclose(embedding.get_text_embedding_batch(TEXTS), expected, atol=1e-2)
    assert np.allclose(embedding.get_text_embedding(TEXTS[0]), expected[0], atol=1e-2)
    assert np.allclose(embedding.get_query_embedding(TEXTS[2]), expected[2], atol=1e-2)


def test_async_methods_give_the_same(embedding: BriefingEmbedding) -> None:
    async def gather() -> tuple[list[list[float]], list[float], list[float]]:
        return (
            await embedding.aget_text_embedding_batch(TEXTS),
            await embedding.aget_text_embedding(TEXTS[0]),
            await embedding.aget_query_embedding(TEXTS[2]),
        )

    batch, text, query = asyncio.run(gather())
    assert batch == embedding.get_text_embedding_batch(TEXTS)
    assert text == embedding.get_text_embedding(TEXTS[0])
    assert query == embedding.get_query_embedding(TEXTS[2])


def test_it_is_named_after_the_encoder(embedding: BriefingEmbedding) -> None:
    assert embedding.model_name == load_encoder().name
    assert embedding.class_name() == "BriefingEmbedding"


def test_a_vector_index_finds_with_it(embedding: BriefingEmbedding) -> None:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode

    index = VectorStoreIndex([TextNode(text=text) for text in TEXTS], embed_model=embedding)
    [best] = index.as_retriever(similarity_top_k=1).retrieve("What happened on the stock market?")
    assert best.node.get_content() == TEXTS[1]
