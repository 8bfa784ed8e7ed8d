"""Backing up a database while it is in use, and restoring one into an empty place."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from app.core import migrate
from app.core.config import Settings
from app.transfer import postgres_backup, sqlite_backup
from app.transfer.sealing import BackupRefused, check_seal, first_bytes, told_in_words, written_whole


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup or restore came to: bytes, and the schema revision of the rows."""

    size: int
    revision: str


def backup(settings: Settings, target: Path, *, overwrite: bool = False) -> Made:
    """Write one sealed file that holds the database as it is at one instant, while others read and write.

    Raises BackupRefused; the file appears whole or not at all.
    """
    source = place(settings)
    if not settings.sqlite:
        tools = postgres_backup.Tools(settings.database_url, settings.pg_bin)
        with written_whole(target, overwrite=overwrite) as part:
            revision = postgres_backup.dump(tools, part)
        return Made(target.stat().st_size, revision)
    sqlite_backup.refuse_live_file(source, target)
    with written_whole(target, overwrite=overwrite) as part:
        revision = sqlite_backup.copy(source, part)
    return Made(target.stat().st_size, revision)


def restore(settings: Settings, file: Path) -> Made:
    """Put a backup in place where there is no database yet, and bring it to this version's schema.

    Everything is checked before anything is put in place. Raises BackupRefused and, for a backup of a later
    version, NewerDatabase.
    """
    with told_in_words(file):
        if not file.is_file():
            raise BackupRefused(f"There is no file {file}.")
        refuse_foreign(file, settings)
        size = check_seal(file)
        if settings.sqlite:
            return Made(size, sqlite_backup.put_in_place(file, size, settings.database_url))
        tools = postgres_backup.Tools(settings.database_url, settings.pg_bin)
        postgres_backup.put_in_place(tools, file)
        migrate.upgrade(settings.database_url)
        return Made(size, migrate.EXPECTED)


def refuse_foreign(file: Path, settings: Settings) -> None:
    """Look at the first bytes: a backup of the other kind of database, or none at all."""
    kinds = {sqlite_backup.MAGIC: "SQLite", postgres_backup.MAGIC: "PostgreSQL"}
    head = first_bytes(file)
    kind = next((kind for magic, kind in kinds.items() if head.startswith(magic)), None)
    wanted = "SQLite" if settings.sqlite else "PostgreSQL"
    if kind is None:
        raise BackupRefused(f"{file} is no backup of Sundown. Nothing was changed.")
    if kind != wanted:
        raise BackupRefused(
            f"{file} is a backup of {kind}, and SUNDOWN_DATABASE_URL names {wanted}. Nothing was changed. "
            "To move an account from one to the other, export it and import it there."
        )


def place(settings: Settings) -> Path:
    """The file of an embedded database."""
    return Path(make_url(settings.database_url).database or "")
