"""Disks that are full when a test says so, and have room again when it says so."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MEBIBYTE = 1024 * 1024


class Disk(Protocol):
    """Where it lies, what kind of limit it is, and the two things that happen to it."""

    folder: Path
    kind: str

    def fill(self, pid: int) -> None:
        """Leave little room to the process `pid`, which writes there."""
        ...

    def make_room(self, pid: int) -> None: ...


@dataclass
class SmallTmpfs:
    """A file system in memory of its own, filled by a ballast file."""

    folder: Path
    kind: str = "a small tmpfs"

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, pid: int) -> None:
        room = shutil.disk_usage(self.folder).free - MEBIBYTE // 4
        with suppress(OSError):  # the server took some of it meanwhile: it is full all the same
            self._ballast.write_bytes(b"\0" * max(room, 0))

    def make_room(self, pid: int) -> None:
        self._ballast.unlink()


@dataclass
class FileSizeLimit:
    """A limit on the size of any file the process writes, for where no file system can be mounted."""

    folder: Path
    kind: str = "a file size limit"

    def fill(self, pid: int) -> None:
        largest = max(path.stat().st_size for path in self.folder.iterdir())
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (largest + MEBIBYTE // 4, resource.RLIM_INFINITY))

    def make_room(self, pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def small_tmpfs(folder: Path, mebibytes: int) -> Iterator[SmallTmpfs]:
    """Mounted on `folder` inside the block. Raises CalledProcessError where this may not be."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "sundown-tests", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield SmallTmpfs(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def small_disk(folder: Path, mebibytes: int) -> Iterator[Disk]:
    """A tmpfs where one can be mounted, else a limit."""
    if may_mount(folder):
        with small_tmpfs(folder, mebibytes) as disk:
            yield disk
        return
    folder.mkdir(exist_ok=True)
    yield FileSizeLimit(folder)


def may_mount(beside: Path) -> bool:
    """Root may, unless it is a container's."""
    if os.geteuid() != 0:
        return False
    probe = beside.with_name(f"{beside.name}-probe")
    try:
        with small_tmpfs(probe, 1):
            return True
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False
    finally:
        probe.rmdir()
