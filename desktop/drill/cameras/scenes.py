"""The sixteen street scenes by number, name and clip file."""

from dataclasses import dataclass
from typing import Literal, get_args

Profile = Literal["sub", "main"]

PROFILES: tuple[Profile, ...] = get_args(Profile)
STILL = "still"
"""Name of the black clip whose skip frames also hold a frozen picture."""


@dataclass(frozen=True, slots=True)
class SceneInfo:
    """One drawn place.

    Attributes:
        index: Position in `scenes()`, the number that a mount asks for.
        slug: Stable name; the clips are ``scenes/<slug>.<profile>.mp4``.
        name_zh: What the place is, for officers.
        name_en: The same in English.
    """

    index: int
    slug: str
    name_zh: str
    name_en: str


_NAMES = (
    ("underpass", "下立交积水点", "Underpass with standing water"),
    ("crossroads", "十字路口", "Crossroads"),
    ("metro", "地铁口", "Metro entrance"),
    ("gate", "小区大门", "Residential gate"),
    ("riverside", "滨江步道", "Riverside promenade"),
    ("market", "集市街", "Market street"),
    ("school", "学校门口", "School gate"),
    ("square", "文化广场", "Park square"),
    ("bus-stop", "公交站", "Bus stop"),
    ("car-park", "停车场", "Car park"),
    ("construction", "建筑工地", "Construction site"),
    ("bridge", "跨江大桥", "Bridge"),
    ("elevated", "高架道路", "Elevated road"),
    ("charging-shed", "电动车充电棚", "E-bike charging shed"),
    ("sorting-room", "垃圾分类厢房", "Garbage sorting room"),
    ("lift-lobby", "电梯厅", "Lift lobby"),
)

_SCENES = tuple(SceneInfo(index, *names) for index, names in enumerate(_NAMES))


def scenes() -> tuple[SceneInfo, ...]:
    """Return all scenes in the order of their index."""
    return _SCENES


def clip_name(slug: str, profile: Profile) -> str:
    """Return the resource name of a clip."""
    return f"scenes/{slug}.{profile}.mp4"
