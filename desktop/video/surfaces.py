"""The shared memory of one feed: the segment being filled, and the one before until the new one has a picture."""

from desktop.video.segment import Frame, FrameReader


class FeedSurfaces:
    """The segments of one feed: the one being filled, and the one before until the first picture is in the new one.

    Made and replaced by the service's thread, read by the window's: the pair is swapped as a whole.
    """

    def __init__(self) -> None:
        self._pair: tuple[FrameReader | None, FrameReader | None] = (None, None)

    @property
    def current(self) -> FrameReader | None:
        """The segment that the host fills."""
        return self._pair[0]

    def replace(self, reader: FrameReader) -> None:
        """Put a new segment in; the old picture stays to be seen until the first one comes."""
        current, previous = self._pair
        seen = current if current is not None and current.sequence else previous
        self._pair = (reader, seen)

    def inherit(self, other: "FeedSurfaces") -> None:
        """Show the last picture of a stream that ended until there is one of our own."""
        current, previous = self._pair
        if previous is None and (current is None or not current.sequence):
            self._pair = (current, other._seen())  # noqa: SLF001 - of the same class

    def drop(self) -> None:
        """Let all memory go."""
        self._pair = (None, None)

    def settle(self) -> None:
        """Let the older segment go once the newer has a picture."""
        current, previous = self._pair
        if previous is not None and current is not None and current.sequence:
            self._pair = (current, None)

    def latest(self) -> Frame | None:
        """The newest picture there is, held for painting."""
        reader = self._seen()
        return reader.latest() if reader is not None else None

    def written_ns(self) -> int:
        """When the newest picture there is came; 0 if there is none. It names the picture: no two are the same."""
        reader = self._seen()
        return reader.written_ns if reader is not None else 0

    def media_ns(self) -> int:
        """The time of that picture in its stream; 0 if there is none."""
        reader = self._seen()
        return reader.media_ns if reader is not None else 0

    def _seen(self) -> FrameReader | None:
        current, previous = self._pair
        if current is not None and (previous is None or current.sequence):
            return current
        return previous
