"""What every test may ask for; the fixtures themselves stand in tests/support, a file for each idea."""

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

pytest_plugins = (
    "tests.support.databases",
    "tests.support.clients",
    "tests.support.server",
    "tests.support.places",
    "tests.support.browser",
    "tests.support.webkit",
)

# Time is measured by `make bars`, never here: a busy machine is no finding.
hypothesis_settings.register_profile("sundown", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("quick", hypothesis_settings.get_profile("sundown"), max_examples=20)
hypothesis_settings.load_profile("sundown")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The core of the page is tried in every engine (phone.md)."""
    marker = metafunc.definition.get_closest_marker("engines")
    if marker is not None and "browser" in metafunc.fixturenames:
        metafunc.parametrize("browser", marker.args or ("chromium", "firefox"), indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs much, and put the browser last.

    Playwright's synchronous interface leaves its event loop running in the thread, where no asynchronous
    test can run any more.
    """
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "browser" in asked:
            item.add_marker("browser")
        if "server" in asked:
            item.add_marker("server")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
