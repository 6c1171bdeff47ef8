"""What is indexed and what is asked, as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.words import _RUN, QUERY_LIMIT, Searched, index_words, match_expression, normalise, pinyin_initials


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("路面塌陷", "路面 面塌 塌陷 陷"),
        ("路", "路"),
        ("浦三路1288弄", "浦三 三路 路 1288 弄"),
        ("Ａ区，ＡＢＣ１２", "a 区 abc12"),
        ("垃圾、桶", "垃圾 圾 桶"),
        ("  ", ""),
        ("<b>x</b>", "b x b"),
    ],
)
def test_that_texts_are_cut_into_pairs_and_words(text: str, words: str) -> None:
    assert index_words([Searched((text,))]) == [words]


def cut_one_by_one(text: str) -> str:
    """The rule, as plainly as it can be written."""
    words = []
    for run in _RUN.finditer(normalise(text)):
        dense = run.group(1)
        words += [dense[start : start + 2] for start in range(len(dense))] if dense else [run.group(2)[:64]]
    return " ".join(words)


_ODD = "路面ａＢ1２，。 \x1e\x00\n㎡ﬁ①é\u0301か\u3099ΣσİK가\u1100\u1161🚒\U00020000_-"


@given(st.lists(st.text() | st.text(alphabet=_ODD) | st.text("ab1", min_size=60, max_size=70), max_size=5))
def test_that_many_texts_are_cut_as_each_would_be(texts: list[str]) -> None:
    assert index_words([Searched((text,)) for text in texts]) == [
        cut_one_by_one(text.replace("\x1e", " ")) for text in texts
    ]


def test_that_codes_are_found_from_any_character_and_names_by_initials() -> None:
    assert index_words([Searched((), codes=("LJ-20261",))]) == [" lj 20261 0261 261"]
    assert index_words([Searched((), names=("灵岩路",))]) == [" lyl"]


@pytest.mark.fault(73)
@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("路", '"路" *'),
        ("路面", '"路面"'),
        ("路面塌", '"路面 面塌"'),
        ("路面 积水", '"路面" AND "积水"'),
        ("三路1288", '"三路 路 1288" *'),
        ("1288弄里", '"1288 弄里"'),
        ('" OR * NEAR(a)', '"or" * AND "near" * AND "a" *'),
        ("，。!", None),
        ("", None),
    ],
)
def test_that_a_query_is_terms_and_never_syntax(text: str, expression: str | None) -> None:
    assert match_expression(text) == expression


@given(st.text())
def test_that_every_character_of_an_expression_is_quoted(text: str) -> None:
    expression = match_expression(text) or ""
    inside = expression.split('"')[1::2]
    outside = "".join(expression.split('"')[0::2])
    assert set(outside) <= set(" AND*")
    assert not set("".join(inside)) & set("*:^-+(){}'\\")
    assert len(expression) < 8 * QUERY_LIMIT


@pytest.mark.parametrize(
    ("name", "initials"), [("灵岩南路", "lynl"), ("东明路-3号", "dml3h"), ("Gate 2", "gate2"), ("", ""), ("☃", "")]
)
def test_that_names_have_initials(name: str, initials: str) -> None:
    assert pinyin_initials(name) == initials
