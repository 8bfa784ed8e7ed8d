"""The application built from the environment, for servers that import it."""

import os

from app.core.config import Settings
from app.main import create_app

app = create_app(Settings.from_environment(os.environ))
