"""What the notebooks and the guide of module 02 say of the three cases, held against their tables."""

from __future__ import annotations

import re

import numpy as np
import pytest

from territ_kit.course import files
from territ_kit.french import fr
from territ_kit.observation.gradient import read_concentration, read_deprivation, read_gradient
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.observation.small_numbers import funnel_limits, years_needed
from territ_kit.observation.smoothed import read_smoothed
from territ_kit.territory import load_case

GUIDE = (files() / "modules/02-observer/guide.md").read_text("utf-8")
ANCELLE, BREZONNE, AUBRELLE = map(load_case, ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle"))
MENTAL, RURAL = "Autour de l’établissement de santé mentale", "Neuf communes rurales"
SPAN, SHARE = "{value} (de {low} à {high})", "{value} % (de {low} à {high})"


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def row(case, indicator, area, against="departement"):
    """Return an area, whatever its level, compared with the reference."""
    reference = find_reference(case, indicator, against)
    for level in ("epci", "group", "commune", "qpv"):
        rows = read_indicator(case, indicator, level=level, reference=reference.value if reference else None)
        rows = rows.set_index("name")
        if area in rows.index:
            return rows.loc[area]
    raise KeyError(area)


def readings(case, indicator, level):
    reference = find_reference(case, indicator, "departement").value
    return read_indicator(case, indicator, level=level, reference=reference)["reading"]


def beyond_the_funnel(case, indicator, kind):
    rows = read_indicator(case, indicator).dropna(subset=["value", "base"])
    reference, per = find_reference(case, indicator, "departement"), case.catalogue.loc[indicator, "per"]
    limits = funnel_limits(reference.value, rows["base"], kind=kind, per=float(per))
    inside = rows["value"].between(limits["low_95"].to_numpy(), limits["high_95"].to_numpy())
    return set(rows.loc[~inside, "name"])


@pytest.mark.parametrize(
    ("case", "indicator", "area", "decimals", "words", "against"),
    [
        (ANCELLE, "sans-medecin-traitant", "Les Corvelles", 0, SHARE, "departement"),
        (ANCELLE, "sans-medecin-traitant", "Les Corvelles", 0, "pour {dep} %", "departement"),
        (ANCELLE, "mortalite-brute", "Havrelle-Plage", 1, SPAN + " pour 1 000", "departement"),
        (ANCELLE, "mortalite-icm", "Havrelle-Plage", 0, SPAN, "departement"),
        (BREZONNE, "scolarises-hors-territoire", BREZONNE.short_name, 0, SHARE, "departement"),
        (BREZONNE, "scolarises-hors-territoire", BREZONNE.short_name, 0, "{events} sur {base}",
         "departement"),
        (BREZONNE, "sans-medecin-traitant", BREZONNE.short_name, 1, SHARE, "departement"),
        (BREZONNE, "sans-medecin-traitant", BREZONNE.short_name, 1, "pour {dep} %", "departement"),
        (BREZONNE, "connait-lieu-ecoute", BREZONNE.short_name, 0, SHARE, "region"),
        (BREZONNE, "connait-lieu-ecoute", BREZONNE.short_name, 0, "pour {dep} % dans la région", "region"),
        (BREZONNE, "urgences-alcool-15-24-ans", BREZONNE.short_name, 1,
         "{value} pour 1 000 (de {low} à {high})", "departement"),
        (BREZONNE, "urgences-alcool-15-24-ans", BREZONNE.short_name, 1, "du département, {dep}",
         "departement"),
        (BREZONNE, "suicides-15-24-ans", BREZONNE.short_name, 1,
         "{value} pour 100 000 (de {low} à {high}) ; celui de la région, {dep}", "region"),
        (BREZONNE, "suicides-15-24-ans", BREZONNE.short_name, 1, "{events} décès par suicide", "region"),
        (AUBRELLE, "ald-psychiatriques", MENTAL, 0, SPAN + " pour 100 000", "departement"),
        (AUBRELLE, "ald-psychiatriques", RURAL, 0, "Dans les communes rurales : " + SPAN, "departement"),
        (AUBRELLE, "pauvrete", "Les Chantornes", 0, SHARE, "departement"),
        (AUBRELLE, "pauvrete", "La Villorbe", 0, SHARE, "departement"),
        (AUBRELLE, "suicides-icm", RURAL, 0, "L’indice est de " + SPAN, "departement"),
        (AUBRELLE, "suicides-icm", RURAL, 0, "{events} pour {base} attendus", "departement"),
        (AUBRELLE, "mal-etre-enquete", AUBRELLE.short_name, 0, SHARE, "departement"),
        (AUBRELLE, "enquete-femmes-60-ans", AUBRELLE.short_name, 0, "{value} % de femmes", "departement"),
    ],
)  # fmt: skip
def test_each_figure_of_the_guide_is_that_of_the_tables(case, indicator, area, decimals, words, against):
    found, reference = row(case, indicator, area), find_reference(case, indicator, against)
    figures = {column: fr(found[column], decimals) for column in ("value", "low", "high")}
    expected = words.format(
        **figures, dep=fr(reference.value, decimals), events=fr(found["events"]), base=fr(found["base"], 0)
    )
    assert spaced(expected) in spaced(GUIDE)


def test_what_is_said_of_port_ancelle_is_true():
    case = ANCELLE
    assert len(case.communes) == 26
    assert len(case.voices) == 3
    assert row(case, "mortalite-brute", "Havrelle-Plage")["reading"] == "higher"
    assert row(case, "mortalite-standardisee", "Havrelle-Plage")["reading"] == "undetermined"
    assert row(case, "mortalite-standardisee", "Lanquevert")["reading"] == "higher"
    assert row(case, "sans-medecin-traitant", case.short_name)["reading"] == "undetermined"
    assert set(readings(case, "sans-medecin-traitant", "qpv")) == {"higher"}
    assert set(readings(case, "depistage-eligibles", "qpv")) == {"lower"}
    assert row(case, "non-recours-c2s", "Phare-Nord")["reading"] == "higher"
    # the guide: the whole is below the département in crude mortality, and the two are written alike
    whole = row(case, "mortalite-brute", case.short_name)
    assert whole["reading"] == "lower"
    assert f"{whole['high']:.1f}" == f"{find_reference(case, 'mortalite-brute', 'departement').value:.1f}"


def test_what_is_said_of_chance_and_smoothing_at_port_ancelle_is_true():
    early = read_indicator(ANCELLE, "mortalite-prematuree").set_index("name")
    assert early["value"].idxmax() == "Lanquevert"
    assert early.loc["Lanquevert", "events"] == 2
    assert (early["events"] == 0).sum() == 5
    assert "Lanquevert" not in beyond_the_funnel(ANCELLE, "mortalite-prematuree", "rate")
    smoothed = read_smoothed(ANCELLE, "mortalite-prematuree")
    shown = [rows.set_index("name").loc["Lanquevert", "value"] for rows in (smoothed.before, smoothed.after)]
    assert [round(value) for value in shown] == [816, 206]


def test_what_is_said_of_the_slopes_at_port_ancelle_is_true():
    doctors = read_gradient(ANCELLE, "sans-medecin-traitant")
    assert -8 < doctors.slope.sii < -6.5  # « environ sept points »
    _, shared_out = read_concentration(ANCELLE, "sans-medecin-traitant")
    assert (shared_out.curve_y - shared_out.curve_x).max() > 0  # above the diagonal
    assert read_gradient(ANCELLE, "mortalite-brute").slope.sii_low > 0  # the other way
    equal = read_gradient(ANCELLE, "mortalite-standardisee").slope
    assert equal.sii_low < 0 < equal.sii_high
    deprived = read_deprivation(ANCELLE).index.sort_values(ascending=False)
    assert "X1001" in deprived.index[:5]


def test_what_is_said_of_the_young_of_brezonne_is_true():
    assert (len(BREZONNE.communes), len(BREZONNE.qpv), len(BREZONNE.voices)) == (31, 0, 3)
    assert set(readings(BREZONNE, "part-15-24-ans", "group")) == {"undetermined"}
    assert set(readings(BREZONNE, "scolarises-hors-territoire", "group")) == {"higher"}
    assert row(BREZONNE, "connait-lieu-ecoute", BREZONNE.short_name, "region")["reading"] == "lower"
    assert row(BREZONNE, "alcool-16-18-ans", BREZONNE.short_name, "region")["reading"] == "undetermined"
    assert row(BREZONNE, "urgences-alcool-15-24-ans", BREZONNE.short_name)["reading"] == "undetermined"
    young = row(BREZONNE, "suicides-15-24-ans", BREZONNE.short_name, "region")
    assert (young["events"], young["reading"]) == (3, "undetermined")
    assert years_needed(young["events"] / BREZONNE.catalogue.loc["suicides-15-24-ans", "years"]) == 17
    assert (read_indicator(BREZONNE, "suicides-15-24-ans")["value"].isna()).all()


def test_what_is_said_of_the_small_communes_of_brezonne_is_true():
    hidden = read_indicator(BREZONNE, "pauvrete")["missing"] == "secret"
    people = BREZONNE.communes["population"]
    assert hidden.sum() == 27
    assert 0.62 < people[hidden].sum() / people.sum() < 0.7  # « les deux tiers »
    assert row(BREZONNE, "pauvrete", BREZONNE.short_name)["reading"] == "higher"
    doctors = read_indicator(BREZONNE, "sans-medecin-traitant").set_index("name")
    beyond = beyond_the_funnel(BREZONNE, "sans-medecin-traitant", "proportion")
    assert len(beyond) == 6
    assert len(beyond & set(doctors["base"].nlargest(8).index)) >= 4  # « les plus peuplées pour la plupart »
    assert "Pierrevalude" not in beyond
    assert "Pierrevalude" in doctors["value"].nlargest(3).index
    assert doctors.loc["Pierrevalude", "base"] == 127
    assert set(readings(BREZONNE, "sans-medecin-traitant", "group")) == {"higher"}
    gradient = read_gradient(BREZONNE, "sans-medecin-traitant")
    assert -5 < gradient.slope.sii < -4  # « plus de quatre points »
    assert gradient.slope.sii_high < 0
    assert len(gradient.rows) == 31 - 3
    assert readings(BREZONNE, "mortalite-brute", "group")["plateau"] == "higher"
    assert readings(BREZONNE, "mortalite-standardisee", "group")["plateau"] == "undetermined"


def test_what_is_said_of_care_in_aubrelle_is_true():
    rates = read_indicator(AUBRELLE, "ald-psychiatriques", level="group")["value"]
    assert (rates.idxmax(), rates.idxmin()) == ("etablissement", "rural")
    for indicator in ("ald-psychiatriques", "ald-psychiatriques-icm"):
        found = readings(AUBRELLE, indicator, "group")
        assert (found["etablissement"], found["rural"]) == ("higher", "lower")
    assert row(AUBRELLE, "delai-psychiatre", AUBRELLE.short_name)["value"] == 4
    doctors = AUBRELLE.facilities[AUBRELLE.facilities["kind"] == "medecin-generaliste"]
    assert doctors.loc[doctors["commune"] == "X3001", "quantity"].sum() / doctors["quantity"].sum() > 0.5
    access, group = read_indicator(AUBRELLE, "apl-medecins")["value"], AUBRELLE.communes["group"]
    assert access.groupby(group).mean().idxmin() == "rural"
    assert read_gradient(AUBRELLE, "apl-medecins").slope.sii < 0  # more access where one is deprived
    deprived = read_deprivation(AUBRELLE).index.sort_values(ascending=False).index
    assert "X3001" in deprived[:3]
    assert (group[deprived[:10]] == "rural").sum() >= 8
    assert round(100 * AUBRELLE.communes.loc["X3001", "population"] / AUBRELLE.population) == 44


def test_what_is_said_of_the_signal_and_the_absent_in_aubrelle_is_true():
    assert set(readings(AUBRELLE, "suicides-icm", "group")) == {"undetermined"}
    assert read_indicator(AUBRELLE, "suicides-icm")["value"].isna().all()
    women = row(AUBRELLE, "enquete-femmes-60-ans", AUBRELLE.short_name)
    assert women["base"] == 412
    assert women["value"] > 3 * find_reference(AUBRELLE, "enquete-femmes-60-ans", "departement").value
    poor = read_indicator(AUBRELLE, "pauvrete", level="qpv")["events"].sum()
    elsewhere = 1 - poor / row(AUBRELLE, "pauvrete", AUBRELLE.short_name)["events"]
    assert 0.68 < elsewhere < 0.73  # « sept personnes pauvres sur dix »
    assert np.isnan(row(AUBRELLE, "pauvrete", RURAL)["value"])
    assert row(AUBRELLE, "mortalite-standardisee", "Rivombre")["reading"] == "undetermined"
