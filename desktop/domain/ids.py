"""Opaque identities. They are strings from the centre or made by us; nobody parses them."""

from typing import NewType

WorkOrderId = NewType("WorkOrderId", str)
IncidentId = NewType("IncidentId", str)
CameraId = NewType("CameraId", str)
OfficerId = NewType("OfficerId", str)
OpId = NewType("OpId", str)
PaneId = NewType("PaneId", str)
