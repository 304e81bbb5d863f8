"""The whole measuring of answers on a tiny folder of data, through its command line."""

import json
import math
import re
from typing import Any

import pytest
import toy_data
from doubles import ToyEncoder

from bench.__main__ import main


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What one run over two sets writes."""
    data = toy_data.write(tmp_path_factory.mktemp("data"))
    folder = tmp_path_factory.mktemp("out")
    wanted = ["--only", "multihop_rag answers,rgb answers", "--cache", str(folder), "--json", str(folder / "figures")]
    assert main(["quality", "--data", str(data), *wanted], encoder=ToyEncoder()) == 0
    told: dict[str, dict[str, Any]] = json.loads((folder / "figures").read_text(encoding="utf-8"))
    return told


@pytest.mark.parametrize(
    ("key", "value", "n"),
    [
        # The best sentence to q-1 and q-2 is that on the ferry, to q-3 one on a sailing club.
        pytest.param("multihop_rag/cite_precision/bm25", 2 / 3, 3, id="the one citation is gold or not"),
        pytest.param("multihop_rag/cite_recall/bm25", (1 / 2 + 1 + 0) / 3, 3, id="of two items one is found"),
        pytest.param("multihop_rag/cite_doc_precision/bm25", 2 / 3, 3, id="its article"),
        pytest.param("multihop_rag/cite_doc_recall/bm25", (1 / 2 + 1 + 0) / 3, 3, id="of two articles one"),
        pytest.param("multihop_rag/Correct/open/bm25", 1 / 2, 2, id="one sentence names the place"),
        pytest.param("multihop_rag/Correct/yes_no/bm25", 0.0, 1, id="no sentence says yes"),
        # g-1 has one passage with the answer; what is shown with it does not matter.
        pytest.param("rgb/Correct/0.0/bm25", 1 / 2, 2, id="a passage with the answer"),
        pytest.param("rgb/Correct/0.8/bm25", 1 / 2, 2, id="the same among others"),
        pytest.param("rgb/Correct/0.0", 1 / 2, 2, id="the product on the same passages"),
        pytest.param("multihop_rag/rejection", 1.0, 6, id="nobody sings or paints there"),
        pytest.param("rgb/rejection", 1.0, 4, id="abstains over passages without the answer"),
    ],
)
def test_figures(figures: dict[str, dict[str, Any]], key: str, value: float, n: int) -> None:
    assert figures[key] == {"value": pytest.approx(value), "n": n}


def test_answers_and_citations_stand_beside_their_baseline(figures: dict[str, dict[str, Any]]) -> None:
    own = {key for key in figures if re.search(r"/(Correct|cite_).*(?<!bm25)$", key)}
    assert len(own) == 6 + 5
    assert {key for key in figures if "bm25" in key} == {f"{key}/bm25" for key in own}


def test_what_the_product_says_is_cited(figures: dict[str, dict[str, Any]]) -> None:
    assert figures["multihop_rag/uncited"]["value"] == 0.0
    assert not math.isnan(figures["multihop_rag/cite_precision"]["value"])
