"""The people these meetings are with."""

import pytest

from tests.support import factories as make
from tests.support.clients import ApiClient


@pytest.fixture
async def people(alice: ApiClient) -> list[str]:
    names = ("Ana Alves", "Bo Berg", "Cy Castro")
    return [(await make.add(alice, "contacts", make.contact(name=name)))["id"] for name in names]
