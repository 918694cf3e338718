"""The interval of a weighted mean: Student-t with a bias-corrected variance (HC2).

Sources: MacKinnon & White (1985) for HC2; Bell & McCaffrey (2002) for the degrees of freedom; see
Imbens & Kolesar (2016), "Robust Standard Errors in Small Samples".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

RESOLUTION = 0.02
"""Scores closer than this are not told apart: a score may move so much with its batch mates."""


@dataclass(frozen=True, slots=True)
class Means:
    """Per cell: count, sum of weights, weighted mean and its variance, degrees of freedom.

    `share`: for each value its weight over the sum of its cell's.  `spread`: weighted standard
    deviation of the values.  Cells without values hold NaN.
    """

    count: Ints
    weight: Floats
    mean: Floats
    variance: Floats
    df: Floats
    spread: Floats
    share: Floats
    residual: Floats


def cell_means(values: Floats, weights: Floats, cells: Ints, size: int) -> Means:
    """Weighted means of `values` in each of `size` cells.  `weights` are positive.

    With shares h = w / sum w, residuals e and q = sum h^2, the variance of the mean is
    sum a e^2 * q / sum a (1 - 2h + q), a = h^2 / (1 - h): free of bias where the values of a cell
    vary alike, which plain sandwich formulas are not.  Equal weights give s^2 / n and n - 1.
    """

    def total(x: Floats) -> Floats:
        return np.bincount(cells, x, size)

    count = np.bincount(cells, minlength=size)
    weight = total(weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = weights / weight[cells]
        mean = np.where(count > 0, total(share * values), np.nan)
        residual = values - mean[cells]
        q = total(share**2)
        alone = count[cells] < 2
        a = np.where(alone, 0.0, share**2 / np.where(alone, 1.0, 1.0 - share))
        expected = 1.0 - 2.0 * share + q[cells]
        trace = total(a * expected)
        several = count > 1
        noise = total(a * residual**2) / trace
        variance = np.where(several, q * np.maximum(noise, RESOLUTION**2), np.nan)
        df = np.where(several, trace**2 / _trace_of_square(a, share, q, total, cells), np.nan)
        spread = np.sqrt(np.where(several, total(share * residual**2) / (1.0 - q), np.nan))
    return Means(count, weight, mean, variance, df, spread, share, residual)


def _trace_of_square(a: Floats, share: Floats, q: Floats, total: object, cells: Ints) -> Floats:
    """Trace of the squared quadratic form of the variance, in terms of sums over a cell."""
    assert callable(total)
    own = q[cells] - 2.0 * share
    diagonal = total(a**2 * ((1.0 + own) ** 2 - own**2))
    a0, a1, a2 = total(a), total(a * share), total(a * share**2)
    rest = q**2 * a0**2 + 2.0 * a0 * a2 - 4.0 * q * a0 * a1 + 2.0 * a1**2
    return np.asarray(diagonal + rest, np.float64)


def half_width(variance: Floats, df: Floats, level: float) -> Floats:
    """Half the width of the interval that should hold the truth `level` of the time."""
    from scipy.special import stdtrit

    with np.errstate(invalid="ignore"):
        quantile = stdtrit(np.maximum(df, 1.0), 0.5 + level / 2.0)
    return np.asarray(quantile * np.sqrt(variance), np.float64)
