"""The server's answers, spoken to by hand."""

import random
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from desktop.drill.cameras.connection import SESSION_TIMEOUT_S, STALL_TIMEOUT_S
from desktop.drill.cameras.sink import TCP_HIGH_BYTES, TcpSink
from desktop.errors import OpsError
from tests.cameras.running import RawClient, Running, path_with_phase, serving, set_up

LOOP = 400


@pytest.fixture(scope="module")
def open_server() -> Iterator[Running]:
    with serving() as running:
        yield running


def test_that_options_name_what_can_be_done(open_server: Running) -> None:
    with RawClient(open_server.port) as client:
        status, headers, _ = client.ask("OPTIONS", "*")
    assert status == 200
    assert {"DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER"} <= set(headers["Public"].split(", "))
    assert headers["CSeq"] == "1"


def test_that_describe_gives_a_complete_description(open_server: Running) -> None:
    url = open_server.mount("describe/sub")
    with RawClient(open_server.port) as client:
        status, headers, body = client.ask("DESCRIBE", url, "Accept: application/sdp")
    assert status == 200
    assert headers["Content-Base"] == url + "/"
    text = body.decode()
    for line in ("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000", "a=framerate:25", "a=control:trackID=0"):
        assert line in text.split("\r\n")
    assert "packetization-mode=1" in text
    assert "sprop-parameter-sets=" in text


@pytest.mark.parametrize(
    ("method", "url", "headers", "status"),
    [
        ("DESCRIBE", "rtsp://h/nowhere", (), 404),
        ("SETUP", "rtsp://h/nowhere/trackID=0", ("Transport: RTP/AVP/TCP",), 404),
        ("RECORD", "rtsp://h/answers", (), 501),
        ("PLAY", "rtsp://h/answers", ("Session: none",), 454),
        ("PAUSE", "rtsp://h/answers", (), 454),
        ("TEARDOWN", "rtsp://h/answers", ("Session: none",), 454),
        ("GET_PARAMETER", "rtsp://h/answers", ("Session: none",), 454),
        ("GET_PARAMETER", "rtsp://h/answers", (), 200),
        ("OPTIONS", "*", ("Require: implicit-play",), 551),
        ("SETUP", "rtsp://h/answers/trackID=0", ("Transport: RTP/AVP;multicast",), 461),
        ("SETUP", "rtsp://h/answers/trackID=0", ("Transport: RTP/AVP;unicast;client_port=0-1",), 461),
        ("SETUP", "rtsp://h/answers/trackID=0", ("Transport: RTP/AVP/TCP;interleaved=0-256",), 461),
        ("SETUP", "rtsp://h/answers/trackID=0", (), 461),
    ],
)
def test_that_a_request_is_answered(
    open_server: Running, method: str, url: str, headers: tuple[str, ...], status: int
) -> None:
    open_server.mount("answers")
    with RawClient(open_server.port) as client:
        assert client.ask(method, url, *headers)[0] == status


def test_that_a_request_without_sequence_is_a_bad_one(open_server: Running) -> None:
    with RawClient(open_server.port) as client:
        client.socket.sendall(b"OPTIONS * RTSP/1.0\r\n\r\n")
        assert client.socket.recv(4096).startswith(b"RTSP/1.0 400 Bad Request\r\n")


def test_that_playing_starts_with_a_key_frame_at_the_announced_time(open_server: Running) -> None:
    url = open_server.mount("first-picture")
    with RawClient(open_server.port) as client:
        _, headers, _ = client.ask("SETUP", f"{url}/trackID=0", "Transport: RTP/AVP/TCP;unicast;interleaved=4-5")
        assert "interleaved=4-5" in headers["Transport"]
        source = headers["Transport"].partition("ssrc=")[2]
        session = headers["Session"].partition(";")[0]
        status, headers, _ = client.ask("PLAY", url, f"Session: {session}", "Range: npt=0.000-")
        assert status == 200
        info = dict(part.split("=", 1) for part in headers["RTP-Info"].split(";"))
        channel, packet = client.packet()
        assert channel == 4
        assert int.from_bytes(packet[2:4]) == int(info["seq"])
        assert int.from_bytes(packet[4:8]) == int(info["rtptime"])
        assert f"{int.from_bytes(packet[8:12]):08X}" == source
        assert packet[12] & 0x1F == 7  # the parameter set before a key frame
        while channel == 4:
            channel, packet = client.packet()
        assert (channel, packet[1]) == (5, 200)  # a sender report closes the first burst


def test_that_time_runs_on_over_the_end_of_the_loop(open_server: Running) -> None:
    tick = open_server.call(lambda: open_server.server.pacer._tick(0))
    path = path_with_phase((LOOP - 30 - tick) % LOOP, LOOP)
    url = open_server.mount(path)
    keys, times = [], []
    with RawClient(open_server.port) as client:
        set_up(client, url)
        while len(keys) < 3:
            channel, packet = client.packet()
            if channel == 0:
                times.append(int.from_bytes(packet[4:8]))
                keys += [times[-1]] if packet[12] & 0x1F == 7 else []
    steps = [later - earlier for earlier, later in pairwise(times)]
    assert set(steps) <= {0, 60, 3600}
    assert len(keys) == 3
    assert keys[2] - keys[1] == 50 * 3600


def test_that_pause_stops_and_play_goes_on(open_server: Running) -> None:
    url = open_server.mount("pausing")
    with RawClient(open_server.port) as client:
        session = set_up(client, url)
        assert client.ask("PAUSE", url, f"Session: {session}")[0] == 200
        mount = open_server.server.mount_at("pausing")
        assert mount is not None
        assert not mount.viewers
        assert client.ask("PLAY", url, f"Session: {session}")[0] == 200
        assert client.packet()[0] == 0
        assert client.ask("TEARDOWN", url, f"Session: {session}")[0] == 200
        assert client.ask("PLAY", url, f"Session: {session}")[0] == 454


