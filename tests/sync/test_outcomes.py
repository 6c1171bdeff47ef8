"""Answers that an honest centre cannot be made to give, one by one: what becomes of each."""

import ssl
from collections.abc import Callable

import httpx2
import pytest

from desktop.central.client import CentralClient
from desktop.central.schema import TokenRequest
from desktop.central.transport import ANSWER_CAP_BYTES, Transport
from desktop.errors import OpsError

HALL = {"X-Hall-Instance": "hall-1"}
JSON = HALL | {"Content-Type": "application/json"}
PROBLEM = HALL | {"Content-Type": "application/problem+json"}
BASE = "https://centre.invalid"


def client(answer: Callable[[httpx2.Request], httpx2.Response]) -> CentralClient:
    return CentralClient(Transport([BASE], handler=httpx2.MockTransport(answer)))


def fault_of(status: int, headers: dict[str, str], body: str, call: str = "send_ops") -> OpsError:
    centre = client(lambda _: httpx2.Response(status, headers=headers, text=body))
    calls: dict[str, Callable[[], object]] = {
        "send_ops": lambda: centre.send_ops("token", "batch", [b"{}"]),
        "changes": lambda: centre.changes("token", "cursor", 10),
        "live": lambda: centre.live_address("token", "camera/1", "sub"),
        "password": lambda: centre.token(TokenRequest(grant="password", device_id="d")),
        "refresh": lambda: centre.token(TokenRequest(grant="refresh", device_id="d")),
    }
    with pytest.raises(OpsError) as caught:
        calls[call]()
    return caught.value


@pytest.mark.parametrize(
    ("status", "headers", "body", "code", "retryable"),
    [
        (408, JSON, "{}", "link.server_error", True),
        (425, JSON, "{}", "link.server_error", True),
        (500, PROBLEM, '{"code": "bug"}', "link.server_error", True),
        (502, {"Content-Type": "text/html"}, "<h1>Bad gateway", "link.server_error", True),
        (503, JSON, "{}", "link.server_error", True),
        (504, {}, "", "link.server_error", True),
        (429, {}, "", "link.throttled", True),
        (503, JSON | {"Retry-After": "7"}, "{}", "link.throttled", True),
        (200, {"Content-Type": "text/html"}, "<form>", "link.not_the_centre", True),
        (200, HALL | {"Content-Type": "text/html"}, "<form>", "link.not_the_centre", True),
        (200, {"Content-Type": "application/json"}, '{"results": []}', "link.not_the_centre", True),
        (401, {"Content-Type": "text/html"}, "proxy login", "link.not_the_centre", True),
        (407, {}, "", "link.not_the_centre", True),
        (302, JSON | {"Location": "https://evil.invalid/"}, "", "link.not_the_centre", True),
        (401, PROBLEM, '{"code": "token_expired"}', "auth.expired", False),
        (403, PROBLEM, "{}", "auth.forbidden", False),
        (413, PROBLEM, "{}", "push.too_large", False),
        (400, PROBLEM, "{}", "push.refused", False),
        (422, PROBLEM, '{"code": "op_id_reused"}', "push.refused", False),
        (404, PROBLEM, "not json", "link.refused", False),
        (200, JSON, '{"results": [', "link.malformed", True),
        (200, JSON, '{"results": 3}', "link.malformed", True),
        (200, JSON, "[" * 100_000, "link.malformed", True),
    ],
)
def test_that_an_answer_to_a_batch_means_one_thing(
    status: int, headers: dict[str, str], body: str, code: str, retryable: bool
) -> None:
    fault = fault_of(status, headers, body)

    assert (fault.code, fault.retryable) == (code, retryable)


@pytest.mark.parametrize(
    ("call", "status", "body", "code"),
    [
        ("changes", 410, "{}", "pull.cursor_expired"),
        ("changes", 409, "{}", "pull.epoch_changed"),
        ("live", 404, "{}", "camera.unknown"),
        ("live", 409, "{}", "camera.offline"),
        ("live", 403, "{}", "camera.forbidden"),
        ("live", 406, "{}", "camera.no_protocol"),
        ("live", 422, "{}", "camera.no_profile"),
        ("live", 400, '{"code": "camera.offline"}', "camera.offline"),
        ("password", 401, "{}", "auth.wrong_password"),
        ("refresh", 401, "{}", "auth.expired"),
        ("refresh", 403, "{}", "auth.expired"),
    ],
)
def test_that_a_refusal_is_named_after_what_was_asked(call: str, status: int, body: str, code: str) -> None:
    assert fault_of(status, PROBLEM, body, call).code == code


def test_that_the_centres_own_waiting_time_is_told() -> None:
    assert fault_of(429, {"Retry-After": "120"}, "").params["seconds"] == 120
    assert fault_of(429, PROBLEM, '{"retry_after": 9}').params["seconds"] == 9
    assert fault_of(429, {"Retry-After": "soon"}, "").params["seconds"] == 5


def test_that_a_waiting_time_told_as_a_date_is_counted_by_the_clock_that_wrote_it() -> None:
    written = {"Date": "Sun, 22 Nov 2026 07:59:00 GMT"}
    until = {"Retry-After": "Sun, 22 Nov 2026 08:00:00 GMT"}
    assert fault_of(503, PROBLEM | written | until, "{}").params["seconds"] == 60
    assert fault_of(429, written | {"Retry-After": "Sun, 22 Nov 2026 07:00:00 GMT"}, "").params["seconds"] == 0


