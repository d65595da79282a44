"""How long the measures take for the communes of France, beside the usual way, in one run: `make bench`.

35 000 communes are drawn on a grid, with 19 age groups, neighbours, contours and minutes of travel. Each
measure is timed here and, on the same figures, as one would do without us: esda and libpysal (spatial
statistics), scikit-learn (components, least squares), a loop or pandas otherwise. Results are compared before
times are. Ours reads the neighbours each time; the matrix of libpysal is made beforehand, untimed. « Growth »
is our time for 35 000 over our time for a quarter of them: 4 is linear, 16 quadratic.

Times are those of this machine and moment: read the ratios.
"""

from __future__ import annotations

import math
import os
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from esda.moran import Moran, Moran_Local
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes, indirect_age_standardization
from libpysal.weights import W
from libpysal.weights.contiguity import Queen
from scipy import sparse, stats
from shapely.geometry import mapping, shape
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from territ_kit.observation.access import DREES_2012, floating_catchment
from territ_kit.observation.concentration import concentration_index
from territ_kit.observation.deprivation import fdep
from territ_kit.observation.direct_standardisation import standardised_rates
from territ_kit.observation.indirect_standardisation import expected_events, standardised_ratios
from territ_kit.observation.inequality import slope_index
from territ_kit.observation.local_moran import local_moran
from territ_kit.observation.neighbours import contiguity
from territ_kit.observation.rates import crude_rates, proportions
from territ_kit.observation.smoothing import empirical_bayes, local_empirical_bayes, moran
from territ_kit.observation.social_rank import population_quantiles

QUARTER, WHOLE = (70, 125), (140, 250)
AGES, PERMUTATIONS = 19, 999
Z = float(stats.norm.ppf(0.975))


