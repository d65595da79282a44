"""Map of access: who is under the threshold, where the doctors stand."""

import io

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from PIL import Image

from territ_kit.charts.access_map import AccessMap
from territ_kit.charts.style import PAPER
from territ_kit.charts.subject import Subject
from territ_kit.observation.reach import THRESHOLD, read_reach
from territ_kit.territory import load_case

CODES = list("ABCDEFG")


@pytest.fixture
def subject():
    return Subject(
        "Accès aux généralistes",
        "consultations par an et par habitant",
        decimals=1,
        direction="higher_is_better",
        source="Données inventées, 2023",
    )


@pytest.fixture
def reached(rows):
    """Seven communes of 100 inhabitants, but for Aubray, which has 400: 1,000 in all."""
    return rows.assign(
        value=[4.0, 0.5, 1.5, 2.0, 2.5, 3.0, 3.5],
        low=np.nan, high=np.nan, missing="", suppressed=False, reading="",
        base=[400.0] + 6 * [100.0],
    )  # fmt: skip


@pytest.fixture
def supply():
    return pd.DataFrame(
        {"name": ["Aubray", "Esquay"], "lon": [0.05, 0.45], "lat": [0.05, 0.1], "quantity": [8.0, 2.0]},
        index=["A", "E"],
    )


@pytest.fixture
def port_ancelle():
    return load_case("port-ancelle")


@pytest.fixture
def show(contours, reached, subject, supply):
    def show(rows=reached, supply=supply, threshold=2.5, size="wide", **how):
        chart = AccessMap(contours, size=size)
        return chart, chart.show(rows, subject, supply=supply, threshold=threshold, **how)

    return show


def words(chart):
    return [
        artist.get_text().replace("\n", " ")
        for artist in chart.figure.axes[0].get_children()
        if type(artist).__name__ == "Label"
    ]


def squares(chart):
    """Return the sides of the squares that lie on the land, in inches."""
    found = [one for one in chart.figure.axes[0].patches if isinstance(one, Rectangle)]
    return sorted(
        one.get_width()
        for one in found
        if one.get_y() > 0 and one.get_width() == pytest.approx(one.get_height())
    )


def test_the_title_is_the_share_under_the_threshold(show):
    """Belleau, Corval and Doulens: 300 inhabitants of 1,000."""
    _, picture = show()
    assert picture.title == (
        "30\u00a0% des habitants sont sous le seuil de 2,5\u00a0consultations par an et par habitant"
    )


def test_a_commune_at_the_threshold_is_not_under_it(show):
    _, picture = show()
    assert picture.table.set_index("Commune").loc["Esquay", "Sous le seuil"] == "non"


def test_the_inhabitants_may_differ_from_the_base(show):
    chart, picture = show(inhabitants=pd.Series(100.0, index=CODES))
    assert picture.title.startswith("43\u00a0% des habitants")
    assert "43\u00a0% sous le seuil" in words(chart)


def test_the_mean_is_that_of_an_inhabitant(show):
    """(400 × 4 + 100 × (0.5 + 1.5 + 2 + 2.5 + 3 + 3.5)) / 1,000 = 2.9."""
    _, picture = show()
    assert picture.note.endswith("Moyenne par habitant\u00a0: 2,9.")


def test_the_alternative_text_holds_the_figures(show):
    _, picture = show()
    for said in (
        "Carte\u00a0: 7 communes, Accès aux généralistes",
        "De 0,5 (Belleau) à 4,0 (Aubray).",
        "Sous le seuil de 2,5\u00a0: 30\u00a0% des habitants, 3 communes sur 7, "
        "Belleau (0,5), Corval (1,5) et Doulens (2,0).",
        "Médecins (équivalents temps plein)\u00a0: 10, dans 2 communes\u202f; le plus, Aubray (8).",
    ):
        assert said in picture.alt


def test_the_shares_of_the_classes_are_those_of_the_inhabitants(show):
    _, picture = show(threshold=2.2)
    shares = picture.alt.partition("Part des habitants par classe\u00a0: ")[2].partition(".")[0]
    assert sum(int(part.rpartition(", ")[2].split("\u00a0")[0]) for part in shares.split("\u202f; ")) == 100
    assert "à moins de 2,2, 10\u00a0%" in shares


def test_the_table_starts_with_the_least_served_and_counts_its_doctors(show):
    _, picture = show()
    assert picture.table.iloc[0].tolist() == ["Belleau", 0.5, 0.0, "oui"]
    assert picture.table.iloc[-1].tolist() == ["Aubray", 4.0, 8.0, "non"]


def test_the_area_of_a_square_is_the_number_of_doctors(show):
    chart, _ = show()
    small, large = squares(chart)
    assert large**2 / small**2 == pytest.approx(4)


def test_the_squares_are_paper_with_an_ink_edge(show):
    chart, _ = show()
    on_land = [one for one in chart.figure.axes[0].patches if isinstance(one, Rectangle) and one.get_y() > 0]
    assert {to_hex(one.get_facecolor()) for one in on_land} == {PAPER.lower()}


