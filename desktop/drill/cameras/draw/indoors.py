"""Scenes of rooms: the garbage sorting room and the lift lobby."""

from functools import partial
from math import pi

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Colour, Mood, rgb, scaled
from desktop.drill.cameras.draw.lens import Lens, steps
from desktop.drill.cameras.draw.people import Look, any_look, person
from desktop.drill.cameras.draw.scene import LOOP_S, Scene, Track, breathing
from desktop.drill.cameras.draw.street import Facade, board, building, hedge, tree, wall_board
from desktop.drill.cameras.draw.traffic import Way, standing, strolling, walking
from desktop.drill.cameras.draw.vehicles import Pose

BINS: tuple[tuple[str, Colour], ...] = (
    ("可回收物", rgb(0x2F6FB0)),
    ("有害垃圾", rgb(0xB83A38)),
    ("湿垃圾", rgb(0x7A5236)),
    ("干垃圾", rgb(0x3C4046)),
)


class SortingRoom(Scene):
    """The sorting house of an estate by day: hatches open for those who bring bags."""

    slug = "sorting-room"
    lens = Lens((-4.2, -7.4, 4.1), (0.5, 4.6, 1.35), 60.0)
    mood = Mood(
        sky_top=rgb(0x7FA0BE),
        sky_low=rgb(0xC4D2D8),
        light=(0.84, 0.86, 0.84),
        haze=rgb(0xA9B9BE),
        haze_m=120.0,
        faces=(1.0, 0.9, 0.72),
        lamps=False,
    )
    _wall_y = 5.0

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._guests = [
            (start, number, any_look(chance)) for start, number in ((0.5, 3), (5.5, 2), (10.5, 0), (13.2, 2))
        ]
        self._vest = Look(rgb(0xC8473C), rgb(0x2C3A55), rgb(0x2A2420), bag=None)
        self._passer = any_look(chance)

    @staticmethod
    def _bin_x(number: int) -> float:
        return -3.3 + 2.2 * number

    def backdrop(self, brush: Brush) -> None:
        """Draw the little house, its signs, and the estate behind."""
        brush.sky()
        chance = self.chance
        brush.expanse(-70, 70, -10, 90, rgb(0x7F9474))
        for x, tall in ((-56.0, 30.0), (-22.0, 36.0), (14.0, 30.0), (48.0, 34.0)):
            facade = Facade(rgb(0xC3B8A8), floor_m=3.0, bay_m=2.6, lit=0.0, glass=rgb(0x6F8292))
            building(brush, (x, 44, 0), (24, 14, tall), facade, chance)
        for x in (-15.0, -10.5, 9.5, 14.0):
            tree(brush, (x, 10.0 + abs(x) * 0.3, 0), 6.4, rgb(0x6C8F5C), chance)
        brush.expanse(-16, 18, -10, self._wall_y, rgb(0x9A9E9C))
        for x in steps(-16, 18, 2):
            brush.strip(x - 0.02, x + 0.02, -10, self._wall_y, rgb(0x8B8F8E))
        for y in steps(-9, 5, 2):
            brush.strip(-16, 18, y - 0.02, y + 0.02, rgb(0x8B8F8E))
        hedge(brush, (-15.0, 4.6, 0), (9.6, 0.9, 0.8), rgb(0x5F8054))
        hedge(brush, (7.8, 4.6, 0), (9.6, 0.9, 0.8), rgb(0x5F8054))
        self._house(brush)

    def _house(self, brush: Brush) -> None:
        y = self._wall_y
        brush.box((-5.2, y, 0), (11.4, 4.0, 3.2), rgb(0xE2DED2))
        brush.box((-5.6, y - 1.3, 3.2), (12.2, 5.7, 0.25), rgb(0x4E7F6C), top=rgb(0x5A8F7A))
        brush.box((-5.2, y - 0.04, 0), (11.4, 0.05, 0.5), rgb(0x8E9894))
        title = wall_board(-2.6, 3.0, y - 0.05, 2.55, 3.1)
        board(brush, title, "生活垃圾分类投放点", back=rgb(0x3F7F62), ink=rgb(0xF4F7F2), size=0.68)
        for number, (name, tone) in enumerate(BINS):
            x = self._bin_x(number)
            brush.face(wall_board(x - 0.85, x + 0.85, y - 0.05, 0.35, 2.4), tone)
            board(
                brush, wall_board(x - 0.8, x + 0.8, y - 0.07, 1.85, 2.3), name, back=tone, ink=rgb(0xF7F7F4), size=0.66
            )
        for x, tone in ((6.9, rgb(0x2F6FB0)), (7.9, rgb(0x3C4046))):
            brush.box((x - 0.35, 5.4, 0), (0.7, 0.7, 1.05), tone, top=scaled(tone, 1.3))
        brush.box((-5.1, 4.2, 0), (0.9, 0.6, 0.95), rgb(0xD8DCDC))
        brush.rod((-4.65, 4.5, 0.95), (-4.65, 4.5, 1.2), 0.06, rgb(0x9AA4A8))

    def moving(self, brush: Brush, t: float) -> None:
        """Draw hatches, guests, the volunteer, and the screen."""
        for number in range(len(BINS)):
            self._hatch(brush, number, max(self._open(start, number, at, t) for start, at, _ in self._guests))
        words = ("今日分类准确率 98%", "湿垃圾请破袋投放")[int(t / 5.0) % 2]
        screen = wall_board(3.95, 5.95, self._wall_y - 0.06, 2.6, 3.05)
        board(brush, screen, words, back=rgb(0x101614), ink=rgb(0x74E0A4), size=0.42, shining=True)
        shots = [self._volunteer(t)]
        for start, number, look in self._guests:
            shots += self._visit(start, number, look, t)
        shots += strolling(Way((22.0, -4.4), (-22.0, -4.4), phase=0.55), self._passer, t)
        brush.far_to_near(shots)

    @staticmethod
    def _open(start: float, number: int, at: int, t: float) -> float:
        if at != number:
            return 0.0
        return Track((2.2, 0), (2.8, 1), (3.8, 1), (4.4, 0)).at(t - start)

    def _hatch(self, brush: Brush, number: int, open_share: float) -> None:
        x, y = self._bin_x(number), self._wall_y - 0.08
        brush.face(wall_board(x - 0.5, x + 0.5, y, 0.95, 1.6), rgb(0x15181A))
        lift = 0.65 * open_share
        tone = scaled(BINS[number][1], 1.25)
        flap = (
            (x - 0.5, y, 1.6),
            (x + 0.5, y, 1.6),
            (x + 0.5, y - 0.5 * open_share, 0.95 + lift),
            (x - 0.5, y - 0.5 * open_share, 0.95 + lift),
        )
        brush.face(flap, tone)
        brush.ball((x + 0.66, y, 1.3), 0.06, rgb(0x58E08C) if open_share > 0 else rgb(0x5A6A60), own_light=True)

    def _visit(self, start: float, number: int, look: Look, t: float) -> list[Shot]:
        since = t - start
        x, way = self._bin_x(number), -1 if number < 2 else 1
        if not 0 <= since <= 6.6:
            return []
        if since < 2.2:
            shot = walking(Way((x + 9.0 * way, 0.6), (x, 3.9)), look, since / 2.2)
        elif since < 4.4:
            shot = standing(Pose(x, 3.9), look, arms=0.42)
        else:
            shot = walking(Way((x, 3.9), (x + 9.0 * way, 0.2)), look, (since - 4.4) / 2.2)
        if since < 3.2:
            shot = Shot(
                shot.at, partial(self._with_bag, shot=shot, tone=scaled(BINS[number][1], 0.8), raised=since > 2.2)
            )
        return [shot]

    @staticmethod
    def _with_bag(brush: Brush, shot: Shot, tone: Colour, *, raised: bool) -> None:
        shot.draw(brush)
        x, y, _ = shot.at
        brush.ball((x + 0.34, y - 0.05, 1.15 if raised else 0.55), 0.2, tone)

    def _volunteer(self, t: float) -> Shot:
        turn = 0.6 * breathing(t, 10.0) - 0.3
        return standing(Pose(-4.6, 3.2, pi + turn), self._vest, arms=0.05 + 0.25 * breathing(t, 4.0))


