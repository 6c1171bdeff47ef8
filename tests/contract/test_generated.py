"""Thousands of requests that nobody wrote down, made from the contract: the drill centre answers each as it says.

Schemathesis (https://schemathesis.readthedocs.io) makes them: the contract's examples, the edges of every schema, and
chance. `make test` gives it some seconds; ``WATCHFLOOR_SCHEMATHESIS_S=600`` gives it as many as one likes.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources import resource_path
from tests.contract.document import CONTRACT
from tests.drill.running import Desk, Drill, running_drill

BUDGET_S = int(os.environ.get("WATCHFLOOR_SCHEMATHESIS_S", "12"))

LEFT_OUT = (
    "/v1/stream",  # never ends; tests/drill/test_stream.py reads it
    "/v1/auth/revoke",  # would end the session that all the others need
)
NOT_ASKED = (
    # Whether a centre accepts what fits its schema depends on what it holds: a cursor may have expired.
    "positive_data_acceptance",
)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    few = ("--open-orders", "20", "--closed-orders", "10", "--speed", "0", "--no-cameras")
    with running_drill(tmp_path_factory.mktemp("generated"), *few) as running:
        yield running


def settings(desk: Desk, folder: Path) -> Path:
    """Ids that exist, so that the calls get further than to a 404."""
    items, _ = desk.snapshot()
    camera = next(id_ for (kind, id_), item in items.items() if kind == "camera" and item["data"].get("ptz"))
    config = folder / "schemathesis.toml"
    config.write_text(
        f"""
        [[operations]]
        include-path-regex = "^/v1/cameras/"
        parameters = {{ "path.id" = "{camera}" }}

        [[operations]]
        include-path-regex = "^/v1/vitals/"
        parameters = {{ "path.id" = "vt-water-07" }}
        """,
        encoding="utf-8",
    )
    return config


@pytest.mark.slow
@pytest.mark.real
@pytest.mark.timeout(BUDGET_S * 10 + 120)
def test_that_the_centre_answers_generated_requests_as_the_contract_says(centre: Drill, tmp_path: Path) -> None:
    desk = Desk(centre.url, centre.ready["username"], centre.ready["password"])
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(settings(desk, tmp_path)), "run"),
        *(
            str(resource_path(CONTRACT)),
            "--url",
            centre.url,
            "--no-color",
            "--continue-on-failure",
            "--warnings",
            "off",
        ),
        *("--header", f"Authorization: Bearer {desk.grant['access']}"),
        *(part for path in LEFT_OUT for part in ("--exclude-path", path)),
        *("--exclude-checks", ",".join(NOT_ASKED)),
        *("--max-time", str(BUDGET_S), "--phases", "examples,coverage,fuzzing", "--generation-database", "none"),
    ]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    answered = desk.http.get("/v1/me").status_code
    desk.close()
    if ended.returncode != 0:
        pytest.fail(ended.stdout[-20_000:] + ended.stderr[-2_000:], pytrace=False)
    assert "generated" in ended.stdout
    assert answered == 200
