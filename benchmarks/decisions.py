"""How long the decisions take, beside the plain way, in one run: `make bench`.

1. Ten thousand draws of the weights and of the scores of a hundred needs on five criteria: ours, and a loop
   in plain Python that does the same work. The loop runs a twentieth of the draws; its time is brought to all
   of them. The shares of first place are compared before times are.
2. The best choice of actions under a budget and a time: ours, and an exhaustive search, on as many actions as
   such a search can take. The values are compared before times are.

Times are those of this machine and moment: read the ratios.
"""

from __future__ import annotations

import math
import os
import random
import time
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd

from territ_kit.planning.portfolio import Rules, choose
from territ_kit.prioritisation.robustness import rank_chances

NEEDS, CRITERIA, DRAWS, PART = 100, 5, 10_000, 20
WEIGHTS, DOUBT = [40, 25, 20, 10, 5], 1.0
ACTIONS, BUDGET, HALF_DAYS = 20, 300_000, 220


def usual_chances(scores: list[list[float]], draws: int) -> dict[str, list[float]]:
    """Return the chance of each rank and of each duel, one draw at a time."""
    rng = random.Random(2026)
    ranks = [[0] * len(scores) for _ in scores]
    duels = [[0] * len(scores) for _ in scores]
    for _ in range(draws):
        parts = [rng.expovariate(1) for _ in WEIGHTS]
        weights = [part / sum(parts) for part in parts]
        totals = []
        for row in scores:
            moved = [rng.uniform(max(score - DOUBT, 0), min(score + DOUBT, 10)) for score in row]
            totals.append(sum(weight * score for weight, score in zip(weights, moved, strict=True)))
        order = sorted(range(len(totals)), key=totals.__getitem__, reverse=True)
        for rank, need in enumerate(order):
            ranks[need][rank] += 1
            wins = duels[need]
            for other in order[rank + 1 :]:
                wins[other] += 1
    return {
        "first": [row[0] / draws for row in ranks],
        "duels": [wins / draws for row in duels for wins in row],
    }


def usual_choice(actions: pd.DataFrame) -> float:
    """Return the best value of all the choices that fit."""
    rows = actions[["value", "cost", "staff"]].to_numpy(dtype=float).tolist()
    best = 0.0
    for size in range(len(rows) + 1):
        for chosen in combinations(rows, size):
            cost, staff = sum(cost for _, cost, _ in chosen), sum(staff for _, _, staff in chosen)
            if cost <= BUDGET and staff <= HALF_DAYS:
                best = max(best, sum(value for value, _, _ in chosen))
    return best


def shortest(call: Callable[[], object], runs: int) -> float:
    """Return the shortest of some runs, in seconds."""
    best = math.inf
    for _ in range(runs):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def draws_row() -> str:
    """Time the draws both ways, compare what they find, return the row."""
    scores = np.random.default_rng(2026).integers(0, 11, (NEEDS, CRITERIA)).astype(float)
    listed, few = scores.tolist(), DRAWS // PART
    usual = usual_chances(listed, few)
    found = rank_chances(scores, WEIGHTS, doubt=DOUBT)
    np.testing.assert_allclose(found.first.sort_index(), usual["first"], atol=4 * 0.5 / math.sqrt(few))
    slow = shortest(lambda: usual_chances(listed, few), 1) * PART
    fast = shortest(lambda: rank_chances(scores, WEIGHTS, doubt=DOUBT), 5)
    return (
        f"| {DRAWS} draws, {NEEDS} needs, {CRITERIA} criteria | {fast:.3f} | {slow:.2f} | {slow / fast:.0f} |"
    )


def choice_row() -> str:
    """Time the choice of actions both ways, compare the values, return the row."""
    rng = np.random.default_rng(2026)
    actions = pd.DataFrame(
        {
            "title": [f"Action {place}" for place in range(ACTIONS)],
            "value": rng.integers(1, 11, ACTIONS),
            "cost": 1000 * rng.integers(10, 60, ACTIONS),
            "staff": rng.integers(5, 40, ACTIONS),
            "equity": rng.random(ACTIONS) < 0.5,
        },
        index=[f"a{place}" for place in range(ACTIONS)],
    )
    rules = Rules(budget=BUDGET, staff=HALF_DAYS)
    assert choose(actions, rules).value == usual_choice(actions)
    slow = shortest(lambda: usual_choice(actions), 1)
    fast = shortest(lambda: choose(actions, rules), 3)
    return f"| best of {ACTIONS} actions, and limits | {fast:.3f} | {slow:.2f} | {slow / fast:.1f} |"


def main() -> None:
    """Run both and print the table as Markdown."""
    print(f"\n{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}\n")
    print("| decision | ours (s) | plain Python (s) | ratio |\n|---|---|---|---|")
    print(draws_row(), flush=True)
    print(choice_row(), flush=True)


if __name__ == "__main__":
    main()
