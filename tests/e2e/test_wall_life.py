"""What happens on the wall in the real program: a camera really moves, alarms come and go, a tour survives a kill."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.drill.running import Drill, running_drill
from tests.e2e.desk import DeskProcess

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    """A centre with cameras, in which nothing happens by itself."""
    few = ("--open-orders", "40", "--closed-orders", "20", "--speed", "0")
    with running_drill(tmp_path / "centre", *few) as running:
        yield running


def open_desk(tmp_path: Path, drill: Drill) -> DeskProcess:
    desk = DeskProcess(tmp_path / "desk", "--centre", drill.url)
    seen = desk.wait(lambda seen: seen["page"] in {"sign_in", "desk"})
    if seen["page"] == "sign_in":
        desk.tell("sign_in", username=drill.ready["username"], password=drill.ready["password"])
    desk.wait(lambda seen: seen.get("link") == "live" and seen["markers"] > 0)
    desk.tell("resize", width=1600, height=900)
    desk.tell("shortcut", keys="Alt+2")
    return desk


def until(desk: DeskProcess, what: str, wanted: object) -> dict[str, object]:
    """Look until `what` is as wanted; the driver is asked, no time is slept away."""
    for _ in range(2000):
        seen = desk.tell("look_at_life")
        if seen[what] == wanted or (wanted is any and seen[what]):
            return seen
    raise AssertionError(f"{what} did not become {wanted}: {seen}")


def difference(one: Path, other: Path) -> float:
    """Mean difference of two pictures, in steps of 255; a strip of words may have come between them and taken room."""
    first, second = (QImage(str(path)).convertToFormat(QImage.Format.Format_Grayscale8) for path in (one, other))
    second = second.scaled(first.size())
    points = [(x, y) for x in range(0, first.width(), 4) for y in range(0, first.height() * 9 // 10, 4)]
    return sum(abs(first.pixelColor(x, y).value() - second.pixelColor(x, y).value()) for x, y in points) / len(points)


def test_that_a_camera_turns_under_the_key_and_alarms_and_tours_come_and_go_and_survive_a_kill(
    drill: Drill, tmp_path: Path
) -> None:
    desk = open_desk(tmp_path, drill)
    try:
        turn_a_camera(desk, tmp_path)
        desk.tell("take_alarms", least=3)
        until(desk, "alarms", any)
        assert desk.tell("tour", group="all", dwell_s=600, page_size=9)["began"]
        seen = desk.tell("wall_keys", keys=["Right"]) and desk.tell("look_at_life")
        assert (str(seen["tour"])[:2], seen["tour_runs"]) == ("1/", False), "nobody turns pages under an alarm"
        assert any(seen["marks"])
        while desk.tell("look_at_life")["alarms"]:
            desk.tell("acknowledge")
        seen = until(desk, "tour_runs", True)
        assert not any(seen["marks"])
        desk.tell("wall_keys", keys=["Right"])
        assert desk.tell("look_at_life")["tour"].startswith("2/")
        desk.tell("rest", seconds=0.5)  # until the page is written down
        desk.kill()
        desk = open_desk(tmp_path, drill)
        assert str(until(desk, "tour", any)["tour"]).startswith("2/")
        assert not any(desk.tell("look_at_life")["marks"]), "what was acknowledged does not come back"
        desk.tell("wall_keys", keys=["Esc"])
        assert desk.tell("look_at_life")["tour"] == ""
    finally:
        desk.kill()


def turn_a_camera(desk: DeskProcess, tmp_path: Path) -> None:
    """Move a camera by keys, and see in its pictures that it moved, and that it stopped."""
    desk.tell("movable")
    assert desk.tell("wait_picture", pane="1")["live"]
    desk.tell("pad", pane="1")
    seen = until(desk, "held", True)
    assert "由您控制" in str(seen["lease"])
    assert seen["focus"] == "PtzPad"
    before, turned, still = (tmp_path / f"{name}.png" for name in ("before", "turned", "still"))
    desk.tell("pane_picture", pane="1", path=str(before))
    desk.tell("pad_key", key="Right", down=True)
    desk.tell("rest", seconds=1.2)
    desk.tell("pad_key", key="Right", down=False)
    desk.tell("rest", seconds=1.2)
    desk.tell("pane_picture", pane="1", path=str(turned))
    desk.tell("rest", seconds=0.5)
    desk.tell("pane_picture", pane="1", path=str(still))
    assert difference(before, turned) > 2 * difference(turned, still), "it looks elsewhere, and stays there"
    desk.tell("pad_key", key="Esc")
    assert not desk.tell("look_at_life")["pad"]
