from datetime import UTC, datetime, timedelta

from desktop.presenters.directory import Directory
from desktop.presenters.orders.queue_filter import Filter, Views, filter_menu, picked_chips, read_views, view_name
from storage.records import Record

NOW = "2026-11-22T08:00:00+00:00"


def test_that_values_of_one_field_add_up_and_fields_narrow() -> None:
    narrowed = Filter().toggled("source", "hotline").toggled("source", "grid").toggled("urgency", "critical")
    query = narrowed.query(NOW)
    assert query.source == {"hotline", "grid"}
    assert query.urgency == {"critical"}
    assert query.states is None


def test_that_picking_again_takes_away_and_leaves_nothing_behind() -> None:
    assert Filter().toggled("source", "hotline").toggled("source", "hotline") == Filter()


def test_that_a_finished_state_brings_finished_orders_and_others_do_not() -> None:
    assert not Filter().toggled("states", "closed").query(NOW).open_only
    assert Filter().toggled("states", "handling").query(NOW).open_only


def test_that_the_waiting_chip_and_picked_states_narrow_each_other() -> None:
    assert Filter(chip="waiting").toggled("states", "handling").query(NOW).states == frozenset()
    assert Filter(chip="waiting").toggled("states", "returned").query(NOW).states == {"returned"}


def test_that_the_newest_come_first_where_time_sorts() -> None:
    assert Filter(sort="opened").query(NOW).descending
    assert not Filter(sort="due").query(NOW).descending
    assert Filter(sort="shoe size").query(NOW).sort == "urgency"


def test_that_views_survive_being_kept_and_odd_settings_are_none() -> None:
    views = Views({"我的": Filter().toggled("module", "flood")})
    assert read_views(views.encode()) == views
    for odd in (None, "", "[", '{"kept": 3}', '{"kept": {"x": {"picked": 1}}}'):
        assert read_views(odd) == Views()


def test_that_a_view_is_named_by_what_it_shows() -> None:
    narrowed = Filter(chip="late", text="积水").toggled("urgency", "critical")
    assert view_name(narrowed, {"late": "超期"}, Directory()) == "超期 · 特急 · 积水"
    assert [chip.label for chip in picked_chips(narrowed, Directory())] == ["特急"]


def test_that_the_menu_offers_only_what_can_be_done() -> None:
    def offered(narrowed: Filter, chosen: str = "") -> set[str]:
        menu = filter_menu(narrowed, Views(), chosen, {}, Directory())
        return {option.key for group in menu if group.key == "view" for option in group.options}

    assert offered(Filter()) == set()
    assert offered(Filter().toggled("urgency", "critical")) == {"save", "clear"}
    assert offered(Filter(text="x"), "x") == {"drop"}


def test_that_stuck_asks_for_what_is_late_or_untouched_by_its_department_s_limit() -> None:
    idle = (("build", "2026-11-21T14:00:00+08:00"),)
    assert Filter(chip="stuck").query(NOW, idle=idle).stuck == idle
    assert Filter(chip="stuck").query(NOW).stuck == ()
    assert Filter(chip="late").query(NOW, idle=idle).stuck is None


def test_that_departments_without_an_idle_limit_are_not_asked_about() -> None:
    directory = Directory()
    units = [b'{"name": "\xe5\xbb\xba", "idle_minutes": 60}', b'{"idle_minutes": 0}', b'{"idle_minutes": "x"}', b"{}"]
    directory.load("department", [Record("department", f"d{n}", 1, data) for n, data in enumerate(units)])
    now = datetime(2026, 11, 22, 14, tzinfo=UTC)
    assert directory.idle_since(now) == (("d0", "2026-11-22T13:00:00+00:00"),)
    assert directory.idle_limit("d0") == timedelta(hours=1)
    assert directory.idle_limit("nobody") == timedelta(0)
