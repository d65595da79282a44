"""The words of a picture follow from its figures."""

import pandas as pd
import pytest

from territ_kit.charts.subject import Subject
from territ_kit.observation.reading import Reference


def test_the_title_is_the_finding(rows, subject):
    assert subject.title(rows) == (
        "Renoncement aux soins : Aubray et Belleau s’écartent nettement du département, "
        "dont 1 du côté défavorable"
    )


def test_many_areas_are_counted_rather_than_named(rows, subject):
    rows.loc["C", "reading"] = "higher"
    assert subject.title(rows).startswith("Renoncement aux soins : 3 communes sur 3 s’écartent nettement")


def test_nobody_stands_out(rows, subject):
    rows["reading"] = rows["reading"].replace({"higher": "undetermined", "lower": "undetermined"})
    assert subject.title(rows) == (
        "Renoncement aux soins : aucune commune ne s’écarte nettement du département"
    )


def test_one_area_out_of_twenty_is_what_chance_gives(rows, subject):
    """At 95 %, one interval in twenty misses the value although nothing differs."""
    many = pd.concat([rows.loc[["A"]], *[rows.loc[["C"]]] * 19], ignore_index=True)
    assert subject.title(many).endswith("Aubray s’écarte du département, ce que le hasard peut expliquer")
    assert subject.limits_of_reading(many).endswith(
        "Sur 20 communes, le hasard seul peut en écarter environ 1."
    )


def test_figures_without_interval_are_never_a_clear_gap(rows, subject):
    rows[["low", "high"]] = float("nan")
    assert set(subject.kinds(rows)) & {"worse", "better"} == set()
    assert "écart net" not in subject.alt(rows, drawing="Carte").lower()


def test_figures_without_interval_are_counted_on_the_unfavourable_side(rows, subject):
    bare = rows.drop(index="C")
    bare[["low", "high"]] = float("nan")
    assert subject.title(bare) == (
        "Renoncement aux soins : 1 commune sur 2 au-dessus de la valeur du département"
    )


@pytest.mark.parametrize(
    ("direction", "kinds"),
    [
        ("higher_is_worse", ["worse", "better"]),
        ("higher_is_better", ["better", "worse"]),
        ("neutral", ["above", "below"]),
    ],
)
def test_the_direction_says_which_side_is_unfavourable(rows, direction, kinds):
    assert Subject("x", "%", direction=direction).kinds(rows).tolist()[:2] == kinds


def test_the_direction_of_a_row_comes_before_that_of_the_subject(rows, subject):
    rows["direction"] = "higher_is_better"
    assert subject.kinds(rows).tolist()[:2] == ["better", "worse"]


def test_the_alternative_text_holds_the_figures_of_the_table(rows, subject):
    alt, table = subject.alt(rows, drawing="Carte"), subject.table(rows)
    for _, line in table[table["Lecture"].str.startswith("écart net")].iterrows():
        figures = [f"{line[column]:.1f}".replace(".", ",") for column in table.columns[1:4]]
        assert f"{line['Commune']} ({figures[0]}, de {figures[1]} à {figures[2]})" in alt
    assert "Valeur du département : 25,0." in alt
    assert "De 20,0 (Belleau) à 31,0 (Aubray)." in alt


def test_the_alternative_text_names_each_kind_of_nothing(rows, subject):
    alt = subject.alt(rows, drawing="Carte")
    for words in (
        "Secret statistique : Doulens.",
        "Donnée non disponible : Esquay.",
        "Sans objet : Ferval-sur-Orne.",
        "Moins de 10 événements, non calculé : Gouvix.",
    ):
        assert words.replace(" :", "\u00a0:") in alt


def test_a_long_list_ends_with_how_many_others(rows, subject):
    many = pd.concat([rows.loc[["C"]]] * 9, ignore_index=True)
    assert "et 3 autres." in subject.alt(many, drawing="Carte")


def test_the_table_has_french_columns_and_reads_every_row(rows, subject):
    table = subject.table(rows)
    assert table.columns.tolist() == [
        "Commune", "Valeur (% des adultes)", "Intervalle : de", "Intervalle : à", "Lecture"
    ]  # fmt: skip
    assert table["Lecture"].tolist() == [
        "écart net, moins favorable",
        "écart net, plus favorable",
        "on ne peut pas conclure",
        "secret statistique",
        "donnée non disponible",
        "sans objet",
        "moins de 10 événements, non calculé",
    ]


def test_one_more_decimal_when_an_interval_would_read_from_nine_to_nine(rows):
    rows.loc["A", ["value", "low", "high"]] = 9.0, 8.8, 9.2
    assert Subject("x", "%", decimals=0).fitted(rows).decimals == 1
    assert Subject("x", "%", decimals=0).fitted(rows.drop(index="A")).decimals == 0


def test_without_a_reference_the_title_is_the_range(rows):
    rows["reading"] = ""
    assert Subject("Pauvreté", "%").title(rows) == "Pauvreté : de 20,0 à 31,0 %"


def test_nothing_published_is_said(rows, subject):
    empty = rows.loc[["D", "E"]]
    assert subject.title(empty) == "Renoncement aux soins : aucun chiffre publié à cette échelle"


def test_a_subject_reads_the_catalogue():
    definition = pd.Series(
        {
            "short_label": "Pauvreté", "unit": "% des habitants", "decimals": 0,
            "direction": "higher_is_worse", "shows": "A.", "hides": "B.",
            "source": "Données inventées", "year": 2023,
        }
    )  # fmt: skip
    subject = Subject.of(definition, reference=Reference(15, "region"), level="qpv")
    assert subject.note == "% des habitants. Données inventées, 2023."
    assert subject.nouns(2) == "2 quartiers"


def test_who_has_no_figure_is_counted_by_reason(rows, subject):
    assert subject.absent(rows.loc[list("ABC")]) == ""
    assert subject.absent(rows.loc[list("ADD")]) == "Hors figure\u00a0: 2 communes, secret statistique."


def test_groups_of_communes_have_their_nouns():
    subject = Subject("x", "%", level="group")
    assert subject.nouns(1) == "1 groupe de communes"
    assert (subject.plural, subject.none) == ("groupes de communes", "aucun groupe de communes")
