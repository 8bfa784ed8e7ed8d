"""Answer shapes of pictures."""

from app.core.schemas import Answer, Moment, Uuid


class PictureRead(Answer):
    """A picture of a card; its bytes are at the same address."""

    id: Uuid
    encounter_id: Uuid
    width: int
    height: int
    created_at: Moment