def test_no_name_lies_under_a_square(show):
    chart, _ = show()
    assert chart._covered
    assert all(not box.intersects(chart.avoid) for box in chart._covered)


def test_the_communes_under_the_threshold_are_striped(show):
    """Never colour alone: the stripes lie between the west of Belleau and the east of Doulens."""
    chart, _ = show()
    stripes = [
        segment[:, 0]
        for lines in chart.figure.axes[0].collections
        if lines.get_zorder() == 3
        for segment in lines.get_segments()
        if segment[:, 1].max() > 0
    ]
    first, last = chart.land.communes["B"].bounds[0], chart.land.communes["D"].bounds[2]
    across = np.concatenate(stripes)
    assert first <= across.min() < first + 0.1
    assert last - 0.1 < across.max() <= last


def test_nobody_under_the_threshold(show):
    chart, picture = show(threshold=0.5)
    assert picture.title.startswith("Aucun habitant n’est sous le seuil de 0,5")
    assert "Sous le seuil de 0,5\u00a0: aucune commune." in picture.alt
    assert "100\u00a0% au seuil ou plus" in words(chart)
    assert not [said for said in words(chart) if "sous le seuil" in said.lower()]


def test_everybody_under_the_threshold(show):
    chart, picture = show(threshold=9.0)
    assert picture.title.startswith("Tous les habitants sont sous le seuil de 9,0")
    assert "100\u00a0% sous le seuil" in words(chart)
    assert set(picture.table["Sous le seuil"]) == {"oui"}


def test_a_few_inhabitants_are_not_nobody(show, reached):
    chart, picture = show(reached.assign(base=[1e6, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]), size="phone")
    assert picture.title.startswith("Moins de 1\u00a0% des habitants")
    assert "plus de 99\u00a0% au seuil ou plus" not in words(chart), "there is no room for both on a phone"


def test_one_commune(show, reached, supply):
    chart, picture = show(reached.loc[["A"]], supply.loc[["A"]])
    assert picture.title.startswith("Aucun habitant")
    assert picture.table["Commune"].tolist() == ["Aubray"]
    assert chart.png().startswith(b"\x89PNG")


def test_a_commune_without_a_figure_is_told_and_weighs_nothing(show, reached):
    reached.loc["B", ["value", "missing"]] = np.nan, "not_available"
    chart, picture = show(reached)
    assert picture.title.startswith("22\u00a0%")
    assert picture.table.iloc[-1, 3] == "donnée non disponible"
    assert "Non disponible" in words(chart)


def test_no_figure_at_all_is_said(show, reached):
    chart, picture = show(reached.assign(value=np.nan, missing="not_available"))
    assert picture.title.endswith("aucun chiffre publié à cette échelle")
    assert chart.png().startswith(b"\x89PNG")


def test_a_territory_without_doctors(show, supply):
    chart, picture = show(supply=supply.iloc[:0])
    assert picture.alt.endswith("Aucun médecin sur place.")
    assert "Médecins (équivalents temps plein)" not in words(chart)


def test_another_hypothesis_reuses_the_land_and_leaves_nothing_behind(port_ancelle):
    subject = Subject.of(port_ancelle.catalogue.loc["apl-medecins"])
    chart, fresh = AccessMap(port_ancelle.contours), AccessMap(port_ancelle.contours)
    land, patches = chart.land, list(chart._patches.values())
    for one, decay in ((chart, "quinze"), (chart, "large"), (fresh, "large")):
        reach = read_reach(port_ancelle, decay)
        one.show(reach.rows, subject, supply=reach.supply, threshold=THRESHOLD)
    assert chart.land is land
    assert list(chart._patches.values()) == patches
    assert chart.png() == fresh.png()


def test_port_ancelle_has_the_share_of_its_reading(port_ancelle):
    reach = read_reach(port_ancelle)
    picture = AccessMap(port_ancelle.contours).show(
        reach.rows,
        Subject.of(port_ancelle.catalogue.loc["apl-medecins"]),
        supply=reach.supply,
        threshold=THRESHOLD,
        inhabitants=port_ancelle.communes["population"],
    )
    assert picture.title.startswith(f"{100 * reach.share_below:.0f}\u00a0% des habitants")
    assert picture.note.endswith("Moyenne par habitant\u00a0: 3,6.")
    assert picture.reading[0].startswith("Ce que montre la carte.")
    assert "au bord" in picture.reading[1]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(show, size, width):
    chart, _ = show(size=size)
    assert Image.open(io.BytesIO(chart.png())).width == width


def test_nothing_is_written_under_ten_points(show):
    chart, _ = show(size="phone", highlight="F")
    labels = [one for one in chart.figure.axes[0].get_children() if type(one).__name__ == "Label"]
    assert "Ferval-sur-Orne" in words(chart)
    assert min(one.get_fontsize() for one in labels) >= 10
