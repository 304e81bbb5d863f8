"""How near words of one text come to words of another, in their contexts. Knows token vectors; nothing of search.

"The missile flew" says that it "flies" although no stem agrees; token vectors see that.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder import TokenVectors
from index.words import Word, stems

# A cosine of token vectors at or below the first says nothing, at or above the second says "the same".
_UNLIKE, _ALIKE = 0.45, 0.85


def said(wanted: Sequence[Word], asking: TokenVectors, text: str, telling: TokenVectors) -> NDArray[np.float32]:
    """How far each wanted word of one text is said by another, in [0, 1]: 1 for the same stem.

    `asking` are the tokens of the text that the words stand in, `telling` those of `text`.
    """
    same = stems(text)
    return np.array([1.0 if word.stem in same else _likeness(word, asking, telling) for word in wanted], np.float32)


def _likeness(word: Word, asking: TokenVectors, telling: TokenVectors) -> float:
    """The nearest token's cosine to the word's mean token vector, stretched over [0, 1]."""
    starts, ends = asking.offsets[:, 0], asking.offsets[:, 1]
    own = asking.vectors[(starts >= word.span.start) & (ends <= word.span.end)]
    if not len(own) or not len(telling.vectors):
        return 0.0
    mean = own.mean(axis=0)
    nearest = float(np.max(telling.vectors @ mean) / max(float(np.linalg.norm(mean)), 1e-9))
    return float(np.clip((nearest - _UNLIKE) / (_ALIKE - _UNLIKE), 0.0, 1.0))


def weighted_share(shares: NDArray[np.float32], wanted: Sequence[Word], weights: Mapping[str, float]) -> float:
    """The mean of the shares by each word's weight, 1 for a word without one; 0 when nothing is wanted."""
    each = np.array([weights.get(word.stem, 1.0) for word in wanted], np.float32)
    return float(shares @ each / each.sum()) if len(wanted) and each.sum() else 0.0
