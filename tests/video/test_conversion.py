"""Decoded pictures become the pane's pixels: whole, in their colours, at any size."""

from functools import cache

import av
import pytest

from desktop.video.engines.swscale import Converter, CopyingConverter, DirectConverter, direct
from desktop.video.segment import FrameReader, FrameWriter

SIZES = [(640, 360), (320, 180), (320, 169), (319, 169), (233, 127), (956, 507), (17, 17)]
FORMATS = ["yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "gray", "nv12"]

pytestmark = pytest.mark.skipif(not direct(), reason="PyAV's libraries cannot be called here")


@cache
def slope(form: str) -> av.VideoFrame:
    """A picture that grows redder from left to right and greener from top to bottom."""
    frame = av.VideoFrame(640, 360, "rgb24")
    lines = (b"".join(bytes((90 + x // 8, 60 + y // 5, 120)) for x in range(640)) for y in range(360))
    frame.planes[0].update(b"".join(line.ljust(frame.planes[0].line_size, b"\0") for line in lines))
    return frame.reformat(format=form)


def shown(converter: Converter, frame: av.VideoFrame, width: int, height: int) -> list[bytes]:
    """The lines of the pane, without what lies behind their ends."""
    reader = FrameReader(width, height)
    writer = FrameWriter(reader.block.name, width, height)
    reader.block.unlink()
    converter.convert(frame, writer, width, height)
    writer.publish()
    picture = reader.latest()
    assert picture is not None
    return [bytes(picture.pixels[line * picture.stride :][: width * 4]) for line in range(height)]


@pytest.mark.parametrize("form", FORMATS)
def test_that_every_pixel_of_a_pane_is_written_in_its_colour_at_odd_sizes(form: str) -> None:
    frame = slope(form)
    converter = DirectConverter()
    for width, height in SIZES:
        ours, peer = (shown(each, frame, width, height) for each in (converter, CopyingConverter()))
        farthest = max(
            abs(one - other)
            for line, expected in zip(ours, peer, strict=True)
            for place in {0, width // 2 * 4, (width - 1) * 4}
            for one, other in zip(line[place : place + 3], expected[place : place + 3], strict=True)
        )
        steepest = 80 / min(width, height) + 4  # the filters may look half a pixel apart, and round
        assert farthest <= steepest + 4, (width, height, farthest)


def test_that_one_converter_serves_pictures_whose_size_and_format_change() -> None:
    converter = DirectConverter()
    pictures = [(slope(form), size) for form in FORMATS for size in SIZES[:4]]
    together = [shown(converter, frame, *size) for frame, size in pictures]
    apart = [shown(DirectConverter(), frame, *size) for frame, size in pictures]
    assert together == apart
