"""Commands of `territ`: thin, in French, one sentence when something is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from territ_kit import __version__
from territ_kit.errors import TerritError

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Le kit de formation du Module TERRIT : projets territoriaux de santé.",
)

dossier = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Produire les documents d’un dossier de territoire.",
)
app.add_typer(dossier, name="dossier")

# Typer exports BadParameter, not the error of any wrong command line that it descends from.
USAGE_ERROR: type[BaseException] = typer.BadParameter.__mro__[1]

Folder = Annotated[
    Path, typer.Argument(help="Votre dossier de travail : réponses et progression y sont gardées.")
]
Port = Annotated[
    int,
    typer.Option(
        min=1024, max=65535, help="Port de la page d’accueil ; le suivant est pris s’il est occupé."
    ),
]
Browser = Annotated[bool, typer.Option("--navigateur/--sans-navigateur", help="Ouvrir le navigateur.")]


@app.callback(invoke_without_command=True)
def version(*, show: Annotated[bool, typer.Option("--version", help="Afficher la version.")] = False) -> None:
    """Le kit de formation du Module TERRIT : projets territoriaux de santé."""
    if show:
        typer.echo(f"territ {__version__}")
        raise typer.Exit


@app.command()
def start(folder: Folder = Path("territ-espace"), port: Port = 8866, *, browser: Browser = True) -> None:
    """Ouvrir le cours dans le navigateur."""
    from territ_kit.apps.server import Server, run  # noqa: PLC0415 # two seconds of imports that no other command needs
    from territ_kit.workspace import Workspace  # noqa: PLC0415

    run(Server(Workspace.open(folder), port=port, browser=browser))


@app.command()
def doctor(folder: Folder = Path("territ-espace")) -> None:
    """Vérifier l’installation et dire quoi faire."""
    from territ_kit.cli.doctor import check  # noqa: PLC0415

    raise typer.Exit(check(folder))


@dossier.command()
def report(
    territory: Annotated[str, typer.Argument(help="Le nom court du territoire, par exemple port-ancelle.")],
    folder: Folder = Path("territ-espace"),
    out: Annotated[Path, typer.Option("--vers", help="Dossier où écrire les documents.")] = Path(),
    *,
    example: Annotated[
        bool, typer.Option("--exemple", help="Partir du dossier d’exemple du cas, et non du vôtre.")
    ] = False,
) -> None:
    """Écrire le rapport, le classeur, la trame de contrat et la note d’un dossier."""
    from territ_kit.cli.dossier import write  # noqa: PLC0415

    write(territory, folder, out, example=example)


def main(args: list[str] | None = None) -> int:
    """Run the command line; return the exit code (2 when the person can mend it)."""
    typed = (sys.argv[1:] if args is None else args) or ["--help"]
    try:
        return int(app(args=typed, standalone_mode=False) or 0)
    except TerritError as error:
        print(error, file=sys.stderr)
        return 2
    except USAGE_ERROR as error:
        print(f"« territ {' '.join(typed)} » {_expected(error)}", file=sys.stderr)
        return 2
    except typer.Abort:
        return 130


def _expected(error: BaseException) -> str:
    """Say in French what the command line should have been; the library only says it in English."""
    if getattr(getattr(error, "param", None), "name", "") == "port":
        return "ne convient pas : le port est un nombre entier de 1024 à 65535, par exemple --port 8866."
    return (
        "n’est pas reconnu : tapez « territ start », « territ doctor », "
        "« territ dossier report » ou « territ --help »."
    )
