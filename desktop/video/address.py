"""Checks an address that the centre gave before anything opens it."""

from urllib.parse import unquote, urlsplit, urlunsplit

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.video.engines.base import Source

_SCHEMES = {
    "rtsp": frozenset({"rtsp", "rtsps"}),
    "http-ts": frozenset({"http", "https"}),
    "hls": frozenset({"http", "https"}),
}
_LONGEST = 4096


def checked_source(address: LiveAddress) -> Source:
    """Turn the centre's answer into a source whose URL holds no credentials.

    The players open local files, devices and whole scripts by URL; only network addresses of the agreed protocols pass.

    Raises:
        OpsError: ``video.unsupported_protocol`` or ``video.bad_address``.
    """
    schemes = _SCHEMES.get(address.protocol)
    if schemes is None:
        raise OpsError("video.unsupported_protocol", {"protocol": address.protocol[:40]})
    try:
        parts = urlsplit(address.url)
        usable = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or len(address.url) > _LONGEST or not address.url.isprintable():
        raise OpsError("video.bad_address", retryable=True)
    userinfo, _, host = parts.netloc.rpartition("@")  # some centres put credentials there, against the contract
    username, _, password = userinfo.partition(":")
    return Source(
        url=urlunsplit(parts._replace(netloc=host, fragment="")),
        protocol=address.protocol,
        username=address.username or unquote(username),
        password=(address.password or "") if address.username else unquote(password),
    )
