"""What the centre itself says of an object, asked by a seat that knows nothing of the desk but the client."""

import json
from typing import Any

from desktop.central.client import CentralClient
from desktop.central.schema import TokenRequest
from desktop.central.transport import Transport


def order_at_centre(url: str, username: str, password: str, order_id: str) -> dict[str, Any]:
    """Return an order's data as the centre has it now."""
    transport = Transport([url])
    try:
        client = CentralClient(transport)
        request = TokenRequest(grant="password", device_id="witness", username=username, password=password)
        access = client.token(request).access
        page = client.snapshot(access, 0, "")
        for number in range(page.pages):
            current = page if number == 0 else client.snapshot(access, number, page.snapshot)
            for item in json.loads(bytes(current.items)):
                if item["id"] == order_id:
                    return dict(item["data"])
    finally:
        transport.close()
    raise AssertionError(f"the centre does not know {order_id}")
