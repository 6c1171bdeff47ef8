"""The seat's settings and where its files lie. No personal data, no secret is ever written here."""

import logging
from pathlib import Path

import msgspec
import platformdirs

_log = logging.getLogger(__name__)

LANGUAGES = ("zh_CN", "en")
THEMES = ("dark", "light", "contrast")


class Settings(msgspec.Struct, frozen=True):
    """What the seat remembers between starts.

    Attributes:
        centre: Base URL of the centre, "" when none was ever named.
        backup: Base URL of its second link, or "".
        username: Last user name, to prefill the sign-in.
        language: One of `LANGUAGES`.
        theme: One of `THEMES`.
        text_scale: Size of all text, 1.0 to 2.0.
    """

    centre: str = ""
    backup: str = ""
    username: str = ""
    language: str = "zh_CN"
    theme: str = "dark"
    text_scale: float = 1.0


class SettingsFile:
    """`settings.json` of one data directory. A broken file is set aside and the defaults are used."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "settings.json"

    def load(self) -> Settings:
        """Read the settings; missing or unreadable ones are the defaults."""
        try:
            settings = msgspec.json.decode(self._path.read_bytes(), type=Settings)
        except FileNotFoundError:
            return Settings()
        except (OSError, msgspec.DecodeError) as fault:
            _log.warning("settings could not be read, defaults are used: %s", fault)
            return Settings()
        return msgspec.structs.replace(
            settings,
            language=settings.language if settings.language in LANGUAGES else "zh_CN",
            theme=settings.theme if settings.theme in THEMES else "dark",
            text_scale=min(2.0, max(1.0, settings.text_scale)),
        )

    def save(self, settings: Settings) -> None:
        """Write the settings in one step; a disk fault is logged and the program goes on."""
        draft = self._path.with_suffix(".tmp")
        try:
            draft.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2))
            draft.replace(self._path)
        except OSError as fault:
            _log.warning("settings could not be saved: %s", fault)


def default_data_dir() -> Path:
    """Where this user's data lies when nothing else is said."""
    return Path(platformdirs.user_data_dir("watchfloor", appauthor=False))
