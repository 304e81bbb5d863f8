"""What every check holds to, whatever the words."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import Check, agrees_with_itself, stays_inside

from assistant.checks import attribution, dates, names, numbers, polarity, quotations
from index.sentences import split

CHECKS = [
    pytest.param(module.check, id=module.__name__.rpartition(".")[2])
    for module in (numbers, dates, names, quotations, attribution, polarity)
]
# Pieces that the checks look for, so that random texts run into each other's rules.
PIECES = (
    "said says denied according to he she they the mayor Ana Ruiz Dana Reyl Anton Reyl U.S. KMU (KMU) TOLVAN — not no"
    " never may could plans to if only “we lost” ‘ ’ ' \" … [sic] 10,000 ten thousand 10k 1.5 million € $5 12 percent"
    " half a third two-thirds dozens 3-2 5–7 7.25 p.m. noon 34-year-old one hour and 26 minutes 1990s 12th twelfth 4"
    " March May 2026 on Monday yesterday last month rose fell before after more fewer . , ; : ! ? \n Troops South North"
    " Korea Korean more than nearly 100m 00:00 31 February 2020s 0 zero 99999999999999999999999999"
).split(" ")
WORDS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))


@pytest.mark.parametrize("check", CHECKS)
@given(claim=WORDS, source=WORDS, before=WORDS)
def test_no_words_break_a_check(check: Check, claim: str, source: str, before: str) -> None:
    stays_inside(check, claim, source, before)


@pytest.mark.parametrize("check", CHECKS)
@given(words=WORDS, before=WORDS)
def test_a_claim_equal_to_its_source_has_no_fault(check: Check, words: str, before: str) -> None:
    agrees_with_itself(check, words, before)


@pytest.mark.parametrize("check", CHECKS)
def test_every_sentence_of_the_sample_articles_bears_itself_out(check: Check) -> None:
    folder = Path(__file__).parents[2] / "seeds"
    for file in chain(folder.glob("0*.md"), folder.glob("0*.txt")):
        quotes = [sentence.quote for sentence in split(file.read_text(encoding="utf-8"))]
        for last, quote in zip(["", *quotes], quotes, strict=False):
            agrees_with_itself(check, quote, last)
