"""One filter that takes secrets and persons out of every log line, wherever it is going."""

import logging
import re

from desktop.domain.masking import mask_text

# Written by hand, passwords have "@" and "/" in them unescaped: what stands behind a colon and is no port goes up to
# the last "@" there is.
_USERINFO = re.compile(r"(?<=://)(?:[^/\s@:\[]*:(?!\d+(?:[/?#\s]|$))\S*@|[^/\s]+@)")
_BEARER = re.compile(r"(?i)(bearer\s+|basic\s+)[A-Za-z0-9._~+/=-]{6,}")
_FIELD = re.compile(
    r"(?i)(\"?(?:password|passphrase|access|refresh|token|secret|authorization|offline_ticket|key)\"?\s*[:=]\s*)"
    r"(\"[^\"]*\"|'[^']*'|[^\s,;&}]+)"
)
_HEX_KEY = re.compile(r"\b[0-9a-fA-F]{64}\b")


def redact(text: str) -> str:
    """Return `text` without URL credentials, tokens, keys, phones, identity numbers and plates."""
    text = _USERINFO.sub("***@", text)
    text = _BEARER.sub(r"\1***", text)
    text = _FIELD.sub(r"\1***", text)
    text = _HEX_KEY.sub("***", text)
    return mask_text(text)


class RedactingFormatter(logging.Formatter):
    """Formats a record, then redacts the whole line: arguments and tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the redacted line."""
        return redact(super().format(record))
