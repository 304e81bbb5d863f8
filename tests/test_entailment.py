"""The network that reads a claim with its source: what its readings depend on, and what they tell apart."""

import shutil
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.entailment import EntailmentModel, load_entailment_model
from index.encoder import load_word_pieces
from index.errors import EncoderError

SOURCE = "Two passengers died when the ferry Maren Light sank off Gull Head on 2 March, the coast guard said."
# A claim that the source bears out, and the same with a thing in it that the source does not say.
TWINS = [
    ("Two passengers died when the Maren Light sank.", "Two passengers swam when the Maren Light sank."),
    ("The ferry sank off Gull Head.", "The ferry did not sink off Gull Head."),
    ("The Maren Light sank on 2 March.", "The Maren Light sank on 9 March."),
    ("The coast guard said two passengers died.", "The coast guard said nine passengers died."),
    ("The ferry Maren Light sank.", "The ferry Maren Light sank because of a fire."),
]


@pytest.fixture(scope="module")
def model() -> EntailmentModel:
    return load_entailment_model()


@pytest.mark.parametrize(("said", "unsaid"), TWINS)
def test_what_the_source_says_has_better_odds(model: EntailmentModel, said: str, unsaid: str) -> None:
    [right, wrong] = model.read([(said, SOURCE), (unsaid, SOURCE)])
    assert right.odds > wrong.odds
    assert right.worst < wrong.worst


def test_the_word_at_fault_has_the_worst_odds(model: EntailmentModel) -> None:
    claim = "Nine passengers died when the ferry Maren Light sank off Gull Head."
    [reading] = model.read([(claim, SOURCE)])
    span, _ = max(reading.faults, key=lambda each: each[1])
    assert claim[span.start : span.end] == "Nine"


def test_a_reading_does_not_depend_on_the_others_in_its_batch(model: EntailmentModel) -> None:
    pairs = [(claim, SOURCE * times) for times, twins in enumerate(TWINS, 1) for claim in twins]
    together = model.read(pairs)
    for pair, reading in zip(pairs, together, strict=True):
        [alone] = model.read([pair])
        assert alone.odds == pytest.approx(reading.odds, abs=0.05)
        assert [span for span, _ in alone.faults] == [span for span, _ in reading.faults]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_read_and_spans_stand_in_the_claim(claim: str, source: str) -> None:
    [reading] = load_entailment_model().read([(claim, source)])
    spans = [span for span, _ in reading.faults]
    assert all(0 <= span.start <= span.end <= len(claim) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_no_pairs_no_readings(model: EntailmentModel) -> None:
    assert model.read([]) == []


def test_a_very_long_claim_and_source_are_cut(model: EntailmentModel) -> None:
    [reading] = model.read([("The ferry sank. " * 200, SOURCE * 50)])
    assert 0 < len(reading.faults) <= 96


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    shutil.copyfile(str(files("assistant") / "checker_files" / "model.onnx"), tmp_path / "model.onnx")
    with (tmp_path / "model.onnx").open("r+b") as file:
        file.write(b"damaged")
    with pytest.raises(EncoderError, match=r"model\.onnx is damaged.*Reinstall briefing"):
        EntailmentModel(load_word_pieces(), folder=tmp_path)