class LiftLobby(Scene):
    """The lobby of a tower: two lifts come and go."""

    slug = "lift-lobby"
    lens = Lens((-2.9, -3.4, 2.75), (0.7, 2.4, 1.05), 82.0)
    mood = Mood(
        sky_top=rgb(0xD8D2C6),
        sky_low=rgb(0xD8D2C6),
        light=(0.78, 0.76, 0.72),
        haze=rgb(0x8E8A84),
        haze_m=60.0,
        faces=(1.0, 0.88, 0.74),
        lamps=False,
    )
    _back = 3.0
    _lifts = (-1.15, 1.75)

    def __init__(self) -> None:
        super().__init__()
        self._out, self._in, self._second = (any_look(self.chance) for _ in range(3))

    def backdrop(self, brush: Brush) -> None:
        """Draw the room."""
        left, right, near, back, top = -3.6, 4.4, -5.0, self._back, 3.0
        brush.face([(left, near, 0), (right, near, 0), (right, back, 0), (left, back, 0)], rgb(0xB4AC9E))
        for number in range(11):
            x = left + 0.8 * number
            brush.strip(x - 0.012, x + 0.012, near, back, rgb(0x9A9286))
            y = near + 0.8 * number
            brush.strip(left, right, y - 0.012, y + 0.012, rgb(0x9A9286))
        brush.face([(left, back, 0), (right, back, 0), (right, back, top), (left, back, top)], rgb(0xDCD4C4), shade=0.9)
        brush.face(
            [(right, back, 0), (right, near, 0), (right, near, top), (right, back, top)], rgb(0xD2CAB9), shade=0.76
        )
        brush.face([(left, near, 0), (left, back, 0), (left, back, top), (left, near, top)], rgb(0xD2CAB9), shade=0.7)
        brush.face(
            [(left, near, top), (right, near, top), (right, back, top), (left, back, top)], rgb(0xEDE8DE), shade=0.84
        )
        brush.face(
            [(left, back - 0.01, 0), (right, back - 0.01, 0), (right, back - 0.01, 0.14), (left, back - 0.01, 0.14)],
            rgb(0x6E665A),
        )
        brush.face(
            [(right - 0.01, back, 0), (right - 0.01, near, 0), (right - 0.01, near, 0.14), (right - 0.01, back, 0.14)],
            rgb(0x6E665A),
        )
        for x in (-1.4, 2.2):
            lampshade = [
                (x - 0.6, 0.2, top - 0.01),
                (x + 0.6, 0.2, top - 0.01),
                (x + 0.6, 1.4, top - 0.01),
                (x - 0.6, 1.4, top - 0.01),
            ]
            brush.face(lampshade, rgb(0xFFFDF4), own_light=True)
            brush.pool((x, 0.8, 0), 2.4, 2.0, rgb(0xFFF6E0), 0.18)
        self._furniture(brush)

    def _furniture(self, brush: Brush) -> None:
        back, right = self._back, 4.39
        notice = ((right, 2.2, 2.1), (right, 0.6, 2.1), (right, 0.6, 1.1), (right, 2.2, 1.1))
        with brush.panel(notice, 160, 100) as panel:
            panel.rect(0, 0, 160, 100, rgb(0x4E7F6C))
            panel.text("社区公告", 80, 22, 17, rgb(0xF4F4EC), own_light=False)
            for number, tone in enumerate((rgb(0xF6F1E2), rgb(0xE8D9B8), rgb(0xDCE8EC))):
                panel.rect(10 + 49 * number, 32, 42, 58, tone)
                for line in range(5):
                    panel.rect(15 + 49 * number, 40 + 9 * line, 32 - 6 * (line % 2), 3, rgb(0x9A9488))
        board(
            brush,
            wall_board(0.05, 0.62, back - 0.02, 1.5, 1.9),
            "禁入",
            back=rgb(0xC8423E),
            ink=rgb(0xF8F4EE),
            size=0.55,
        )
        with brush.panel(wall_board(0.05, 0.62, back - 0.02, 0.95, 1.46), 57, 51) as panel:
            panel.rect(0, 0, 57, 51, rgb(0xF6F1E2))
            panel.text("电动车", 28, 22, 15, rgb(0x3A3A38), own_light=False)
            panel.text("请勿上楼", 28, 42, 13, rgb(0x3A3A38), own_light=False)
        brush.face(wall_board(3.25, 4.05, back - 0.02, 0.5, 1.4), rgb(0xB83A38))
        board(
            brush,
            wall_board(3.3, 4.0, back - 0.03, 0.8, 1.15),
            "消火栓",
            back=rgb(0xB83A38),
            ink=rgb(0xF8F0E8),
            size=0.6,
        )
        brush.box((-3.4, 2.3, 0), (0.5, 0.5, 0.55), rgb(0xC9C2B4))
        for dx, dz, size in ((0, 0.85, 0.26), (-0.14, 1.1, 0.2), (0.16, 1.15, 0.2), (0.02, 1.35, 0.17)):
            brush.ball((-3.15 + dx, 2.55, dz), size, rgb(0x5F8A56))

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the lifts' doors and displays, and who uses them."""
        doors = (
            Track((2.0, 0), (3.0, 1), (6.2, 1), (7.2, 0)).at(t),
            Track((11.0, 0), (12.0, 1), (15.4, 1), (16.4, 0)).at(t),
        )
        floors = (self._floor(t, 2.0, 12), self._floor(t, 11.0, 18))
        for x, open_share, floor in zip(self._lifts, doors, floors, strict=True):
            self._cabin(brush, x)
            if x < 0 and 2.2 < t < 4.2:
                self._inside(brush, x, self._out)
            if x > 0 and 14.6 < t < 17:
                self._inside(brush, x, self._in)
            self._door(brush, x, open_share)
            self._display(brush, x, floor, opening=open_share > 0.02)
        brush.far_to_near(self._people(t))

    @staticmethod
    def _floor(t: float, arrives: float, highest: int) -> int:
        """Return the floor a lift is at: it comes down to 1 when it opens, and goes up again afterwards."""
        away = min(abs(t - arrives), LOOP_S - abs(t - arrives))
        stays = 5.4
        if 0 <= t - arrives <= stays:
            return 1
        after = (t - arrives - stays) % LOOP_S
        before = (arrives - t) % LOOP_S
        return max(1, min(highest, 1 + int(after / 0.6), 1 + int(before / 0.5))) if away else 1

    def _cabin(self, brush: Brush, x: float) -> None:
        y = self._back
        brush.face(wall_board(x - 0.62, x + 0.62, y - 0.02, 0, 2.3), rgb(0x8C8478))
        brush.face(wall_board(x - 0.52, x + 0.52, y - 0.03, 0, 2.15), rgb(0xE8D8B4), own_light=True)
        brush.face(wall_board(x - 0.44, x + 0.44, y - 0.035, 0.12, 2.0), rgb(0xF3E6C8), own_light=True)
        brush.face(wall_board(x - 0.44, x + 0.44, y - 0.036, 0.95, 1.02), rgb(0xA89A80), own_light=True)

    def _inside(self, brush: Brush, x: float, look: Look) -> None:
        person(brush, Pose(x, self._back - 0.05, pi), look)

    def _door(self, brush: Brush, x: float, open_share: float) -> None:
        half = 0.52 * (1 - open_share)
        y = self._back - 0.04
        steel = rgb(0xB9BEC2)
        if half > 0.005:
            brush.face(wall_board(x - 0.52, x - 0.52 + half, y, 0, 2.15), steel, shade=0.95)
            brush.face(wall_board(x + 0.52 - half, x + 0.52, y, 0, 2.15), steel, shade=0.88)
            brush.face(wall_board(x - 0.52 + half - 0.015, x - 0.52 + half, y - 0.01, 0, 2.15), rgb(0x6E757A))
        for left, right in ((x - 0.66, x - 0.52), (x + 0.52, x + 0.66)):
            brush.face(wall_board(left, right, y - 0.02, 0, 2.3), rgb(0x9A948A))
        brush.face(wall_board(x - 0.66, x + 0.66, y - 0.02, 2.15, 2.3), rgb(0x9A948A))

    def _display(self, brush: Brush, x: float, floor: int, *, opening: bool) -> None:
        sign = wall_board(x - 0.32, x + 0.32, self._back - 0.05, 2.4, 2.7)
        arrow = "●" if opening else "▼"
        board(brush, sign, f"{arrow} {floor}", back=rgb(0x14181A), ink=rgb(0xFF8A4A), size=0.8, shining=True)
        button = (x + 0.86, self._back - 0.05, 1.15)
        brush.ball(button, 0.05, rgb(0xFFB547) if not opening else rgb(0x8A867C), own_light=True)

    def _people(self, t: float) -> list[Shot]:
        shots = []
        first, second = self._lifts
        if 4.2 <= t < 8.6:
            shots.append(walking(Way((first, 2.7), (-1.0, -7.0)), self._out, (t - 4.2) / 4.4))
        if 7.0 <= t < 10.4:
            shots.append(walking(Way((1.6, -7.0), (second, 1.5)), self._in, (t - 7.0) / 3.4))
        elif 10.4 <= t < 12.6:
            shots.append(standing(Pose(second, 1.5), self._in))
        elif 12.6 <= t < 14.6:
            shots.append(walking(Way((second, 1.5), (second, 2.9)), self._in, (t - 12.6) / 2.0))
        if 15.0 <= t < 19.6:
            shots.append(walking(Way((3.6, -7.0), (-9.0, 0.4)), self._second, (t - 15.0) / 4.6))
        return shots
