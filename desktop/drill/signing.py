"""Short signatures over things the centre hands out and wants back unchanged: cursors, tokens, stream passwords."""

import base64
import hashlib
import hmac


class Signer:
    """Signs text with the centre's key; `purpose` keeps one kind of token from being used as another."""

    def __init__(self, key: bytes, purpose: str) -> None:
        self._key = hashlib.sha256(key + purpose.encode()).digest()

    def digest(self, text: str) -> str:
        """Return a signature of `text`: 16 bytes in URL-safe base64."""
        raw = hmac.new(self._key, text.encode(), hashlib.sha256).digest()[:16]
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def seal(self, text: str) -> str:
        """Return `text` and its signature as one opaque URL-safe word."""
        body = base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
        return f"{body}.{self.digest(text)}"

    def unseal(self, word: str) -> str | None:
        """Return the text inside `word`, or None when it was not sealed with this key."""
        body, _, signature = word.partition(".")
        try:
            text = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
        except ValueError:
            return None
        return text if hmac.compare_digest(signature.encode(), self.digest(text).encode()) else None
