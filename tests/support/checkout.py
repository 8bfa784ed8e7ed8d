"""A copy of the code with one migration more: what a later version, or a broken one, would do to a database."""

import shutil
from pathlib import Path

from app.core.migrate import EXPECTED
from tests.support.commands import ROOT

LATER = "20990101a"
REVISION = '''"""a later migration."""

import sqlalchemy as sa
from alembic import op

revision: str = "{revision}"
down_revision: str | None = "{before}"


def upgrade() -> None:
    {upgrade}


def downgrade() -> None:
    pass
'''
HALF_WAY = (
    'op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))',
    "op.execute(\"UPDATE contacts SET notes = 'changed'\")",
    'raise ValueError("the rest cannot be done")',
)


def later_version(folder: Path, *statements: str) -> Path:
    """The folder of a copy whose newest migration runs these statements of Python; made once."""
    if folder.exists():
        return folder
    quiet = shutil.ignore_patterns("__pycache__")
    for name in ("app", "migrations"):
        shutil.copytree(ROOT / name, folder / name, ignore=quiet)
    shutil.copyfile(ROOT / "alembic.ini", folder / "alembic.ini")
    (folder / "frontend").symlink_to(ROOT / "frontend")
    body = REVISION.format(revision=LATER, before=EXPECTED, upgrade="\n    ".join(statements))
    (folder / "migrations" / "versions" / "20990101_0000_later.py").write_text(body)
    return folder
