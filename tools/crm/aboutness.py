"""Decides how similar is similar enough: a passage is about something when its similarity stands out from chance on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from tools.crm.ports import Vectors

FALSE_HITS = 0.01
FEWEST_COMPARED = 200
PRIOR_MEAN, PRIOR_SPREAD, PRIOR_WEIGHT = 0.03, 0.09, 30
"""Similarity of unrelated sentences, as far as a small store can't tell it by itself: as strong as this many passages."""
MAD_TO_SPREAD = 1.4826
ITSELF = 0.999


@dataclass(frozen=True, slots=True)
class Background:
    """A random sample of the passages that are searched: what similarity by chance looks like.

    The null distribution is the empirical null of Efron (2004): its centre is the median, its spread comes from the half
    below it, which passages that do match hardly touch. A hit is scored against the question's null (is this passage
    nearer to the question than passages in general?) and against the passage's own (is it nearer to this question than to
    anything, or one of those that are near to all?), the mean of both as in the symmetric normalisation of speaker
    verification (Kenny 2010). The cut-off is Bonferroni's: by chance, one question in a hundred gets a single wrong hit.
    Precision goes before recall: a count of records “about” something must not count others, so passages that match weakly are left out.
    """

    sample: Vectors
    compared: int

    @property
    def cutoff(self) -> float:
        """Score from which a passage counts as a hit."""
        return NormalDist().inv_cdf(1 - FALSE_HITS / max(self.compared, FEWEST_COMPARED))

    def scores(self, question: Vectors, candidates: Vectors) -> Vectors:
        """Standard deviations by which each candidate stands out from chance."""
        near = candidates @ question
        centre, spread = _null(question[None, :] @ self.sample.T)
        own_centre, own_spread = _null(candidates @ self.sample.T)
        scores = ((near - centre) / spread + (near - own_centre) / own_spread) / 2
        return scores.astype(np.float32)


def _null(similarities: Vectors) -> tuple[Vectors, Vectors]:
    """Centre and spread of each row, drawn to what is usual where the sample is small; a passage is not compared with itself."""
    others = np.where(similarities < ITSELF, similarities, np.nan)
    n = np.sum(~np.isnan(others), axis=1)
    others[n == 0] = PRIOR_MEAN
    centre = np.nanmedian(others, axis=1)
    below = np.where(others <= centre[:, None], centre[:, None] - others, np.nan)
    spread = MAD_TO_SPREAD * np.nanmedian(below, axis=1)
    share = n / (n + PRIOR_WEIGHT)
    mixed = np.sqrt(share * spread**2 + (1 - share) * PRIOR_SPREAD**2)
    return share * centre + (1 - share) * PRIOR_MEAN, mixed
