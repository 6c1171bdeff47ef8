"""Putting credentials into an address, for the one library that takes them no other way.

FFmpeg reads RTSP credentials out of the URL alone. The URL made here lives in the host process, is handed to the
library, and goes nowhere else: exceptions of the library quote it, so their texts are not used.
"""

from urllib.parse import quote, urlsplit, urlunsplit

from desktop.errors import OpsError

_LIBRARY_LIMIT = 127
"""FFmpeg's RTSP client keeps user and password in 128 bytes and cuts the rest off without a word."""


def with_credentials(url: str, username: str, password: str) -> str:
    """Return `url` with the escaped credentials in it.

    Raises:
        OpsError: ``video.credentials_too_long`` when the library would cut them.
    """
    if not username:
        return url
    userinfo = f"{quote(username, safe='')}:{quote(password, safe='')}"
    if len(userinfo) > _LIBRARY_LIMIT:
        raise OpsError("video.credentials_too_long", {"length": len(userinfo), "limit": _LIBRARY_LIMIT})
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{userinfo}@{parts.netloc.rpartition('@')[2]}"))
