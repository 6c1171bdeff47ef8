"""The 200 cameras of the district: where they hang, which way they look, and what they are called."""

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from desktop.central.schema import Camera, Preset
from desktop.drill.clock import stamp
from desktop.drill.district.geography import Geography, Point, Spot, moved

CAMERAS = 200
UNDERPASS = "浦三路下立交"
CODE_PREFIX = "31019961"
"""Centre code of a district that does not exist (GB/T 28181: 8 digits centre, 2 trade, 3 type, 1 network, 6 number)."""

PRESETS = (
    Preset("home", "守望位"),
    Preset("left", "左侧近景", pan=-0.8, tilt=-0.3, zoom=2.0),
    Preset("right", "右侧近景", pan=0.8, tilt=-0.3, zoom=2.0),
    Preset("far", "远端", pan=0.0, tilt=0.5, zoom=2.6),
)
"""预置位 that every movable camera of the drill comes with."""

_DIRECTIONS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
_NOT_ONLINE = ("offline",) * 4 + ("frozen",) * 3 + ("black",) * 2

CameraData = dict[str, Any]
View = tuple[Spot, float, int, str]
"""Where a camera hangs, its direction in degrees from north, the scene it shows, its name."""


def make_cameras(ground: Geography, rng: random.Random, now: datetime) -> dict[str, CameraData]:
    """Return the cameras by id (their GB/T 28181 code). `scene` says which drawn street a camera shows."""
    cameras: dict[str, CameraData] = {}
    taken: set[str] = set()
    for spot, degrees, scene, name in _views(ground, rng):
        if name in taken:
            continue
        taken.add(name)
        number = len(cameras) + 1
        code = f"{CODE_PREFIX}001320{number:06d}"
        camera = Camera(
            code=code,
            number=f"{number:03d}",
            name=name,
            place=spot.place(),
            health_since=stamp(now - timedelta(days=rng.uniform(1, 90))),
            bearing=round(degrees % 360, 1),
            field_of_view=float(rng.choice((54, 62, 70, 78, 90))),
            height_m=round(rng.uniform(3.2, 8.5), 1),
            ptz=rng.random() < 0.3,
        )
        cameras[code] = {**msgspec.to_builtins(camera), "health": "online", "scene": scene}
        if camera.ptz:
            cameras[code]["presets"] = [msgspec.to_builtins(preset) for preset in PRESETS]
        if len(cameras) == CAMERAS:
            break
    for code, health in zip(rng.sample(sorted(cameras), len(_NOT_ONLINE)), _NOT_ONLINE, strict=True):
        cameras[code]["health"] = health
        cameras[code]["health_since"] = stamp(now - timedelta(minutes=rng.uniform(3, 600)))
    return cameras


def _views(ground: Geography, rng: random.Random) -> Iterator[View]:
    """Yield views in turn from the kinds of places, so that neighbouring numbers show different streets."""
    kinds = (_named_places(ground, rng), _crossings(ground, rng), _street_and_house(ground, rng))
    yield from _underpass(ground)
    for round_ in itertools.zip_longest(*kinds):
        yield from (view for view in round_ if view is not None)


def _underpass(ground: Geography) -> Iterator[View]:
    point = ground.labels[UNDERPASS]
    for turn in (0, 90, 180, 270):
        name = f"{UNDERPASS} {_direction(turn)}向"
        yield from _view(ground, moved(point, turn + 180, 25), turn, 0, name)


def _named_places(ground: Geography, rng: random.Random) -> Iterator[View]:
    for label, point in ground.labels.items():
        scene = _scene_of(label)
        if scene is not None and label != UNDERPASS:
            for turn in rng.sample((0, 90, 180, 270), 2):
                name = f"{label} {_direction(turn)}向"
                yield from _view(ground, moved(point, turn + 180, 12), turn, scene, name)


def _crossings(ground: Geography, rng: random.Random) -> Iterator[View]:
    for crossing in rng.sample(ground.crossings, len(ground.crossings)):
        for turn in rng.sample((0, 90, 180, 270), 2):
            degrees = crossing.bearing + turn
            corner = moved(crossing.point, degrees + 180 + 20, 14)
            name = f"{crossing.first}／{crossing.second} {_direction(degrees)}向"
            yield from _view(ground, corner, degrees, rng.choice((1, 1, 8, 12)), name)


def _street_and_house(ground: Geography, rng: random.Random) -> Iterator[View]:
    spots = [spot for spot in ground.street_spots + ground.house_spots if spot.kind != "crossing"]
    rng.shuffle(spots)
    for spot in spots:
        if spot.kind == "house":
            scene, word = rng.choice(((3, "大门"), (14, "垃圾厢房"), (13, "充电棚"), (15, "电梯厅"), (9, "停车场")))
            name = f"{spot.compound} {rng.randrange(1, 9)} 号{word}"
        else:
            scene, name = rng.choice((5, 8, 12, 10)), spot.address
        yield spot, rng.uniform(0, 360), scene, name


def _view(ground: Geography, point: Point, degrees: float, scene: int, name: str) -> Iterator[View]:
    address = name.rpartition(" ")[0]
    spot = ground.spot_at("street", address, address, point)
    if spot is not None:
        yield spot, degrees, scene, name


def _direction(degrees: float) -> str:
    return _DIRECTIONS[round(degrees % 360 / 45) % 8]


def _scene_of(label: str) -> int | None:
    endings = (
        ("下立交", 0), ("地铁站", 2), ("站", 2), ("绿地", 4), ("公园", 7), ("小学", 6), ("中学", 6), ("学校", 6),
        ("幼儿园", 6), ("校", 6), ("市场", 5), ("广场", 7), ("大桥", 11), ("码头", 4), ("医院", 9), ("中心", 7),
    )  # fmt: skip
    return next((scene for ending, scene in endings if label.endswith(ending)), None)
