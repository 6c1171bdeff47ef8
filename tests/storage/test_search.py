"""Search against the truth: what a plain substring test finds, the index finds, and nothing else."""

import random
import time

import pytest

from storage.cache.board import search
from storage.records import OrderQuery
from storage.store import Store
from tests.storage.objects import camera_json, cursor, order_json, upsert

COUNT = 3_000
_SYLLABLES = "路面塌陷积水占道经营垃圾堆放井盖缺失噪声扰民违章搭建"
_STREETS = ("灵岩南路", "上南路", "东明路", "浦三路", "杨思路")


@pytest.fixture
def texts(store: Store) -> dict[str, str]:
    """Orders with random texts; id -> everything that is searched of it."""
    chance = random.Random(7)
    texts, changes = {}, []
    for n in range(1, COUNT + 1):
        title = "".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 9)))
        address = f"{chance.choice(_STREETS)}{chance.randrange(1, 400)}弄{chance.choice(('', '，'))}近地铁"
        number = f"LJ{20_260_000 + n}"
        texts[f"o{n}"] = f"{title}|{address}|{number.lower()}"
        changes.append(upsert(n, f"o{n}", order_json(title=title, address=address, number=number)))
    store.cache.apply(changes, cursor(COUNT))
    return texts


def find(store: Store, text: str, **rest: object) -> set[str]:
    return set(store.cache.order_ids(OrderQuery(text=text, open_only=False, **rest), COUNT))  # type: ignore[arg-type]


@pytest.mark.parametrize("walk", [False, True], ids=["by the index", "by a walk"])
def test_that_words_of_any_length_find_exactly_the_texts_that_hold_them(
    store: Store, texts: dict[str, str], monkeypatch: pytest.MonkeyPatch, walk: bool
) -> None:
    while store.cache.tend():
        pass
    if walk:
        monkeypatch.setattr(search, "SMALL", 0)
        monkeypatch.setattr(search, "COMMON_SHARE", 0.01)
    chance = random.Random(8)
    words = ["路", "陷", "路面", "南路", "灵岩南路", "弄近", "近地铁", "铁"]
    for _ in range(5 if walk else 40):
        text = chance.choice(list(texts.values())).split("|")[0]
        start = chance.randrange(len(text))
        words.append(text[start : start + chance.randrange(1, 5)])
    for word in words:
        truth = {object_id for object_id, text in texts.items() if word in text}
        assert find(store, word) == truth, word
        assert store.cache.order_count(OrderQuery(text=word)) == len(truth)


def test_that_all_words_must_occur_and_numbers_are_found_by_any_stretch(store: Store, texts: dict[str, str]) -> None:
    for words in (("路面", "上南路"), ("积", "水", "杨思"), ("2601", "东明"), ("LJ20260123",), ("0123",), ("260")):
        truth = {key for key, text in texts.items() if all(word.lower() in text for word in words)}
        assert find(store, " ".join(words)) == truth, words


def test_that_a_house_number_is_found_with_and_without_its_road(store: Store, texts: dict[str, str]) -> None:
    truth = {key for key, text in texts.items() if "浦三路12" in text}
    assert truth
    assert find(store, "浦三路12") == truth
    assert find(store, "浦三路１２") == truth


@pytest.mark.fault(73)
@pytest.mark.parametrize(
    "text",
    [
        '"',
        "*",
        "a AND",
        ":",
        "NOT",
        "^x",
        "{words}: 路",
        "()",
        "-",
        "\x00",
        "'; DROP",
        "\ud800",
        "x" * 10_000,
        "路" * 10_000,
    ],
)
def test_that_no_text_of_the_officer_is_an_error_or_slow(store: Store, texts: dict[str, str], text: str) -> None:
    began = time.process_time()
    find(store, text)
    assert time.process_time() - began < 0.5  # of which the page itself is the most


def test_that_a_text_that_changed_is_found_by_its_new_words_only(store: Store) -> None:
    store.cache.apply([upsert(1, "o1", order_json(title="旧的说法", address="甲路"))], cursor(1))
    store.cache.apply([upsert(2, "o1", order_json(title="新的说法", address="甲路"))], cursor(2))
    assert (find(store, "旧的"), find(store, "新的"), find(store, "甲路")) == (set(), {"o1"}, {"o1"})


def test_that_a_huge_text_is_searched_in_its_beginning(store: Store) -> None:
    title = "开头" + "乱" * 5_000 + "结尾"
    store.cache.apply([upsert(1, "o1", order_json(title=title))], cursor(1))
    assert (find(store, "开头"), find(store, "结尾")) == ({"o1"}, set())


def test_that_cameras_are_found_by_name_place_number_and_initials(store: Store) -> None:
    cameras = {
        "c1": camera_json("灵岩南路上南路口", number="LY-0417", address="灵岩南路 1 号"),
        "c2": camera_json("东明路地铁站", number="DM-0418", code="31011500001320000418"),
        "c3": camera_json("三林路", health="offline"),
    }
    store.cache.apply(
        [upsert(n, key, data, kind="camera") for n, (key, data) in enumerate(cameras.items(), 1)], cursor(3)
    )
    for text, found in (
        ("灵岩", ["c1"]),
        ("上南", ["c1"]),
        ("lynl", ["c1"]),
        ("snl", ["c1"]),
        ("dtz", ["c2"]),
        ("041", ["c2", "c1"]),
        ("0418", ["c2"]),
        ("32000041", ["c2"]),
        ("slL", ["c3"]),
        ("路", ["c3", "c2", "c1"]),
        ("!", []),
    ):
        assert sorted(record.id for record in store.cache.search_cameras(text)) == sorted(found), text
    assert len(store.cache.search_cameras("路", limit=2)) == 2


def test_that_orders_are_found_by_the_initials_of_their_place(store: Store) -> None:
    store.cache.apply(
        [
            upsert(1, "o1", order_json(address="灵岩南路123号", neighbourhood="东明居民区")),
            upsert(2, "o2", order_json(address="上南路9弄")),
        ],
        cursor(2),
    )
    for text, found in (("lynl", {"o1"}), ("ynl", {"o1"}), ("dmj", {"o1"}), ("sn", {"o2"}), ("lnnl", set())):
        assert find(store, text) == found, text