def test_that_a_second_setup_is_refused_while_playing_or_for_another_camera(open_server: Running) -> None:
    url, other = open_server.mount("one"), open_server.mount("two")
    transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"
    with RawClient(open_server.port) as client:
        _, headers, _ = client.ask("SETUP", f"{url}/trackID=0", transport)
        session = headers["Session"].partition(";")[0]
        assert client.ask("SETUP", f"{other}/trackID=0", transport, f"Session: {session}")[0] == 459
        assert client.ask("SETUP", f"{url}/trackID=0", transport, "Session: stranger")[0] == 454
        assert client.ask("PLAY", url, f"Session: {session}")[0] == 200
        assert client.ask("SETUP", f"{url}/trackID=0", transport, f"Session: {session}")[0] == 455


def test_that_an_offline_camera_is_not_found_and_its_viewers_are_cut(open_server: Running) -> None:
    url = open_server.mount("failing")
    with RawClient(open_server.port) as client:
        set_up(client, url)
        open_server.health["failing"] = "offline"
        assert client.closed_by_server()
    with RawClient(open_server.port) as client:
        assert client.ask("DESCRIBE", url)[0] == 404
        open_server.health["failing"] = "online"
        assert client.ask("DESCRIBE", url)[0] == 200


def test_that_an_unmounted_camera_is_gone(open_server: Running) -> None:
    url = open_server.mount("leaving")
    with RawClient(open_server.port) as client:
        set_up(client, url)
        open_server.call(lambda: open_server.server.unmount("leaving"))
        assert client.closed_by_server()
    with RawClient(open_server.port) as client:
        assert client.ask("DESCRIBE", url)[0] == 404


def test_that_who_was_let_in_stays_when_the_grant_ends() -> None:
    grants = {("cam", "officer"): "secret"}
    with serving(lambda path, username: grants.get((path, username)), ("basic",)) as running:
        url = running.mount("cam")
        right = "Authorization: Basic b2ZmaWNlcjpzZWNyZXQ="
        with RawClient(running.port) as client:
            status, headers, _ = client.ask("DESCRIBE", url)
            assert (status, headers["WWW-Authenticate"].partition(" ")[0]) == (401, "Basic")
            assert client.ask("DESCRIBE", url, right)[0] == 200
            grants.clear()
            set_up(client, url)
        with RawClient(running.port) as client:
            assert client.ask("DESCRIBE", url, right)[0] == 401
            assert client.ask("SETUP", f"{url}/trackID=0", "Transport: RTP/AVP/TCP", right)[0] == 401


def test_that_rubbish_neither_kills_the_server_nor_stays_connected(open_server: Running) -> None:
    chance = random.Random(1)
    url = open_server.mount("robust")
    offers = [chance.randbytes(3000) for _ in range(20)]
    offers += [b"DESCRIBE " + b"a" * 20_000, b"OPTIONS * RTSP/1.0\r\n" + b"X: y\r\n" * 5000, b"GET / HTTP/1.0\r\n\r\n"]
    for offer in offers:
        if offer[:1] == b"$":
            continue
        with RawClient(open_server.port) as client:
            client.socket.sendall(offer + b"\r\n\r\n")
            assert client.closed_by_server()
    with RawClient(open_server.port) as half:
        half.socket.sendall(b"DESCRIBE rtsp://h/robust RT")
        with RawClient(open_server.port) as client:
            assert client.ask("DESCRIBE", url)[0] == 200
    open_server.until(lambda: not open_server.server.connections)


def test_that_a_silent_connection_is_ended(open_server: Running) -> None:
    with RawClient(open_server.port) as client:
        client.socket.sendall(b"DESCRIBE rtsp://h/half RT")
        open_server.until(lambda: len(open_server.server.connections) == 1)
        now_s = time.monotonic()

        def sweep(at_s: float) -> None:
            for connection in tuple(open_server.server.connections):
                connection.end_if_dead(at_s)

        open_server.call(lambda: sweep(now_s + SESSION_TIMEOUT_S - 5))
        assert client.ask("OPTIONS", "*")[0] in {200, 400}
        open_server.call(lambda: sweep(now_s + SESSION_TIMEOUT_S + 5))
        assert client.closed_by_server()


def test_that_a_viewer_who_does_not_read_costs_no_memory_and_is_ended(open_server: Running) -> None:
    url = open_server.mount("slow/main", 7, "main")
    with RawClient(open_server.port, receive_bytes=4096) as client:
        set_up(client, url)
        mount = open_server.server.mount_at("slow/main")
        assert mount is not None
        session = next(iter(mount.viewers))
        assert isinstance(session.sink, TcpSink)

        def play_fast() -> None:
            # Ten minutes of pictures at once, as if they had been sent while nobody read.
            for _ in range(600):
                for unit in mount.clip.frames[:25]:
                    session.show(unit, 0)

        open_server.call(play_fast)
        assert session.dropped > 10_000
        assert session.sink.unsent_bytes() < TCP_HIGH_BYTES + 128 * 1024
        now_s = time.monotonic()
        open_server.call(
            lambda: [each.end_if_dead(now_s + STALL_TIMEOUT_S + 1) for each in open_server.server.connections]
        )
        assert client.closed_by_server()


def test_that_a_port_in_use_is_named() -> None:
    with serving() as running, pytest.raises(OpsError) as caught, serving(port=running.port):
        pass
    assert caught.value.code == "cameras.port_taken"
    assert caught.value.params["port"] > 0
