"""Backup files: written whole or not at all, and sealed, so that damage is seen before anything is restored.

The seal is a last line with the SHA-256 of all bytes before it. SQLite and pg_restore both read a file by the
sizes it states inside and never look at that line, so a sealed backup opens with their own tools, too.
"""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

LABEL = b"\nsundown-sha256:"
SEAL = re.compile(re.escape(LABEL) + rb"([0-9a-f]{64})\n")
SEAL_SIZE = len(LABEL) + 64 + 1
NEAR_END = 4096
CHUNK = 1024 * 1024


class BackupRefused(Exception):
    """A backup or restore that was not done, with the reason as a sentence; nothing was changed."""


class Damaged(BackupRefused):
    def __init__(self, path: Path, found: str) -> None:
        super().__init__(f"{path} is damaged: {found}. Nothing was changed; take another backup.")


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """What the file system refuses, as one sentence."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "the disk is full" if full else (error.strerror or "the system refused").lower()
        raise BackupRefused(f"{error.filename or path}: {reason}. Nothing was changed.") from error


@contextmanager
def written_whole(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """A private file to write to, which takes the name `target` only once it is on the disk and sealed.

    Raises BackupRefused where `target` exists, unless `overwrite`, or is no place for a file.
    """
    with told_in_words(target):
        if target.is_dir():
            raise BackupRefused(f"{target} is a folder; name a file in it.")
        if not target.parent.is_dir():
            raise BackupRefused(f"There is no folder {target.parent}.")
        if target.exists() and not overwrite:
            raise BackupRefused(f"{target} exists. Choose another name, or say --overwrite.")
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
        part = Path(name)
        try:
            yield part
            seal(part)
            part.replace(target)
            sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)


def seal(path: Path) -> None:
    with path.open("r+b") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0, os.SEEK_END)
        file.write(LABEL + digest.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def check_seal(path: Path) -> int:
    """The size of what is sealed, in bytes; that of the whole file where another program wrote it, without a seal.

    Raises Damaged where the seal is cut off or does not fit.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - NEAR_END))
        tail = file.read()
        found = SEAL.fullmatch(tail[-SEAL_SIZE:])
        if found is None:
            if LABEL in tail or any(tail.endswith(LABEL[:length]) for length in range(2, len(LABEL))):
                raise Damaged(path, "it does not end where it did")
            return size
        sealed = size - SEAL_SIZE
        if _digest(file, sealed) != found[1].decode():
            raise Damaged(path, "its bytes are not the ones that were written")
    return sealed


def _digest(file: BinaryIO, size: int) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while size and (chunk := file.read(min(CHUNK, size))):
        digest.update(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def first_bytes(path: Path, count: int = 16) -> bytes:
    with path.open("rb") as file:
        return file.read(count)


def sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """A rename is on the disk once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
