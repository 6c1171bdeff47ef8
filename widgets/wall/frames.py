"""Where the wall's pictures come from, as the wall sees it."""

from typing import Protocol


class Picture(Protocol):
    """One whole picture in memory that somebody else will write into again soon: paint it now, do not keep it."""

    @property
    def sequence(self) -> int:
        """Number of the picture within its memory."""

    @property
    def width(self) -> int:
        """Width in device pixels."""

    @property
    def height(self) -> int:
        """Height in device pixels."""

    @property
    def stride(self) -> int:
        """Bytes from line to line."""

    @property
    def pixels(self) -> memoryview:
        """32 bits a pixel, bytes B G R x. The same object for the same memory, so that wrappers of it can be kept."""

    def intact(self) -> bool:
        """Whether nobody has begun to write into it, asked after painting."""


class FrameSource(Protocol):
    """Gives the newest picture of each pane, without waiting and without copying."""

    def latest(self, pane: str) -> Picture | None:
        """The newest picture, or None. It is left alone by its writer until the pane's next `latest`."""

    def picture_stamp(self, pane: str) -> int:
        """Another number with each new picture; 0 while there is none."""
