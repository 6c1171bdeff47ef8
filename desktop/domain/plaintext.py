"""Text from outside without what cannot be seen: marks that turn the reading round, hide words or hide in numbers."""

import re

_UNSEEN = re.compile(
    "["
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f"  # controls, tabs and line ends excepted
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"  # zero width, direction marks
    "\u2028-\u202e\u2060-\u2069\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"  # overrides, fillers
    "\ud800-\udfff"  # halves of pairs
    "]"
)


def plain(text: str) -> str:
    """Return `text` as it is read, character by character: nothing turned round, nothing unseen."""
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text
