"""Actions, objectives and a programme of the Pays de Brézonne, as the dossier holds them."""

import pytest

from territ_kit.dossier import Action, Funder, Indicator, Objective, Programme


@pytest.fixture
def listening():
    """A complete indicator of outcome: 22 % to 40 % of the apprentices know where to be listened to."""
    return Indicator(
        label="Part des apprentis connaissant un lieu d’écoute",
        kind="outcome",
        baseline="22 %",
        target="40 %",
        date="décembre 2029",
        source="Questionnaire au CFA",
    )


@pytest.fixture
def objective(listening):
    return Objective(
        id="ecoute",
        text="D’ici 2029, davantage d’apprentis savent à qui parler",
        level="specific",
        under="mieux",
        public="Apprentis de 16 à 18 ans",
        indicator=listening,
    )


@pytest.fixture
def sheet(listening):
    """An action sheet that meets the eight checks."""
    return Action(
        id="ecoute",
        title="Rencontrer les apprentis là où ils sont",
        objective="ecoute",
        public="16-18 ans non scolarisés et apprentis",
        pilot="Mission locale",
        start=3,
        months=24,
        half_days=4,
        costs=(12_000, 12_000, 6_000),
        shares={"ars": (10_000, 10_000, 5_000), "epci": (2_000, 2_000, 1_000)},
        indicators=(
            listening,
            Indicator(label="Réunions du comité de jeunes tenues", kind="process", target="6"),
            Indicator(
                label="Apprentis rencontrés", kind="output", target="60", date="2029", source="Registre"
            ),
        ),
        links="Collège, maison familiale rurale, mission locale",
        participation="Deux apprentis choisissent les lieux et animent",
    )


@pytest.fixture
def programme(objective, sheet):
    return Programme(
        carrier="Pays de Brézonne",
        post_cost=56_000,
        post_shares={"ars": 28_000, "region": 14_000, "epci": 14_000},
        objectives=(Objective(id="mieux", text="Les jeunes vont mieux", axis="jeunes"), objective),
        actions=(sheet,),
        funders=(
            Funder(id="ars", name="ARS Normandie"),
            Funder(id="region", name="Région Normandie", rule="rtps-region"),
            Funder(id="epci", name="Communauté de communes", rule="own"),
        ),
    )
