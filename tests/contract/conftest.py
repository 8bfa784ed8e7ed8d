"""The OpenAPI document, made once."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    from app.core.config import Settings
    from app.main import create_app

    folder: Path = tmp_path_factory.mktemp("document")
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder}/none.db", password_hash_cost="test")
    return create_app(settings).openapi()
