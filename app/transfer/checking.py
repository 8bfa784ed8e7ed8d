"""Whether the rows of an archive fit together: each id once, and nothing that points at what is not there."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint

from app.transfer.archive import Section, layout
from app.transfer.reading import Content, Findings


def check(content: Content) -> None:
    """Raise Invalid with the places that contradict each other or point at nothing."""
    found = Findings()
    for section in layout().rows:
        rows = content.rows.get(section.name, [])
        for columns in _unique(section):
            _once(section, rows, columns, found)
        for columns, parent, parent_columns in _references(section):
            known = {_key(row, parent_columns) for row in content.rows.get(parent, [])}
            for index, row in enumerate(rows):
                key = _key(row, columns)
                if None not in key and key not in known:
                    found.at(f"#/rows/{section.name}/{index}/{columns[0]}", f"This is not among the {parent}.")
    _somebody_in_each(content, found)
    found.tell()


def _key(row: dict[str, Any], columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in columns)


def _owned(names: Iterable[str]) -> tuple[str, ...]:
    """Columns of a key less the owner, who is the same throughout."""
    return tuple(name for name in names if name != "owner_id")


def _unique(section: Section) -> Iterable[tuple[str, ...]]:
    yield _owned(section.table.primary_key.columns.keys())
    for constraint in section.table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield _owned(constraint.columns.keys())
    for index in section.table.indexes:
        if index.unique:
            yield _owned(index.columns.keys())


def _once(section: Section, rows: list[dict[str, Any]], columns: tuple[str, ...], found: Findings) -> None:
    seen = set[tuple[Any, ...]]()
    for index, row in enumerate(rows):
        key = _key(row, columns)
        if None in key:
            continue
        if key in seen:
            pointer = f"#/rows/{section.name}/{index}/{columns[-1]}"
            found.at(pointer, f"Another of the {section.name} has the same {', '.join(columns)}.")
        seen.add(key)


def _references(section: Section) -> Iterable[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """Columns here, the table they refer to, and its columns; what refers to the account itself left out."""
    carried = {other.name for other in layout().rows}
    for constraint in section.table.constraints:
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table.name in carried:
            pairs = [(element.parent.name, element.column.name) for element in constraint.elements]
            mine = [(here, there) for here, there in pairs if here != "owner_id"]
            yield tuple(here for here, _ in mine), constraint.referred_table.name, tuple(there for _, there in mine)


def _somebody_in_each(content: Content, found: Findings) -> None:
    met = {row["encounter_id"] for row in content.rows.get("encounter_people", [])}
    for index, row in enumerate(content.rows.get("encounters", [])):
        if row["id"] not in met:
            found.at(f"#/rows/encounters/{index}", "An encounter has at least one person.")
