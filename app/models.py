"""Every table, imported once so that the metadata is whole."""

from app.accounts import models as accounts
from app.contacts import models as contacts
from app.core import idempotency
from app.core.columns import Base
from app.encounters import models as encounters
from app.followups import models as followups
from app.people import models as people
from app.tasks import models as tasks

__all__ = ["Base", "accounts", "contacts", "encounters", "followups", "idempotency", "people", "tasks"]

METADATA = Base.metadata
