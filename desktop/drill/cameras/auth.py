"""Basic and Digest sign-in to the cameras (RFC 7617, RFC 2617 as RTSP uses it)."""

import hmac
import re
import secrets
import time
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Sequence
from hashlib import md5, sha256
from typing import Literal
from urllib.parse import unquote

from desktop.drill.cameras.message import Request

PasswordFor = Callable[[str, str], str | None]
"""Returns the password that opens a path (first) for a username (second), or None."""
Scheme = Literal["digest", "basic"]

REALM = "drill cameras"
NONCE_LIFE_S = 3600

_PARAMETER = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,"]*))')


class Gate:
    """Decides who may see a path. Without ``password_for`` everybody may."""

    def __init__(self, password_for: PasswordFor | None, schemes: Sequence[Scheme]) -> None:
        self._password_for = password_for
        self._schemes = tuple(schemes)
        self._secret = secrets.token_bytes(32)

    def admits(self, request: Request, path: str) -> bool:
        """Return whether the request's Authorization opens ``path``."""
        if self._password_for is None:
            return True
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        scheme = scheme.lower()
        if scheme == "digest" and "digest" in self._schemes:
            return self._admits_digest(request, path, rest)
        if scheme == "basic" and "basic" in self._schemes:
            return self._admits_basic(path, rest)
        return False

    def challenges(self) -> list[tuple[str, str]]:
        """Return a WWW-Authenticate header for each scheme on offer, the preferred one first."""
        offers = {
            "digest": f'Digest realm="{REALM}", nonce="{self._nonce()}", algorithm=MD5',
            "basic": f'Basic realm="{REALM}"',
        }
        return [("WWW-Authenticate", offers[scheme]) for scheme in self._schemes]

    def _admits_basic(self, path: str, encoded: str) -> bool:
        try:
            username, _, password = b64decode(encoded.strip(), validate=True).decode().partition(":")
        except (Base64Error, UnicodeDecodeError):
            return False
        expected = self._known_password(path, username)
        return expected is not None and hmac.compare_digest(password.encode(), expected.encode())

    def _admits_digest(self, request: Request, path: str, text: str) -> bool:
        given = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(text)}
        username, nonce, uri = given.get("username", ""), given.get("nonce", ""), given.get("uri", "")
        if given.get("realm") != REALM or not self._is_ours(nonce) or path not in unquote(uri):
            return False
        password = self._known_password(path, username)
        if password is None:
            return False
        secret = _md5(f"{username}:{REALM}:{password}")
        action = _md5(f"{request.method}:{uri}")
        middle = nonce
        if "qop" in given:  # not offered, but some clients send it all the same
            middle = ":".join((nonce, given.get("nc", ""), given.get("cnonce", ""), given["qop"]))
        expected = _md5(f"{secret}:{middle}:{action}")
        return hmac.compare_digest(expected.encode(), given.get("response", "").lower().encode())

    def _known_password(self, path: str, username: str) -> str | None:
        return self._password_for(path, username) if self._password_for else None

    def _nonce(self) -> str:
        issued = f"{int(time.monotonic()):x}"
        return f"{issued}-{self._seal(issued)}"

    def _is_ours(self, nonce: str) -> bool:
        issued, _, seal = nonce.partition("-")
        if not hmac.compare_digest(seal.encode(), self._seal(issued).encode()):
            return False
        return time.monotonic() - int(issued, 16) < NONCE_LIFE_S

    def _seal(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), sha256).hexdigest()[:32]


def _md5(text: str) -> str:
    # The algorithm of RTSP's Digest; it protects nothing here that lives longer than a few minutes.
    return md5(text.encode(), usedforsecurity=False).hexdigest()
