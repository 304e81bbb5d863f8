"""The sentences of a text that a claim most likely rests on, by the weight of the words they share."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from math import log

# What a claim needs seldom stands in more sentences than these, and each one more costs time.
COUNT = 3


def nearest(
    claim: AbstractSet[str],
    sentences: Sequence[AbstractSet[str]],
    count: int = COUNT,
    likeness: Sequence[float] = (),
) -> list[int]:
    """The places of at most `count` sentences, nearest first; all are given as stems of their content words.

    A shared word weighs log(1 + sentences / those that have it), so that words of the whole text count little; the
    share of the claim's weight that a sentence has is added to its `likeness`, such as a cosine, if that is known. A
    sentence that shares no word is left out, but for the first one when none shares any.
    """
    stand = Counter(stem for sentence in sentences for stem in sentence & claim)
    weights = {stem: log(1 + len(sentences) / max(stand[stem], 1)) for stem in claim}
    total = sum(weights.values()) or 1.0
    shares = [sum(weights[stem] for stem in sentence & claim) / total for sentence in sentences]
    scores = [share + like for share, like in zip(shares, likeness or [0.0] * len(shares), strict=True)]
    order = sorted(range(len(sentences)), key=lambda place: (-scores[place], place))
    return [place for place in order[:count] if shares[place] > 0] or order[:1]
