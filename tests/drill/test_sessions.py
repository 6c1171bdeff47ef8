"""Signing in, renewing, signing out."""

from tests.drill.running import Desk, Drill


def renew(desk: Desk, device: str | None = None) -> tuple[int, dict]:
    answer = desk.http.post(
        "/v1/auth/token",
        json={"grant": "refresh", "refresh": desk.grant["refresh"], "device_id": device or desk.device},
    )
    return answer.status_code, answer.json()


def test_that_an_expired_access_token_is_refused_and_can_be_renewed(drill: Drill, desk: Desk) -> None:
    desk.http.post("/faults", json={"expire_tokens": True}).raise_for_status()
    answer = desk.http.get("/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    status, grant = renew(desk)
    assert status == 200
    desk.http.headers["Authorization"] = f"Bearer {grant['access']}"
    assert desk.get("/v1/me")["name"] == "张伟"


def test_that_renewing_twice_works_for_the_first_answer_may_be_lost(desk: Desk) -> None:
    assert renew(desk)[0] == 200
    assert renew(desk)[0] == 200


def test_that_a_refresh_token_works_on_its_own_device_only(desk: Desk) -> None:
    status, problem = renew(desk, "another-desk")
    assert (status, problem["code"]) == (401, "refresh_invalid")


def test_that_signing_out_voids_both_tokens(desk: Desk) -> None:
    assert desk.http.post("/v1/auth/revoke").status_code == 204
    assert desk.http.get("/v1/me").json()["code"] == "token_invalid"
    assert renew(desk)[1]["code"] == "refresh_invalid"


def test_that_a_changed_token_is_refused(desk: Desk) -> None:
    body, _, signature = desk.grant["access"].partition(".")
    for forged in (f"{body}x.{signature}", f"{body}.{signature[::-1]}", body, "你好"):
        answer = desk.http.get("/v1/me", headers={"Authorization": f"Bearer {forged}".encode()})
        assert answer.status_code == 401, forged


def test_that_an_unknown_user_is_refused_like_a_wrong_password(drill: Drill, desk: Desk) -> None:
    for username in ("nobody", drill.ready["username"]):
        answer = desk.http.post(
            "/v1/auth/token",
            json={"grant": "password", "username": username, "password": "wrong", "device_id": "d"},
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_password")
