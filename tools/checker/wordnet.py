"""Words near a word in WordNet: what means the same, the opposite, or something else of the same kind.

Reads the files of the Debian package wordnet-base (WordNet 3.0, © Princeton University, WordNet licence); their
format is told in wndb(5WN).
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

Part = Literal["noun", "verb", "adj", "adv"]
Ending = Literal["", "s", "ed", "ing"]
_PARTS: tuple[Part, ...] = ("noun", "verb", "adj", "adv")
_PART_OF_TYPE: dict[str, Part] = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
_VOWELS = "aeiou"
# Only the commonest sense of a word is used, for the others would make strange sentences.
_FIRST = 0


@dataclass(frozen=True)
class Form:
    """A word as written, as a form of a lemma."""

    lemma: str
    part: Part
    ending: Ending


@dataclass(frozen=True)
class _Synset:
    words: tuple[str, ...]
    above: tuple[tuple[Part, int], ...]
    below: tuple[tuple[Part, int], ...]
    opposite: tuple[tuple[str, Part, int, int], ...]  # the lemma here, then the other synset and the word in it


class WordNet:
    """The files in a folder. Raises FileNotFoundError when one is missing."""

    def __init__(self, folder: Path) -> None:
        self._synsets = {(part, at): synset for part in _PARTS for at, synset in _read_data(folder, part)}
        self._senses = {part: dict(_read_index(folder, part)) for part in _PARTS}
        self._irregular = {part: _read_exceptions(folder, part) for part in _PARTS}

    def form(self, word: str) -> Form | None:
        """The word as a form of a lemma, as the part of speech with most senses; None for words it does not have."""
        found = [
            Form(lemma, part, ending)
            for part in _PARTS
            for lemma, ending in self._lemmas(word, part)
            if lemma in self._senses[part]
        ]
        return max(found, key=lambda form: len(self._senses[form.part][form.lemma]), default=None)

    def synonyms(self, form: Form) -> list[str]:
        """Words of the commonest sense, in the same form."""
        return self._written(self._sense(form).words, form)

    def opposites(self, form: Form) -> list[str]:
        """Antonyms of the two commonest senses, in the same form."""
        found = []
        for at in self._senses[form.part][form.lemma][:2]:
            for lemma, part, there, number in self._synsets[form.part, at].opposite:
                if lemma == form.lemma:
                    found.append(self._synsets[part, there].words[number])
        return self._written(found, form)

    def sisters(self, form: Form) -> list[str]:
        """Words of other kinds of the same thing, in the same form."""
        sense = self._sense(form)
        same = set(sense.words)
        nearby = [self._synsets[one] for above in sense.above[:1] for one in self._synsets[above].below]
        return self._written([word for each in nearby for word in each.words if word not in same], form)

    def past(self, verb: str) -> str | None:
        """The past of a verb in its plain form; None for another word."""
        return self._inflected(verb, Form(verb, "verb", "ed")) if verb in self._senses["verb"] else None

    def _sense(self, form: Form) -> _Synset:
        return self._synsets[form.part, self._senses[form.part][form.lemma][_FIRST]]

    def _written(self, lemmas: "list[str] | tuple[str, ...]", form: Form) -> list[str]:
        plain = [lemma for lemma in lemmas if lemma.isalpha() and lemma.islower() and lemma != form.lemma]
        return [self._inflected(lemma, form) for lemma in plain]

    def _lemmas(self, word: str, part: Part) -> list[tuple[str, Ending]]:
        if word in self._irregular[part]:
            ending: Ending = "s" if part == "noun" else "ing" if word.endswith("ing") else "ed"
            return [(self._irregular[part][word], ending)]
        found: list[tuple[str, Ending]] = [(word, "")]
        if part in ("noun", "verb") and word.endswith("s") and not word.endswith("ss"):
            found += [(word[:-1], "s"), (word[:-2], "s"), (word[:-3] + "y", "s")]
        if part == "verb" and word.endswith("ed"):
            found += [(word[:-1], "ed"), (word[:-2], "ed"), (word[:-3] + "y", "ed"), (word[:-3], "ed")]
        if part == "verb" and word.endswith("ing"):
            found += [(word[:-3], "ing"), (word[:-3] + "e", "ing"), (word[:-4], "ing")]
        return found

    def _inflected(self, lemma: str, form: Form) -> str:
        if not form.ending or form.part in ("adj", "adv"):
            return lemma
        for irregular in self._forms_of[form.part].get(lemma, []):
            if form.ending == ("ing" if irregular.endswith("ing") else "s" if form.part == "noun" else "ed"):
                return irregular
        if form.ending == "s":
            return _with_s(lemma)
        if lemma.endswith("e") and not lemma.endswith("ee"):
            return lemma[:-1] + form.ending
        if form.ending == "ed" and lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
            return lemma[:-1] + "ied"
        return lemma + form.ending

    @cached_property
    def _forms_of(self) -> dict[Part, dict[str, list[str]]]:
        forms: dict[Part, dict[str, list[str]]] = {part: defaultdict(list) for part in _PARTS}
        for part in _PARTS:
            for irregular, lemma in self._irregular[part].items():
                forms[part][lemma].append(irregular)
        return forms


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "ch", "sh", "z")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _read_data(folder: Path, part: Part) -> "list[tuple[int, _Synset]]":
    return [_synset(line) for line in _lines(folder / f"data.{part}")]


def _synset(line: str) -> tuple[int, _Synset]:
    """offset file type w_cnt (word id)* p_cnt (symbol offset pos source/target)* … | gloss"""
    fields = line.split("|", 1)[0].split()
    count = int(fields[3], 16)
    words = tuple(fields[4 + 2 * place].split("(")[0].lower() if place < count else "" for place in range(count))
    after = 4 + 2 * count
    above, below, opposite = [], [], []
    for place in range(int(fields[after])):
        symbol, there, kind, ends = fields[after + 1 + 4 * place : after + 5 + 4 * place]
        target = (_PART_OF_TYPE[kind], int(there))
        if symbol == "@":
            above.append(target)
        elif symbol == "~":
            below.append(target)
        elif symbol == "!":
            opposite.append((words[int(ends[:2], 16) - 1], *target, int(ends[2:], 16) - 1))
    return int(fields[0]), _Synset(words, tuple(above), tuple(below), tuple(opposite))


def _read_index(folder: Path, part: Part) -> "list[tuple[str, tuple[int, ...]]]":
    """lemma pos synset_cnt p_cnt symbol* sense_cnt tagsense_cnt offset*, the commonest sense first"""
    found = []
    for line in _lines(folder / f"index.{part}"):
        fields = line.split()
        found.append((fields[0], tuple(int(each) for each in fields[-int(fields[2]) :])))
    return found


def _read_exceptions(folder: Path, part: Part) -> dict[str, str]:
    lines = (folder / f"{part}.exc").read_text().splitlines()
    return {irregular: lemma for irregular, lemma, *_ in map(str.split, lines)}


def _lines(file: Path) -> list[str]:
    """The lines after the licence, which is set in by two spaces."""
    return [line for line in file.read_text().splitlines() if not line.startswith("  ")]
