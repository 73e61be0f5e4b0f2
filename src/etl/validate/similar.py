"""Names that are alike, found once for all rules that ask: DuckDB compares bytes, of which Chinese words share too many."""

from __future__ import annotations

from collections.abc import Iterable

FEW = 1000        # names that are sooner compared one with all than numpy is loaded
BLOCK = 1000      # names compared at once with all others: some megabytes of scores


def similar_pairs(texts: Iterable[str], at_least: float) -> list[tuple[str, str]]:
    """Every ordered pair of texts, a text with itself included, whose Jaro-Winkler similarity is at least so high."""
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    names = sorted(set(texts))
    if len(names) <= FEW:
        return [(one, other) for one in names
                for other, _, _ in process.extract(one, names, scorer=JaroWinkler.similarity, score_cutoff=at_least, limit=None)]
    import numpy

    pairs = []
    for start in range(0, len(names), BLOCK):
        scores = process.cdist(names[start:start + BLOCK], names, scorer=JaroWinkler.similarity, score_cutoff=at_least,
                               dtype=numpy.float32)
        pairs += [(names[start + i], names[j]) for i, j in zip(*scores.nonzero())]
    return pairs
