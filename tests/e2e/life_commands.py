"""What the driver does about tours, alarm views and moving cameras, by keys as far as there are keys for it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from desktop.app import Application
from desktop.domain.alarm_routing import KINDS, SEAT, Routing
from desktop.domain.tour_plan import GROUP, Stop, TourPlan
from widgets.wall.panes import PaneChoice


class LifeCommands:
    """Commands for what happens on the wall; `Driver` has them beside its own."""

    _application: Application

    def do_tour(self, group: str, dwell_s: float, page_size: int) -> dict[str, Any]:
        """Begin a tour through a group of cameras."""
        tours = self._application.desk.room.own.deeds.tours
        return {"began": tours.start(TourPlan("", (Stop(GROUP, group, dwell_s),), page_size))}

    def do_open_tours(self, ticks: int = 0) -> dict[str, Any]:
        """Open the card of tours by its key, and tick the first lines with Space."""
        wall = self._application.desk.page.wall.wall
        wall.setFocus()
        QTest.keyClick(wall, Qt.Key.Key_T)
        form = self._application.desk.page.tour_form
        for check, _ in list(form._lines.values())[:ticks]:
            QTest.keyClick(check, Qt.Key.Key_Space)
        return {"lines": len(form._lines), "words": form._words.text()}

    def do_take_alarms(self, least: int) -> dict[str, Any]:
        """Have this seat take everything down to a rank."""
        self._application.desk.life.alarms.route(Routing(SEAT, dict.fromkeys(KINDS, least)))
        return {}

    def do_acknowledge(self) -> dict[str, Any]:
        """Acknowledge the gravest event on the wall by its key."""
        wall = self._application.desk.page.wall.wall
        wall.setFocus()
        QTest.keyClick(wall, Qt.Key.Key_A)
        return self.do_look_at_life()

    def do_pad(self, pane: str = "") -> dict[str, Any]:
        """Open the PTZ pad by its key, in a pane."""
        wall = self._application.desk.page.wall.wall
        wall.setFocus()
        if pane:
            wall.select(pane)
        QTest.keyClick(wall, Qt.Key.Key_P)
        return self.do_look_at_life()

    def do_pad_key(self, key: str, down: bool | None = None) -> dict[str, Any]:
        """Click a key on the pad; or press it, or let it go."""
        pad = self._application.desk.room.own.deeds.ptz._pad
        combination = QKeySequence(key)[0]
        act = {None: QTest.keyClick, True: QTest.keyPress, False: QTest.keyRelease}[down]
        act(pad, combination.key(), combination.keyboardModifiers())
        return self.do_look_at_life()

    def do_movable(self) -> dict[str, Any]:
        """Put a camera that can be moved and works into the first pane."""
        desk = self._application.desk
        found = next(i for i, camera in desk.wall.cameras.items() if camera.ptz and camera.health == "online")
        desk.page.wall.wall.select("1")
        desk.wall.put_selected(found)
        return {"camera": found}

    def do_pane_entries(self, pane: str) -> dict[str, Any]:
        """The entries of a pane's menu, with the reasons of closed ones."""
        desk = self._application.desk
        entries = desk.wall._menu.entries(desk.page.wall.wall.view(pane))
        return {"entries": [f"{entry.text} {entry.keys} {entry.reason}".strip() for entry in entries]}

    def do_pane_entry(self, pane: str, words: str) -> dict[str, Any]:
        """Take the entry of a pane's menu that has these words, as a click does."""
        desk = self._application.desk
        view = desk.page.wall.wall.view(pane)
        entry = next(entry for entry in desk.wall._menu.entries(view) if words in entry.text)
        desk.wall._menu.choose(PaneChoice(view, entry.key))
        return {}

    def do_card(self) -> dict[str, Any]:
        """What the card about a pane says."""
        card = self._application.desk.page.report_card
        lines = [f"{line.label} {line.value} {line.note}".strip() for line in card.view.lines] if card.view else []
        return {"open": card.isVisible(), "lines": lines, "words": card.view.words if card.view else ""}

    def do_wait_picture(self, pane: str) -> dict[str, Any]:
        """Wait until a pane is live, at most 20 s."""
        wall = self._application.desk.page.wall.wall
        for _ in range(400):
            if wall.view(pane).mark == "circle" and wall.shot(pane) is not None:
                return {"live": True}
            QTest.qWait(50)
        return {"live": False}

    def do_pane_picture(self, pane: str, path: str) -> dict[str, Any]:
        """Write what a pane shows to a file."""
        shot = self._application.desk.page.wall.wall.shot(pane)
        return {"written": shot is not None and shot.image.save(path)}

    def do_rest(self, seconds: float) -> dict[str, Any]:
        """Let time go by: a camera turns in it, and nothing else tells of that."""
        QTest.qWait(round(seconds * 1000))
        return {}

    def do_look_at_life(self) -> dict[str, Any]:
        """What the officer sees of it."""
        life = self._application.desk.life
        deeds, wall = self._application.desk.room.own.deeds, self._application.desk.page.wall.wall
        tour, pad = deeds.tours.tour, deeds.ptz._pad
        focus = self._application.window.focusWidget()
        return {
            "tour": f"{tour.place + 1}/{len(tour.pages)}" if tour is not None else "",
            "tour_runs": tour is not None and tour.runs,
            "alarms": [item.title for item in life.alarms._bar.view.items],
            "waiting": life.alarms._bar.view.waiting,
            "marks": [wall.view(pane).alarm for pane in wall.pane_names()],
            "pad": pad.isVisible(),
            "lease": pad.view.lease,
            "held": pad.view.held,
            "note": pad.view.note,
            "focus": type(focus).__name__ if focus is not None else "",
        }
