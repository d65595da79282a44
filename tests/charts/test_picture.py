"""What a chart hands over."""

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.style import new_figure


def test_whole_numbers_have_no_decimals_in_the_french_table():
    table = pd.DataFrame(
        {
            "Commune": ["Aubray", "Belleau"],
            "Habitants": pd.array([12_500, None], dtype="Int64"),
            "Logements": [3, 4],
            "Valeur": [2.5, None],
        }
    )
    picture = Picture(new_figure(1, 1), "", "", table, [], "", decimals=1)
    assert picture.french_table().to_numpy().tolist() == [
        ["Aubray", "12\u202f500", "3", "2,5"],
        ["Belleau", "–", "4", "–"],
    ]
