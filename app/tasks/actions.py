"""What a task made by hand gets from its action when it says nothing itself; planned tasks have it from their rule."""

from collections.abc import Mapping

CHANNEL: Mapping[str, str] = {
    "email_thank_you": "email",
    "handwritten_note": "letter",
    "send_link": "email",
    "phone_call": "phone",
    "linkedin_invite": "linkedin",
    "their_promise": "email",
    "keep_in_touch": "email",
    "new_year_card": "letter",
    "reply": "email",
}
MINUTES: Mapping[str, int] = {
    "email_thank_you": 8,
    "send_link": 5,
    "requested_item": 15,
    "finish_card_note": 2,
    "linkedin_invite": 2,
    "phone_call": 5,
    "reply": 5,
    "their_promise": 5,
}
REQUIRES: Mapping[str, tuple[str, ...]] = {
    "email_thank_you": ("name", "email"),
    "handwritten_note": ("name", "postal_address"),
    "send_link": ("name", "email"),
    "phone_call": ("name", "phone", "number"),
    "linkedin_invite": ("name",),
    "their_promise": ("name", "email"),
    "keep_in_touch": ("name", "email"),
    "new_year_card": ("name", "postal_address"),
    "reply": ("name",),
}
