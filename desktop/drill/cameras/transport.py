"""The Transport header of SETUP (RFC 2326 §12.39)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TransportWish:
    """What a client can receive: a pair of interleaved channels, or a pair of UDP ports.

    Attributes:
        over_tcp: Whether ``pair`` are channels of the connection.
        pair: Media and control, channel or port.
    """

    over_tcp: bool
    pair: tuple[int, int]


def first_possible(header: str) -> TransportWish | None:
    """Return the first of the client's alternatives that the server can serve, or None (461)."""
    for alternative in header.split(","):
        protocol, *parameters = (part.strip() for part in alternative.split(";"))
        values = {
            name.strip().lower(): value.strip() for name, _, value in (each.partition("=") for each in parameters)
        }
        if "multicast" in values:
            continue
        if protocol.upper() == "RTP/AVP/TCP":
            pair = _pair(values.get("interleaved", "0-1"), limit=255)
            if pair:
                return TransportWish(over_tcp=True, pair=pair)
        elif protocol.upper() in ("RTP/AVP", "RTP/AVP/UDP"):
            pair = _pair(values.get("client_port", ""), limit=65535)
            if pair and min(pair) > 0:
                return TransportWish(over_tcp=False, pair=pair)
    return None


def _pair(text: str, *, limit: int) -> tuple[int, int] | None:
    low, _, high = text.partition("-")
    if not (low.isascii() and low.isdigit() and (not high or (high.isascii() and high.isdigit()))):
        return None
    if max(len(low), len(high)) > 5:
        return None
    first = int(low)
    second = int(high) if high else first + 1
    return (first, second) if max(first, second) <= limit else None
