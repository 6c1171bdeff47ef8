"""All scenes, in the order of `desktop.drill.cameras.scenes`."""

from desktop.drill.cameras.draw.estate import CarPark, ChargingShed, Gate
from desktop.drill.cameras.draw.gatherings import Riverside, Square
from desktop.drill.cameras.draw.indoors import LiftLobby, SortingRoom
from desktop.drill.cameras.draw.quarter import Market, School
from desktop.drill.cameras.draw.roads import Crossroads, Underpass
from desktop.drill.cameras.draw.scene import Scene
from desktop.drill.cameras.draw.spans import Bridge, Elevated
from desktop.drill.cameras.draw.transit import BusStop, Metro
from desktop.drill.cameras.draw.works import Construction

SCENES: tuple[type[Scene], ...] = (
    Underpass,
    Crossroads,
    Metro,
    Gate,
    Riverside,
    Market,
    School,
    Square,
    BusStop,
    CarPark,
    Construction,
    Bridge,
    Elevated,
    ChargingShed,
    SortingRoom,
    LiftLobby,
)
