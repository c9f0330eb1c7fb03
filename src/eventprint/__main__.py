"""`python -m eventprint`: the same door as the `eventprint` command."""

from .cli import command

command()
