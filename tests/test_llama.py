import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import TextNode

from index.encoder import load_encoder
from index.library import Filters, Library
from index.llama import BriefingEmbedding, BriefingRetriever

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

    # A thread of its own: the browser tests' driver keeps an event loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        batch, text, query = pool.submit(asyncio.run, gather()).result()
    assert batch == embedding.get_text_embedding_batch(TEXTS)
    assert text == embedding.get_text_embedding(TEXTS[0])
    assert query == embedding.get_query_embedding(TEXTS[2])


def test_it_is_named_after_the_encoder(embedding: BriefingEmbedding) -> None:
    assert embedding.model_name == load_encoder().name
    assert embedding.class_name() == "BriefingEmbedding"


def test_a_vector_index_finds_with_it(embedding: BriefingEmbedding) -> None:
    from llama_index.core import VectorStoreIndex

    index = VectorStoreIndex([TextNode(text=text) for text in TEXTS], embed_model=embedding)
    [best] = index.as_retriever(similarity_top_k=1).retrieve("What happened on the stock market?")
    assert best.node.get_content() == TEXTS[1]


def test_the_retriever_gives_sentences_with_their_exact_place(user_seed: Library) -> None:
    nodes = BriefingRetriever(user_seed, limit=5).retrieve("How many casualties does Russia take each day?")
    assert len(nodes) == 5
    assert "12,000 per day" in nodes[0].text
    for found in nodes:
        node = found.node
        assert isinstance(node, TextNode)
        article = user_seed.article(node.metadata["article_id"])
        assert article.text[node.start_char_idx : node.end_char_idx] == node.text
    scores = [found.score or 0 for found in nodes]
    assert scores == sorted(scores, reverse=True)


def test_the_retriever_plugs_into_a_query_engine(user_seed: Library) -> None:
    engine = RetrieverQueryEngine.from_args(BriefingRetriever(user_seed, limit=3), llm=MockLLM(max_tokens=5))
    response = engine.query("How long did the missile fly?")
    assert any("one hour and 26 minutes" in found.text for found in response.source_nodes)


def test_the_retriever_heeds_filters(user_seed: Library) -> None:
    assert BriefingRetriever(user_seed, filters=Filters(since="2030-01-01")).retrieve("missile") == []
