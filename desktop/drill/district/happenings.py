"""Incidents and alerts, each with the orders and cameras that belong to it."""

import random
from datetime import datetime
from typing import Any

from desktop.drill.district.cameras import CameraData
from desktop.drill.district.geography import Geography
from desktop.drill.district.orders import Order, OrderMaker


class HappeningMaker:
    """Makes what is going on in a new district."""

    def __init__(
        self,
        rng: random.Random,
        ground: Geography,
        maker: OrderMaker,
        cameras: dict[str, CameraData],
        now: datetime,
    ) -> None:
        self.orders: list[Order] = []
        self.incidents: dict[str, dict[str, Any]] = {}
        self.alerts: dict[str, dict[str, Any]] = {}
