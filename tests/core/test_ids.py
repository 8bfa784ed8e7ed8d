"""Identifiers: UUIDs that sort by time, and the one spelling in which any UUID is kept."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import EPOCH, MICROSECOND, derived_id, new_id, parse_id

NOW = datetime(2026, 3, 3, 15, 30, 0, 123456, tzinfo=UTC)
INSTANTS = st.integers(0, 7_289_654_400_000_000).map(lambda number: EPOCH + number * MICROSECOND)


@given(at=INSTANTS)
def test_a_new_id_is_a_version_7_uuid_of_its_millisecond(at: datetime) -> None:
    made = UUID(new_id(at))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == (at - EPOCH) // timedelta(milliseconds=1)
    assert parse_id(str(made)) == str(made)


@given(one=INSTANTS, other=INSTANTS)
def test_ids_sort_as_the_instants_they_were_made_at(one: datetime, other: datetime) -> None:
    if one != other:
        assert (new_id(one) < new_id(other)) == (one < other)


def test_ids_of_one_instant_differ() -> None:
    assert len({new_id(NOW) for _ in range(1000)}) == 1000


def test_the_same_words_under_the_same_parent_give_the_same_id() -> None:
    parent = new_id(NOW)
    assert derived_id(parent, "a") == derived_id(parent, "a")
    assert len({derived_id(parent, "a"), derived_id(parent, "b"), derived_id(new_id(NOW), "a")}) == 3


@pytest.mark.parametrize("text", ["00000000-0000-0000-0000-000000000000", "919108F7-52D1-4320-9BAC-F847DB4148A8"])
def test_any_uuid_is_kept_in_lower_case(text: str) -> None:
    assert parse_id(text) == text.lower()


@given(value=st.uuids())
def test_every_uuid_is_taken(value: UUID) -> None:
    assert parse_id(str(value).upper()) == str(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dana",
        "919108f752d143209bacf847db4148a8",
        "{919108f7-52d1-4320-9bac-f847db4148a8}",
        "urn:uuid:919108f7-52d1-4320-9bac-f847db4148a8",
        "919108f7-52d1-4320-9bac-f847db4148a",
        "919108f7-52d1-4320-9bac-f847db4148a88",
        " 919108f7-52d1-4320-9bac-f847db4148a8",
        "919108f7-52d1-4320-9bac-f847db4148a8\n",
        "919108f7-52d1-4320-9bac-f847db4148ag",
        "9-19108f752d143209bacf847db4148a8---",
        "919108f7_52d1_4320_9bac_f847db4148a8",
        "９19108f7-52d1-4320-9bac-f847db4148a8",
        "\x00" * 36,
    ],
)
def test_anything_else_is_no_id(text: str) -> None:
    try:
        taken = parse_id(text)
    except ValueError:
        return
    pytest.fail(f"taken as {taken}")
