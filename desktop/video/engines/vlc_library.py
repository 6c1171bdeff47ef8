"""Loads libVLC and says what it can do, without starting it: an instance takes a quarter of a second and 60 MB."""

import importlib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from desktop.errors import OpsError

_RTSP_PLUGIN = "liblive555_plugin.*"
_OUTPUT_PLUGIN = "libvmem_plugin.*"


@dataclass(frozen=True, slots=True)
class VlcLibrary:
    """A libVLC that was found.

    Attributes:
        binding: The `vlc` module.
        version: For example ``3.0.24``.
        has_rtsp: Whether it has live555; builds without (Debian's) do not open RTSP at all.
    """

    binding: ModuleType
    version: str
    has_rtsp: bool


def load_vlc() -> VlcLibrary:
    """Load the library.

    Raises:
        OpsError: ``video.vlc_missing``, ``video.vlc_plugins_missing`` or ``video.vlc_version``.
    """
    try:
        binding = importlib.import_module("vlc")
    except (ImportError, OSError, AttributeError, NotImplementedError) as fault:  # the binding raises what it likes
        raise OpsError("video.vlc_missing", detail=str(fault)) from fault
    version = binding.libvlc_get_version().decode("ascii", "replace").split(" ")[0]
    if not version.startswith("3."):  # version 4 has other callbacks
        raise OpsError("video.vlc_version", {"version": version})
    folder = _plugins(binding)
    if folder is None:
        raise OpsError("video.vlc_plugins_missing")
    return VlcLibrary(binding, version, has_rtsp=any(folder.rglob(_RTSP_PLUGIN)))


def _plugins(binding: ModuleType) -> Path | None:
    """The folder of plugins, if the one that hands out pictures is in it."""
    wanted = os.environ.get("VLC_PLUGIN_PATH", "").split(os.pathsep)
    beside = str(binding.plugin_path or "")
    candidates = [Path(path) for path in wanted if path]
    candidates += [Path(beside), Path(beside) / "plugins"] if beside else []
    candidates += [library.parent / "vlc" / "plugins" for library in _loaded_libraries()]
    for folder in candidates:
        if folder.is_dir() and any(folder.rglob(_OUTPUT_PLUGIN)):
            return folder
    return None


def _loaded_libraries() -> list[Path]:
    """Where the system found libvlc."""
    if sys.platform != "linux":
        return []
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    return [Path(match) for match in sorted(set(re.findall(r"(/\S*/libvlc(?:core)?\.so\S*)", maps)))]