@dataclass(frozen=True)
class Country:
    """Communes on a grid, all figures drawn from one seed."""

    rows: int
    columns: int

    @cached_property
    def size(self) -> int:
        """Number of communes."""
        return self.rows * self.columns

    @cached_property
    def rng(self) -> np.random.Generator:
        """The one source of figures."""
        return np.random.default_rng(2026)

    @cached_property
    def standard(self) -> np.ndarray:
        """Standard population by age, summing to 1."""
        shares = np.linspace(2, 0.2, AGES)
        return shares / shares.sum()

    @cached_property
    def people_by_age(self) -> np.ndarray:
        """Inhabitants of each commune and age: a median of some 500, a few large towns."""
        towns = np.exp(self.rng.normal(6.2, 1.1, self.size))
        return 1 + self.rng.poisson(towns[:, None] * self.standard)

    @cached_property
    def events_by_age(self) -> np.ndarray:
        """Deaths of each commune and age, more of them in the south."""
        slope = 1 + 0.3 * np.arange(self.size) / self.size
        return self.rng.poisson(self.people_by_age * np.geomspace(0.002, 0.15, AGES) * slope[:, None])

    @cached_property
    def people(self) -> np.ndarray:
        """Inhabitants of each commune."""
        return self.people_by_age.sum(axis=1)

    @cached_property
    def events(self) -> np.ndarray:
        """Deaths of each commune."""
        return self.events_by_age.sum(axis=1)

    @cached_property
    def rates(self) -> np.ndarray:
        """Deaths per inhabitant."""
        return self.events / self.people

    @cached_property
    def social(self) -> list[np.ndarray]:
        """Income, graduates, workers, unemployment: one hidden level and noise."""
        level = self.rng.normal(size=self.size)
        signs = (-1, -1, 1, 1)
        return [20 + sign * level + self.rng.normal(0, 0.7, self.size) for sign in signs]

    @cached_property
    def contours(self) -> dict[str, Any]:
        """Squares with 8 points a side, as drawn borders have many."""
        column, row = np.meshgrid(np.arange(self.columns), np.arange(self.rows))
        boxes = shapely.segmentize(
            shapely.box(column.ravel(), row.ravel(), column.ravel() + 1, row.ravel() + 1), 1 / 8
        )
        return {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"code": f"{place:05d}"}, "geometry": mapping(box)}
                for place, box in enumerate(boxes)
            ],
        }

    @cached_property
    def near(self) -> dict[str, tuple[str, ...]]:
        """Neighbours by code."""
        return contiguity(self.contours)

    @cached_property
    def codes(self) -> pd.Index[str]:
        """Codes of the communes."""
        return pd.Index(list(self.near))

    @cached_property
    def libpysal(self) -> W:
        """The same neighbours as libpysal keeps them."""
        return W({code: list(others) for code, others in self.near.items()}, id_order=list(self.near))

    @cached_property
    def trips(self) -> pd.DataFrame:
        """Minutes to the supplies (one commune in five) within four cells, as a long table."""
        steps = [
            (down, right) for down in range(-4, 5) for right in range(-4, 5) if math.hypot(down, right) <= 4
        ]
        row, column = np.divmod(np.arange(self.size), self.columns)
        parts = []
        for down, right in steps:
            inside = (row + down >= 0) & (row + down < self.rows)
            inside &= (column + right >= 0) & (column + right < self.columns)
            origin = np.flatnonzero(inside)
            target = origin + down * self.columns + right
            keep = target % 5 == 0
            minutes = 4 * math.hypot(down, right)
            parts.append(
                pd.DataFrame({"place": origin[keep], "supply": target[keep] // 5, "minutes": minutes})
            )
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def minutes(self) -> Any:
        """The same trips as a sparse matrix."""
        cells = self.trips["minutes"], (self.trips["place"], self.trips["supply"])
        return sparse.csr_array(cells, shape=(self.size, -(-self.size // 5)))

    @cached_property
    def doctors(self) -> np.ndarray:
        """Full-time equivalents of each supply."""
        return self.rng.poisson(2, -(-self.size // 5)).astype(float)


def usual_crude_rates(country: Country) -> np.ndarray:
    """Byar or exact limits, one commune at a time."""
    rates = []
    for count, people in zip(country.events, country.people, strict=True):
        if count >= 10:
            low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3
            high = (count + 1) * (1 - 1 / (9 * (count + 1)) + Z / (3 * math.sqrt(count + 1))) ** 3
        else:
            low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
            high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
        rates.append((count / people, low / people, high / people))
    return np.array(rates)[:, 1]


def usual_proportions(country: Country) -> np.ndarray:
    """Wilson limits, one commune at a time."""
    lows = []
    for part, total in zip(country.people_by_age[:, -1], country.people, strict=True):
        share = part / total
        spread = Z * math.sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
        lows.append((share + Z**2 / (2 * total) - spread) / (1 + Z**2 / total))
    return np.array(lows)


def usual_standardised_rates(country: Country) -> np.ndarray:
    """Dobson's limits, one commune at a time (esda stops at a commune without events)."""
    lows = []
    for events, people in zip(country.events_by_age, country.people_by_age, strict=True):
        total, share = events.sum(), country.standard
        if total < 10:
            lows.append(math.nan)
            continue
        value, variance = (share * events / people).sum(), (share**2 * events / people**2).sum()
        low = total * (1 - 1 / (9 * total) - Z / (3 * math.sqrt(total))) ** 3
        lows.append(value + math.sqrt(variance / total) * (low - total))
    return np.array(lows)


def usual_standardised_ratios(country: Country) -> np.ndarray:
    """esda, with its interval; brought back to a ratio."""
    reference_events, reference_people = country.events_by_age.sum(axis=0), country.people_by_age.sum(axis=0)
    found = indirect_age_standardization(
        country.events_by_age.ravel(),
        country.people_by_age.ravel(),
        np.tile(reference_events, country.size),
        np.tile(reference_people, country.size),
        country.size,
    )
    return np.array(found)[:, 0] / (reference_events.sum() / reference_people.sum())


def usual_slope(country: Country) -> np.ndarray:
    """Weighted least squares on the middle ranks, by scikit-learn."""
    shares = country.people / country.people.sum()
    ranks = np.cumsum(shares) - shares / 2
    line = LinearRegression().fit(ranks[:, None], country.rates, sample_weight=shares)
    return np.array([line.coef_[0]])


def usual_fdep(country: Country) -> np.ndarray:
    """Use the standard scores and principal component of scikit-learn."""
    scores = StandardScaler().fit_transform(np.column_stack(country.social))
    index = PCA(1).fit_transform(scores)[:, 0]
    return index * np.sign(np.corrcoef(index, country.social[3])[0, 1])


def usual_catchment(country: Country) -> np.ndarray:
    """Both steps by merging and grouping the long table with pandas."""
    trips = country.trips.copy()
    limits = [trips["minutes"] <= 5, trips["minutes"] <= 10, trips["minutes"] <= 15]
    trips["weight"] = np.select(limits, [1, 0.3, 0.1], 0)
    people = pd.DataFrame({"place": np.arange(country.size), "people": country.people})
    doctors = pd.DataFrame({"supply": np.arange(country.doctors.size), "doctors": country.doctors})
    trips = trips.merge(people, on="place").merge(doctors, on="supply")
    demand = (trips["weight"] * trips["people"]).groupby(trips["supply"]).sum().rename("demand")
    trips = trips.merge(demand, left_on="supply", right_index=True)
    share = trips["weight"] * trips["doctors"] / trips["demand"].where(trips["demand"] > 0)
    return share.groupby(trips["place"]).sum().reindex(range(country.size), fill_value=0).to_numpy()


def usual_contiguity(country: Country) -> np.ndarray:
    """libpysal, from the same file."""
    drawn = [shape(feature["geometry"]) for feature in country.contours["features"]]
    return np.array(list(Queen.from_iterable(drawn, silence_warnings=True).cardinalities.values()))


def our_ratios(country: Country) -> np.ndarray:
    """Return the ratios, from the events expected by age."""
    reference = country.events_by_age.sum(axis=0), country.people_by_age.sum(axis=0)
    expected = expected_events(country.people_by_age, *reference)
    return standardised_ratios(country.events, expected, per=1)["value"].to_numpy()


@dataclass(frozen=True)
class Measure:
    """A measure, ours and the usual way; both give the figures by which they are compared."""

    name: str
    ours: Callable[[Country], Any]
    tool: str = ""
    usual: Callable[[Country], Any] | None = None


MEASURES = [
    Measure(
        "crude_rates",
        lambda c: crude_rates(c.events, c.people, per=1)["low"],
        "loop, scipy.stats",
        usual_crude_rates,
    ),
    Measure(
        "proportions",
        lambda c: proportions(c.people_by_age[:, -1], c.people)["low"],
        "loop",
        usual_proportions,
    ),
    Measure(
        "standardised_rates (19 ages)",
        lambda c: standardised_rates(c.events_by_age, c.people_by_age, c.standard, per=1)["low"],
        "loop, numpy",
        usual_standardised_rates,
    ),
    Measure("standardised_ratios (19 ages)", our_ratios, "esda", usual_standardised_ratios),
    Measure("slope_index", lambda c: [slope_index(c.rates, c.people).sii], "scikit-learn", usual_slope),
    Measure("concentration_index", lambda c: [concentration_index(c.rates, c.people).absolute]),
    Measure("population_quantiles", lambda c: population_quantiles(c.social[3], c.people)),
    Measure("fdep", lambda c: fdep(*c.social).index, "scikit-learn", usual_fdep),
    Measure(
        "empirical_bayes",
        lambda c: empirical_bayes(c.events, c.people),
        "esda",
        lambda c: Empirical_Bayes(c.events, c.people).r.ravel(),
    ),
    Measure(
        "local_empirical_bayes",
        lambda c: local_empirical_bayes(pd.Series(c.events, c.codes), pd.Series(c.people, c.codes), c.near),
        "esda",
        lambda c: Spatial_Empirical_Bayes(c.events, c.people, c.libpysal).r.ravel(),
    ),
    Measure(
        "moran",
        lambda c: [moran(pd.Series(c.rates, c.codes), c.near).i],
        "esda, no permutation",
        lambda c: [Moran(c.rates, c.libpysal, permutations=0).I],
    ),
    Measure(
        "local_moran (999 draws)",
        lambda c: local_moran(pd.Series(c.rates, c.codes), c.near, permutations=PERMUTATIONS, rng=1).i,
        "esda",
        lambda c: Moran_Local(c.rates, c.libpysal, permutations=PERMUTATIONS, seed=1).Is,
    ),
    Measure(
        "floating_catchment (sparse)",
        lambda c: floating_catchment(c.minutes, c.people, c.doctors, DREES_2012),
        "pandas merges",
        usual_catchment,
    ),
    Measure(
        "contiguity",
        lambda c: [len(others) for others in contiguity(c.contours).values()],
        "libpysal",
        usual_contiguity,
    ),
]


def timed(call: Callable[[Country], Any], country: Country) -> tuple[float, np.ndarray]:
    """Return the shortest time of the runs that half a second allows, one at least, and the figures."""
    best, until = math.inf, time.perf_counter() + 0.5
    while True:
        start = time.perf_counter()
        figures = call(country)
        best = min(best, time.perf_counter() - start)
        if time.perf_counter() >= until:
            return best, np.asarray(figures, dtype=float)


def main() -> None:
    """Run every measure and print the table as Markdown."""
    warnings.filterwarnings("ignore")  # the libraries' own notices would cut the table
    quarter, whole = Country(*QUARTER), Country(*WHOLE)
    for country in (quarter, whole):  # drawn before anything is timed
        _ = country.events, country.social, country.libpysal, country.codes, country.minutes, country.doctors
    print(f"\n{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}, {whole.size} communes\n")
    print("| measure | ours (s) | usual (s) | with | ratio | growth |\n|---|---|---|---|---|---|")
    with threadpool_limits(1):  # on busy cores, waiting for a second thread takes longer than a short sum
        for measure in MEASURES:
            print(row(measure, quarter, whole), flush=True)


def row(measure: Measure, quarter: Country, whole: Country) -> str:
    """Time a measure on both countries, compare its figures with the usual ones, return its row."""
    small, _ = timed(measure.ours, quarter)
    ours, figures = timed(measure.ours, whole)
    compared = " | | "
    if measure.usual is not None:
        usual, same = timed(measure.usual, whole)
        known = ~np.isnan(figures)  # suppressed figures have no counterpart elsewhere
        np.testing.assert_allclose(figures[known], same[known], rtol=1e-6, atol=1e-9)
        compared = f"{usual:.4f} | {measure.tool} | {usual / ours:.1f}"
    return f"| {measure.name} | {ours:.4f} | {compared} | {ours / small:.1f} |"


if __name__ == "__main__":
    main()
