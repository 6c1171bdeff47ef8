"""The district a drill begins with: believable, consistent, reproducible."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from desktop.domain import workflow
from desktop.domain.workflow import OPEN_STATES
from desktop.drill.clock import stamp
from desktop.drill.district.geography import compound_of, geography
from desktop.drill.district.limits import after_verb, running_due
from desktop.drill.district.orders import PEOPLE_REPORT
from desktop.drill.district.people import DEPARTMENTS, MODULES, OFFICERS
from desktop.drill.district.phrases import catalogue
from desktop.drill.district.population import populate

NOW = datetime(2026, 11, 22, 6, 3, 22, tzinfo=UTC)

Records = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def district() -> Records:
    records: Records = {}
    for stored in populate(7, NOW, 2_000, 4_000):
        assert stored.id not in records.setdefault(stored.kind, {})
        records[stored.kind][stored.id] = msgspec.json.decode(stored.data)
    return records


def opened(district: Records) -> list[dict[str, Any]]:
    return [order for order in district["work_order"].values() if order["state"] in OPEN_STATES]


def test_that_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    one, again, other = (list(populate(seed, NOW, 60, 40)) for seed in (3, 3, 4))
    assert one == again
    assert one != other


def test_that_another_start_moves_the_times_and_nothing_else() -> None:
    later = NOW + timedelta(minutes=61)
    for one, other in zip(populate(3, NOW, 60, 40), populate(3, later, 60, 40), strict=True):
        if one.kind == "work_order":
            a, b = msgspec.json.decode(one.data), msgspec.json.decode(other.data)
            assert (a["title"], a["description"], a["place"], a["state"]) == (
                b["title"],
                b["description"],
                b["place"],
                b["state"],
            )
            shift = datetime.fromisoformat(b["opened_at"]) - datetime.fromisoformat(a["opened_at"])
            assert abs(shift - timedelta(minutes=61)) <= timedelta(seconds=1)


def test_that_the_counts_are_those_asked_for(district: Records) -> None:
    assert len(opened(district)) == 2_000
    assert len(district["work_order"]) == 6_000
    assert len(district["camera"]) == 200
    assert sum(incident["state"] != "closed" for incident in district["incident"].values()) == 12
    assert sum(alert["state"] == "open" for alert in district["alert"].values()) == 16


def test_that_every_history_is_a_way_the_workflow_allows(district: Records) -> None:
    everybody = [role.value for role in workflow.Role]
    for order in district["work_order"].values():
        first, *lines = order["history"]
        assert first["verb"] == "report"
        state = "reported"
        before = order["opened_at"]
        for line in lines:
            assert workflow.judge(state, line["verb"], everybody).allowed, order
            target = workflow.RULES[line["verb"]].target
            state = target.value if target else state
            assert line["state"] == state
            assert before <= line["at"] <= stamp(NOW)
            before = line["at"]
        assert state == order["state"]
        assert order["updated_at"] == before


def test_that_the_due_time_is_that_of_the_running_limit(district: Records) -> None:
    for order in district["work_order"].values():
        assert order["due"] == running_due(order)
        if order["state"] in OPEN_STATES and order["state"] != "suspended":
            assert order["due"]


def test_that_few_orders_are_late_or_grave(district: Records) -> None:
    orders = opened(district)
    late = sum(bool(order["due"]) and order["due"] < stamp(NOW) for order in orders)
    assert 20 <= late <= 140
    urgencies = Counter(order["urgency"] for order in orders)
    assert 1 <= urgencies["critical"] <= 60
    assert urgencies["normal"] > 1_500


def test_that_orders_come_from_all_sources(district: Records) -> None:
    sources = Counter(order["source"] for order in opened(district))
    assert set(sources) == {"hotline", "grid", "smart", "department", "leader", "neighbourhood", "snapshot"}


def test_that_orders_do_not_repeat_themselves(district: Records) -> None:
    orders = opened(district)
    assert len({order["title"] for order in orders}) > 900
    assert len({order["description"] for order in orders}) > 1_800
    assert Counter(order["title"] for order in orders).most_common(1)[0][1] <= 25
    assert not [order for order in orders if re.search(r"[{}|]", order["title"] + order["description"])]


def test_that_everything_lies_in_the_district(district: Records) -> None:
    ground = geography()
    for kind in ("work_order", "camera", "incident"):
        for record in list(district[kind].values())[::7]:
            place = record["place"]
            cell = ground.cell_at(tuple(place["point"]))
            assert cell is not None, place
            assert (place["grid_cell"], place["neighbourhood"]) == (cell.id, cell.neighbourhood)


def test_that_records_point_at_records_that_exist(district: Records) -> None:
    for order in district["work_order"].values():
        dispatched = any(line["verb"] == "dispatch" for line in order["history"])
        assert (order["lead_department"] in DEPARTMENTS) if dispatched else not order["lead_department"]
        assert set(order["departments"]) <= set(DEPARTMENTS)
        assert order["module"] in MODULES
        if "incident" in order:
            assert order["incident"] in district["incident"]
    for incident_id, incident in district["incident"].items():
        for order_id in incident["orders"]:
            assert district["work_order"][order_id]["incident"] == incident_id
    for alert in district["alert"].values():
        assert alert.get("camera", "") in {"", *district["camera"]}
    for module in MODULES.values():
        assert {module.lead_department, *module.departments} <= set(DEPARTMENTS)
    for officer in OFFICERS.values():
        assert officer.department in DEPARTMENTS


def test_that_cameras_have_codes_numbers_and_names_of_their_own(district: Records) -> None:
    cameras = district["camera"]
    assert all(re.fullmatch(r"\d{20}", code) and camera["code"] == code for code, camera in cameras.items())
    assert sorted(camera["number"] for camera in cameras.values()) == [f"{n:03d}" for n in range(1, 201)]
    assert len({camera["name"] for camera in cameras.values()}) == 200
    healths = Counter(camera["health"] for camera in cameras.values())
    assert healths["online"] >= 185
    assert {"offline", "frozen", "black"} < set(healths)
    assert len({camera["scene"] for camera in cameras.values()}) >= 14
    assert [camera["name"] for camera in cameras.values() if "下立交" in camera["name"]]


def test_that_every_alert_of_a_camera_is_about_one_that_has_failed(district: Records) -> None:
    told = {alert["camera"] for alert in district["alert"].values() if alert.get("camera") and alert["state"] == "open"}
    failed = {code for code, camera in district["camera"].items() if camera["health"] != "online"}
    assert told == failed


def test_that_callers_are_there_where_people_reported_and_no_number_can_ring(district: Records) -> None:
    for order in district["work_order"].values():
        assert ("caller" in order) == (order["source"] in PEOPLE_REPORT)
        if "caller" in order:
            assert re.fullmatch(r"1(54|61|64)\d{8}", order["caller"]["phone"])


def test_that_the_catalogue_speaks_only_of_what_is_known() -> None:
    names = {"address", "street", "compound", "neighbourhood", "cell", "who"}
    for topic in catalogue():
        for phrase in topic.titles + topic.descriptions:
            assert phrase.names <= names, topic.text.key
        for phrase in topic.results:
            assert not phrase.names, topic.text.key
        assert topic.text.lead in DEPARTMENTS
        assert set(topic.text.with_departments) <= set(DEPARTMENTS)
        assert topic.text.module in MODULES
        assert set(topic.text.where) <= {"street", "crossing", "house"}
    assert {topic.text.module for topic in catalogue()} == set(MODULES)


@pytest.mark.parametrize(
    ("neighbourhood", "compound"),
    [
        ("凌兆新村二居委", "凌兆新村"),
        ("上南花苑居委", "上南花苑"),
        ("金谊一居委", "金谊小区"),
        ("三林苑二居委", "三林苑"),
    ],
)
def test_that_an_estate_is_named_after_its_neighbourhood(neighbourhood: str, compound: str) -> None:
    assert compound_of(neighbourhood) == compound


def test_that_a_returned_order_gets_its_dispatch_time_again(district: Records) -> None:
    order = next(order for order in opened(district) if order["state"] == "dispatched")
    line = {"at": stamp(NOW), "actor": "张伟"}
    returned = workflow.apply(order, "return", {"reason_code": "x", "text": "y"}, line)
    returned = after_verb(returned, "return", NOW)
    before = {limit["stage"]: datetime.fromisoformat(limit["due"]) for limit in order["limits"]}
    after = {limit["stage"]: datetime.fromisoformat(limit["due"]) for limit in returned["limits"]}
    span = before["dispatched"] - before["accepted"]
    assert after["dispatched"] == NOW + span
    assert after["handling"] - after["dispatched"] == before["handling"] - before["dispatched"]
    assert after["accepted"] == before["accepted"]
    assert returned["due"] == stamp(NOW + span)
