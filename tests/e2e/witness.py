"""What the centre itself says of an object, asked by a seat that knows nothing of the desk but the client."""

import json
from collections.abc import Collection
from typing import Any

from desktop.central.client import CentralClient
from desktop.central.schema import TokenRequest
from desktop.central.transport import Transport


def order_at_centre(url: str, username: str, password: str, order_id: str) -> dict[str, Any]:
    """Return an order's data as the centre has it now."""
    return orders_at_centre(url, username, password, [order_id])[order_id]


def orders_at_centre(url: str, username: str, password: str, order_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the data of several."""
    found: dict[str, dict[str, Any]] = {}
    transport = Transport([url])
    try:
        client = CentralClient(transport)
        request = TokenRequest(grant="password", device_id="witness", username=username, password=password)
        access = client.token(request).access
        page = client.snapshot(access, 0, "")
        for number in range(page.pages):
            current = page if number == 0 else client.snapshot(access, number, page.snapshot)
            for item in json.loads(bytes(current.items)):
                if item["id"] in order_ids:
                    found[item["id"]] = dict(item["data"])
    finally:
        transport.close()
    assert found.keys() == set(order_ids), f"the centre does not know {set(order_ids) - found.keys()}"
    return found
