"""`sundown backup` and `sundown restore`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from app.core.config import Settings


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file where it exists.")] = False,
) -> None:
    """Write the whole database into one file, while Sundown runs."""
    from app.transfer import backup as backups

    made = backups.backup(Settings.from_environment(os.environ), file, overwrite=overwrite)
    typer.echo(f"Backed up to {file} ({made.size:,} bytes, schema {made.revision}).")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `sundown backup` wrote.", show_default=False)],
) -> None:
    """Restore a backup where there is no database yet; what is there is never replaced."""
    from app.transfer import backup as backups

    made = backups.restore(Settings.from_environment(os.environ), file)
    typer.echo(f"Restored from {file}; the database is at {made.revision}.")
