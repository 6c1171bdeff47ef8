"""What a session may see of a record. Observers see persons masked; everyone else of the hall sees them whole."""

import msgspec

from desktop.domain.masking import mask_name, mask_phone, mask_text
from desktop.drill.sessions import MASKED_AUDIENCE


def visible(kind: str, data: str, audience: str) -> str:
    """Return the JSON text of a record as `audience` may see it."""
    if audience != MASKED_AUDIENCE or kind != "work_order" or data == "null":
        return data
    order = msgspec.json.decode(data)
    caller = order.get("caller") or {}
    for field, mask in (("name", mask_name), ("phone", mask_phone)):
        if caller.get(field):
            caller[field] = mask(caller[field])
    order["description"] = mask_text(order.get("description", ""))
    return msgspec.json.encode(order).decode()