@pytest.mark.parametrize("headers", [HALL, HALL | {"Content-Type": "text/plain"}])
def test_that_the_centre_may_refuse_without_json(headers: dict[str, str]) -> None:
    assert fault_of(401, headers, "").code == "auth.expired"
    assert fault_of(404, headers, "nothing here", "live").code == "camera.unknown"
    assert fault_of(501, headers, "").code == "link.refused"


def test_that_nulls_in_a_refusal_do_not_hide_its_code() -> None:
    body = '{"code": "camera.offline", "message": null, "detail": null, "retry_after": null}'
    assert fault_of(400, PROBLEM, body, "live").code == "camera.offline"


def test_that_a_wait_may_end_without_a_content() -> None:
    page = client(lambda _: httpx2.Response(204, headers=HALL)).changes("token", "cursor", 10, 25)
    assert (page.changes, page.next, page.has_more) == ([], "cursor", False)


@pytest.mark.fault(47, 48, 49)
@pytest.mark.parametrize(
    ("verify_code", "reason"), [(9, "not_yet_valid"), (10, "expired"), (62, "host"), (20, "untrusted")]
)
def test_that_a_refused_certificate_is_told_apart(verify_code: int, reason: str) -> None:
    def refuse(_: httpx2.Request) -> httpx2.Response:
        error = ssl.SSLCertVerificationError("certificate verify failed")
        error.verify_code, error.verify_message = verify_code, "words"
        raise httpx2.ConnectError("tls") from error

    with pytest.raises(OpsError) as caught:
        client(refuse).hello()
    assert (caught.value.code, caught.value.params["reason"]) == ("link.tls", reason)


def test_that_the_token_goes_to_the_centre_alone_and_into_no_fault() -> None:
    seen: list[httpx2.Request] = []

    def redirect(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(307, headers=JSON | {"Location": "https://evil.invalid/v1/me"})

    with pytest.raises(OpsError) as caught:
        client(redirect).me("s3cret-token")

    assert [str(request.url) for request in seen] == [f"{BASE}/v1/me"]
    assert seen[0].headers["Authorization"] == "Bearer s3cret-token"
    assert "s3cret" not in repr((str(caught.value), caught.value.params, caught.value.detail))


def test_that_an_answer_of_another_centre_is_refused_once_one_is_pinned() -> None:
    transport = Transport([BASE], handler=httpx2.MockTransport(lambda _: httpx2.Response(200, headers=JSON, text="{}")))
    transport.pin("hall-2")

    with pytest.raises(OpsError, match=r"link\.other_centre"):
        transport.exchange("GET", "/v1/me")

    transport.pin("hall-1")
    assert transport.exchange("GET", "/v1/me").body == b"{}"


def test_that_an_answer_beyond_the_cap_is_cut_off() -> None:
    body = b"[" + b" " * ANSWER_CAP_BYTES + b"]"
    centre = client(lambda _: httpx2.Response(200, headers=JSON, content=body))

    with pytest.raises(OpsError, match=r"link\.too_large"):
        centre.changes("token", "cursor", 10)


def test_that_each_link_has_a_breaker_of_its_own() -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        if request.url.host == "one.invalid":
            raise httpx2.ConnectError("no route")
        return httpx2.Response(200, headers=JSON, text="{}")

    transport = Transport(["https://one.invalid", "https://two.invalid/"], handler=httpx2.MockTransport(answer))
    for _ in range(3):
        assert not transport.links.change_over()
        with pytest.raises(OpsError, match=r"link\.unreachable"):
            transport.exchange("GET", "/v1/hello")
        transport.exchange("GET", "/v1/hello", link=1)  # what another link says is no comfort
    assert transport.links.change_over()
    transport.exchange("GET", "/v1/hello")

    assert asked == ["one.invalid", "two.invalid"] * 3 + ["two.invalid"]


@pytest.mark.fault(35)
def test_that_a_link_to_another_centre_is_given_up_at_once() -> None:
    answer = httpx2.MockTransport(lambda _: httpx2.Response(200, headers=JSON, text="{}"))
    transport = Transport(["https://one.invalid", "https://two.invalid/"], handler=answer)
    transport.pin("hall-2")

    with pytest.raises(OpsError, match=r"link\.other_centre"):
        transport.exchange("GET", "/v1/hello")

    assert transport.links.change_over()


@pytest.mark.parametrize(
    "address", ["", "ftp://x", "centre", "https://user:pw@centre", "https://c/?q=1", "http://c:port"]
)
def test_that_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(OpsError, match=r"link\.bad_address") as caught:
        Transport([address])
    assert "pw" not in repr(caught.value.params)


def test_that_passwords_never_cross_a_network_unencrypted() -> None:
    for address in ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:1"):
        Transport([address]).close()
    with pytest.raises(OpsError, match=r"link\.insecure_address"):
        Transport(["http://192.168.1.10"])
    with pytest.raises(OpsError, match=r"link\.bad_address"):
        Transport([])
