"""Names that are alike, found once for all rules that ask: DuckDB compares bytes, of which Chinese words share too many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

FEW = 1000  # names that are sooner compared one with all than numpy is loaded
BLOCK = 1000  # names compared at once with all others: some megabytes of scores


def similar_pairs(texts: Iterable[str], at_least: float) -> list[tuple[str, str]]:
    """Every ordered pair of texts, a text with itself included, whose Jaro-Winkler similarity is at least so high."""
    names = sorted(set(texts))
    if len(names) > FEW:
        return [(one, other) for one, other, _ in scored_pairs(names, at_least)]
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import extract

    return [
        (one, other)
        for one in names
        for other, _, _ in extract(one, names, scorer=JaroWinkler.similarity, score_cutoff=at_least, limit=None)
    ]


def scored_pairs(texts: Iterable[str], at_least: float) -> Iterator[tuple[str, str, float]]:
    """The same with the similarity of each, from 0 to 1."""
    import numpy
    from rapidfuzz.distance import JaroWinkler
    from rapidfuzz.process import cdist

    names = sorted(set(texts))
    for start in range(0, len(names), BLOCK):
        scores = cdist(names[start : start + BLOCK], names, scorer=JaroWinkler.similarity, score_cutoff=at_least, dtype=numpy.float32)
        for i, j in zip(*scores.nonzero()):
            yield names[start + i], names[j], scores[i][j]
