"""From a zone name to a place on the ground, and whose coordinates count (product.md, 2.5)."""

from zoneinfo import available_timezones

import pytest

from app.scheduling.places import known_timezone, place_of, principal_place, row_of
from tests.scheduling.meetings import LISBON, preferences

WITHOUT_A_CITY = {"CST6CDT", "EST5EDT", "MST7MDT", "PST8PDT", "Factory", "localtime", "GMT", "GMT+0", "GMT-0", "GMT0"}
WITHOUT_A_CITY |= {"Greenwich", "UCT", "UTC", "Universal", "Zulu"}


@pytest.mark.parametrize(
    ("timezone", "city", "country"),
    [
        ("Europe/Lisbon", "Lisbon", "PT"),
        ("Europe/Oslo", "Oslo", "NO"),
        ("Europe/Amsterdam", "Amsterdam", "NL"),
        ("Europe/Copenhagen", "Copenhagen", "DK"),
        ("Asia/Calcutta", "Kolkata", "IN"),
        ("Asia/Kolkata", "Kolkata", "IN"),
        ("Europe/Kiev", "Kyiv", "UA"),
        ("US/Pacific", "Los Angeles", "US"),
        ("GB", "London", "GB"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "AR"),
        ("America/Buenos_Aires", "Buenos Aires", "AR"),
        ("Asia/Urumqi", "Urumqi", "CN"),
        ("Arctic/Longyearbyen", "Longyearbyen", "SJ"),
        ("America/Port-au-Prince", "Port-au-Prince", "HT"),
    ],
)
def test_a_zone_has_the_city_that_zone_tab_gives_it(timezone: str, city: str, country: str) -> None:
    place = principal_place(timezone)
    assert (place.city, place.country) == (city, country)
    assert place.timezone == timezone, "the name is kept as it was sent"


def test_coordinates_are_read_in_degrees_with_their_sign() -> None:
    """ISO 6709: +513030-0000731 is London, -1416-17042 Pago Pago, -690022+0393524 Syowa."""
    london, pago_pago, syowa = (
        principal_place(name) for name in ("Europe/London", "Pacific/Pago_Pago", "Antarctica/Syowa")
    )
    assert (london.latitude, london.longitude) == pytest.approx((51.508333, -0.125278), abs=1e-6)
    assert (pago_pago.latitude, pago_pago.longitude) == pytest.approx((-14.266667, -170.7), abs=1e-6)
    assert (syowa.latitude, syowa.longitude) == pytest.approx((-69.006111, 39.59), abs=1e-6)


def test_only_zones_of_no_city_have_no_place() -> None:
    homeless = {name for name in available_timezones() if row_of(name) is None and not name.startswith("Etc/")}
    assert homeless <= WITHOUT_A_CITY
    assert principal_place("Etc/GMT-14").latitude is None
    assert principal_place("UTC").country is None


def test_a_zone_is_known_by_its_exact_name() -> None:
    assert known_timezone("Europe/Lisbon")
    assert not known_timezone("Europe/lisbon")
    assert not known_timezone("../etc/passwd")
    assert row_of("Europe/Nowhere") is None


def test_the_encounters_own_coordinates_come_first() -> None:
    place = place_of("Europe/Lisbon", 41.15, -8.61, preferences(latitude=38.7, longitude=-9.1))
    assert (place.latitude, place.longitude) == (41.15, -8.61)
    assert (place.city, place.country) == (None, "PT"), "300 km from Lisbon nobody is told it is Lisbon"


def test_coordinates_close_to_the_city_keep_its_name() -> None:
    assert place_of("Europe/Lisbon", 38.70, -9.42, LISBON).city == "Lisbon"


@pytest.mark.parametrize(
    ("met_in", "home", "whose"),
    [
        pytest.param("Europe/Lisbon", "Europe/Lisbon", "the user's", id="the same zone"),
        pytest.param("Asia/Calcutta", "Asia/Kolkata", "the user's", id="two names of one row"),
        pytest.param("Europe/Oslo", "Europe/Berlin", "the city's", id="Oslo is not Berlin"),
        pytest.param("Europe/Lisbon", "Europe/London", "the city's", id="another row"),
        pytest.param("UTC", "UTC", "nobody's", id="no row at all"),
    ],
)
def test_the_users_coordinates_count_where_both_zones_are_one_row(met_in: str, home: str, whose: str) -> None:
    place = place_of(met_in, None, None, preferences(home, latitude=1.5, longitude=2.5))
    city = principal_place(met_in)
    expected = {"the user's": (1.5, 2.5), "the city's": (city.latitude, city.longitude), "nobody's": (None, None)}
    assert (place.latitude, place.longitude) == expected[whose]
    assert place.timezone == met_in


def test_without_coordinates_the_zones_city_is_the_place() -> None:
    assert place_of("Europe/Lisbon", None, None, LISBON) == principal_place("Europe/Lisbon")


def test_coordinates_in_a_zone_without_a_city_have_a_sun() -> None:
    place = place_of("UTC", 38.72, -9.14, preferences("UTC"))
    assert (place.latitude, place.city, place.country) == (38.72, None, None)
