"""What a chart hands to a page, a notebook or a report."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from territ_kit.charts import live
from territ_kit.french import fr


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with all that makes it readable by everyone.

    Parameters
    ----------
    figure : Figure
        The drawing, without a title.
    title : str
        The finding, in French.
    alt : str
        What the drawing says, with its figures, for those who do not see it.
    table : DataFrame
        The data, with French column names; numbers stay numbers.
    reading : list of str
        What it shows, and what it does not.
    note : str
        The unit line, under the title.
    decimals : int
        Digits after the comma of the table's numbers.
    """

    figure: Figure
    title: str
    alt: str
    table: pd.DataFrame
    reading: list[str]
    note: str
    decimals: int = 1

    def png(self) -> bytes:
        """Return the drawing as a PNG, at twice the density of a screen."""
        return live.draw(self.figure)

    def french_table(self) -> pd.DataFrame:
        """Return the table as it is read, every number in French; whole numbers have no decimals."""
        written = self.table.astype(object)
        for column, numbers in self.table.select_dtypes("number").items():
            decimals = 0 if pd.api.types.is_integer_dtype(numbers) else self.decimals
            known = numbers.to_numpy(dtype=float, na_value=math.nan)
            written[column] = [fr(number, decimals) for number in known]
        return written
