"""The sundowns ahead, for a phone without astronomy."""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from tests.contract.answers import check_problem, pointers
from tests.support import factories as make
from tests.support.clients import ApiClient
from tests.support.clock import FrozenClock


async def test_a_sky_has_400_days_from_today_on_unless_fewer_are_asked_for(alice: ApiClient) -> None:
    whole = await make.get(alice, "sky")
    days = [date.fromisoformat(day["on"]) for day in whole["days"]]
    assert days == [date(2026, 3, 3) + timedelta(days=number) for number in range(400)]
    assert (await make.get(alice, "sky?days=3"))["days"] == whole["days"][:3]


async def test_a_sky_is_the_users_own(alice: ApiClient) -> None:
    city = await make.get(alice, "sky?days=1")
    assert (city["place"]["timezone"], city["place"]["city"]) == ("Europe/Lisbon", "Lisbon")
    assert city["days"][0]["sundown_at"].startswith("2026-03-03T18:31")
    await make.change(alice, "me", {"latitude": 41.15, "longitude": -8.63})
    porto = await make.get(alice, "sky?days=1")
    assert (porto["place"]["latitude"], porto["place"]["city"]) == (41.15, None)
    assert porto["days"] != city["days"]


@pytest.mark.parametrize("timezone", ["Europe/Lisbon", "UTC"])
@pytest.mark.parametrize("spot", [{}, {"latitude": 41.15, "longitude": -8.63}])
async def test_the_sky_and_upcoming_agree(alice: ApiClient, timezone: str, spot: dict[str, float]) -> None:
    await make.change(alice, "me", {"timezone": timezone, **spot})
    sundown = (await make.get(alice, "upcoming"))["sundown"]
    days = (await make.get(alice, "sky?days=2"))["days"]
    assert [day["sundown_at"] for day in days] == [sundown["today"], sundown["tomorrow"]]


async def test_a_fixed_hour_takes_the_place_of_the_sun_through_the_changes_of_clocks(alice: ApiClient) -> None:
    await make.change(alice, "me", {"sundown_at": "17:00"})
    days = {day["on"]: day["sundown_at"] for day in (await make.get(alice, "sky?days=60"))["days"]}
    assert days["2026-03-28"] == "2026-03-28T17:00:00Z"
    assert days["2026-03-29"] == "2026-03-29T16:00:00Z"


async def test_a_zone_without_a_city_has_no_sun(alice: ApiClient) -> None:
    await make.change(alice, "me", {"timezone": "UTC"})
    sky = await make.get(alice, "sky?days=1")
    assert sky["place"] == {"timezone": "UTC", "latitude": None, "longitude": None, "city": None}
    assert sky["days"] == [{"on": "2026-03-03", "sundown_at": "2026-03-03T18:00:00Z"}]


async def test_before_the_boundary_the_sky_begins_with_the_evening_before(alice: ApiClient, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 3, 4, 3, 59, tzinfo=UTC))
    assert (await make.get(alice, "sky?days=1"))["days"][0]["on"] == "2026-03-03"


@pytest.mark.parametrize("days", ["0", "401", "-1", "", "1.0", "+5", " 5", "1_0", "true", "\uff11", "9" * 30])
async def test_a_number_of_days_is_a_whole_number_from_1_to_400(alice: ApiClient, days: str) -> None:
    answer = await alice.get(f"{make.API}/sky", params={"days": days})
    check_problem(answer, httpx.codes.UNPROCESSABLE_ENTITY)
    assert pointers(answer) == ["?days"]
