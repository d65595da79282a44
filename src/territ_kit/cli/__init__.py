"""The command `territ`."""

from territ_kit.cli.main import main

__all__ = ["main"]
