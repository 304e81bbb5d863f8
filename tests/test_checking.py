"""Checking pasted sentences against the sample articles: what is false is never called supported."""

import pytest

from assistant.answers import AnswerSentence, collect
from assistant.checking import check
from index.library import Library


def checked(library: Library, claim: str) -> AnswerSentence:
    [sentence] = collect(check(library, claim)).sentences
    return sentence


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("An estimated 10,000 North Korean troops are stationed in Ukraine.", id="another country"),
        pytest.param("An estimated 10,000 Russian troops are stationed in North Korea.", id="countries swapped"),
        pytest.param(
            "The missile reached a peak altitude of 1,000 kilometers over a 7,000-kilometer trajectory.",
            id="figures swapped",
        ),
        pytest.param("The missile flew westward over a 1,000-kilometer trajectory.", id="westward"),
        pytest.param("The missile splashed down roughly 200 kilometers east of Okushiri Island.", id="east of"),
        pytest.param("The missile was launched late Thursday evening.", id="late"),
        pytest.param(
            "Two passengers died: Emil Stavro, 46, a retired harbour pilot, and Katya Brun, 71, a nurse.",
            id="ages swapped",
        ),
        pytest.param("Emil Stavro, a nurse, and Katya Brun, a retired harbour pilot, died.", id="occupations swapped"),
        pytest.param("Pavel Ostrander raised the fund from 650,000 to 400,000 euros.", id="from and to swapped"),
        pytest.param("Tomas Maddick is the master of the ferry.", id="the nephew for the uncle"),
        pytest.param("Casimir Dorn said the engineers were wrong about the pipe.", id="wrong and right swapped"),
        pytest.param("Five people were found dead on the islet and two were rescued.", id="the dead and the rescued"),
    ],
)
def test_the_articles_words_in_other_roles_are_not_supported(seeded: Library, claim: str) -> None:
    sentence = checked(seeded, claim)
    assert sentence.verdict != "supported"
    assert sentence.reasons


@pytest.mark.parametrize(
    "claim",
    [
        "About 10,000 North Korean soldiers are in Russia, Blinken said.",
        "Five people missing since the ferry Maren Light sank off Gull Head were rescued on Wednesday.",
    ],
)
def test_what_the_articles_say_is_supported(seeded: Library, claim: str) -> None:
    assert checked(seeded, claim).verdict == "supported"
