"""Only network addresses of the agreed protocols reach a player, and never with credentials in them."""

import pytest

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.video.address import checked_source
from desktop.video.engines.credentials import with_credentials
from desktop.video.fitting import fitted


@pytest.mark.parametrize(
    ("url", "protocol"),
    [
        ("file:///etc/passwd", "rtsp"),
        ("concat:a|b", "http-ts"),
        ("rtsp://", "rtsp"),
        ("rtsp://host:99999/x", "rtsp"),
        ("http://host/x", "rtsp"),
        ("rtsp://host/x", "hls"),
        ("rtsp://host/a\nb", "rtsp"),
        ("http://[::1", "hls"),
        ("rtsp://host/" + "x" * 5000, "rtsp"),
        ("", "rtsp"),
    ],
)
def test_that_an_address_is_refused_when_it_is_not_a_network_address_of_its_protocol(url: str, protocol: str) -> None:
    with pytest.raises(OpsError) as caught:
        checked_source(LiveAddress(url, protocol))
    assert caught.value.code == "video.bad_address"


def test_that_an_unknown_protocol_is_named() -> None:
    with pytest.raises(OpsError) as caught:
        checked_source(LiveAddress("webrtc://host/x", "webrtc"))
    assert (caught.value.code, caught.value.params["protocol"]) == ("video.unsupported_protocol", "webrtc")


def test_that_credentials_in_the_address_are_taken_out_of_it() -> None:
    source = checked_source(LiveAddress("rtsp://us%20er:p%40ss@host:554/a?b=c#d"))
    assert (source.url, source.username, source.password) == ("rtsp://host:554/a?b=c", "us er", "p@ss")
    assert "p@ss" not in repr(source)


def test_that_the_credentials_beside_the_address_come_first() -> None:
    source = checked_source(LiveAddress("rtsp://old:older@host/a", username="u", password="p"))
    assert (source.url, source.username, source.password) == ("rtsp://host/a", "u", "p")


def test_that_credentials_are_escaped_for_the_library_that_wants_them_in_the_url() -> None:
    assert with_credentials("rtsp://[::1]:554/a", "名", "p@:/?#") == "rtsp://%E5%90%8D:p%40%3A%2F%3F%23@[::1]:554/a"
    assert with_credentials("rtsp://host/a", "", "") == "rtsp://host/a"


def test_that_credentials_that_the_library_would_cut_are_refused() -> None:
    with pytest.raises(OpsError) as caught:
        with_credentials("rtsp://host/a", "u", "p" * 127)
    assert caught.value.code == "video.credentials_too_long"


@pytest.mark.parametrize(
    ("picture", "pane", "drawn"),
    [
        ((640, 360), (640, 360), (640, 360)),
        ((640, 360), (480, 270), (480, 270)),
        ((640, 360), (478, 253), (478, 253)),  # nearly the same shape: it fills the pane
        ((640, 480), (640, 360), (480, 360)),  # another shape: bars at the sides
        ((640, 360), (400, 400), (400, 225)),
        ((1, 100_000), (640, 360), (16, 360)),
        ((0, 0), (640, 360), (640, 360)),
    ],
)
def test_that_a_picture_is_fitted_into_its_pane(
    picture: tuple[int, int], pane: tuple[int, int], drawn: tuple[int, int]
) -> None:
    assert fitted(*picture, *pane) == drawn
