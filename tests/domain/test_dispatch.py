"""Dispatch help: what it learns, what it says, and what it leaves alone."""

from desktop.domain.dispatch import COUNTED_DAYS, Case, CaseBook, Matter, Rules, pairs, rank_by_rules

RULES = Rules(units=("build", "manage", "law", "green", "water"), lead="manage", cooperating=("law", "green"))
DAY = 20_000.0


def matter(
    words: str = "共享单车占用盲道", *, category: str = "共享单车", where: str = "甲居委", day: float = DAY
) -> Matter:
    return Matter(words, category, "streetscape", where, "东明路 12 号", day=day)


def book(*cases: Case) -> CaseBook:
    learnt = CaseBook()
    for number, case in enumerate(cases):
        learnt.learn(Case(case.matter, case.unit, case.sent_back_by, case.id or f"wo-{number}"))
    return learnt


def units(learnt: CaseBook, about: Matter, rules: Rules = RULES) -> list[str]:
    return [suggestion.unit for suggestion in learnt.advise(about, rules).suggestions]


def test_that_the_rules_decide_while_nothing_is_learnt() -> None:
    assert units(CaseBook(), matter()) == ["manage", "law", "green"]
    assert rank_by_rules(RULES)[:3] == ("manage", "law", "green")
    here = Rules(RULES.units, RULES.lead, RULES.cooperating, here="water")
    assert units(CaseBook(), matter(), here)[0] == "water"


def test_that_past_orders_overrule_the_module_and_are_counted_as_the_reason() -> None:
    cases = [Case(matter(day=DAY - age), "law") for age in range(37)]
    cases += [Case(matter(day=DAY - age), "manage") for age in range(4)]
    advice = book(*cases).advise(matter(), RULES)
    first = advice.suggestions[0]
    assert (first.unit, first.cases, advice.cases, first.rule) == ("law", 37, 41, "cooperating")


def test_that_a_neighbourhood_may_differ_from_the_rest() -> None:
    cases = [Case(matter(day=DAY - age), "manage") for age in range(40)]
    cases += [Case(matter(where="乙居委", day=DAY - age), "green") for age in range(12)]
    learnt = book(*cases)
    assert units(learnt, matter())[0] == "manage"
    assert units(learnt, matter(where="乙居委"))[0] == "green"
    assert learnt.advise(matter(where="乙居委"), RULES).suggestions[0].here == 12


def test_that_a_change_of_duties_is_followed() -> None:
    before = [Case(matter(day=DAY - 200 - age), "manage") for age in range(60)]
    since = [Case(matter(day=DAY - age / 3), "law") for age in range(30)]
    assert units(book(*before, *since), matter())[0] == "law"


def test_that_a_wrong_category_is_noticed_and_the_words_are_named() -> None:
    bikes = [Case(matter(day=DAY - age), "manage") for age in range(20)]
    holes = [Case(matter("路面塌陷露出管线", category="路面塌陷", day=DAY - age), "build") for age in range(20)]
    learnt = book(*bikes, *holes)
    advice = learnt.advise(matter("人行道路面塌陷，露出管线", category="共享单车"), RULES)
    assert (advice.kind, advice.refiled, advice.suggestions[0].unit) == ("路面塌陷", True, "build")
    assert set(advice.telling) <= pairs("路面塌陷露出管线")
    kept = learnt.advise(matter("占用盲道"), RULES)
    assert (kept.kind, kept.refiled) == ("共享单车", False)
    unfiled = learnt.advise(matter("路面塌陷", category=""), RULES)
    assert (unfiled.kind, unfiled.refiled) == ("路面塌陷", True)


def test_that_returns_are_remembered_with_who_did_the_work_then() -> None:
    cases = [Case(matter(day=DAY - 9), "law", ("manage",)), Case(matter(day=DAY - 2), "green", ("manage", "law"))]
    advice = book(*cases).advise(matter(), RULES)
    assert (advice.sent_back, advice.last) == (3, "green")
    assert {suggestion.unit: suggestion.sent_back for suggestion in advice.suggestions}["manage"] == 2


def test_that_what_is_older_than_the_count_or_younger_than_the_order_is_no_reason() -> None:
    old, young = Case(matter(day=DAY - COUNTED_DAYS - 1), "law"), Case(matter(day=DAY + 1), "law")
    assert book(old, young).advise(matter(), RULES).cases == 0


def test_that_an_order_is_learnt_once_and_one_without_a_unit_never() -> None:
    learnt = book(Case(matter(), "law", id="wo-1"))
    assert not learnt.learn(Case(matter(), "manage", id="wo-1"))
    assert not learnt.learn(Case(matter(), "", id="wo-2"))
    assert len(learnt) == 1


def test_that_the_most_alike_past_orders_are_named() -> None:
    far = [Case(matter("垃圾满溢", day=DAY - age), "manage", id=f"far-{age}") for age in range(30)]
    near = Case(matter("共享单车占用盲道约四十米", day=DAY - 1), "law", id="near")
    assert book(*far, near).advise(matter(), RULES).alike[0] == "near"


def test_that_a_unit_that_takes_no_orders_any_more_is_not_suggested() -> None:
    learnt = book(*(Case(matter(day=DAY - age), "gone") for age in range(50)))
    assert "gone" not in units(learnt, matter())
    assert learnt.advise(matter(), Rules(())).suggestions == ()


def test_that_words_are_filed_only_where_they_speak_clearly() -> None:
    bikes = [Case(matter(day=DAY - age), "manage") for age in range(20)]
    holes = [Case(matter("路面塌陷露出管线", category="路面塌陷", day=DAY - age), "build") for age in range(20)]
    learnt = book(*bikes, *holes)
    filing = learnt.classify("人行道路面塌陷")
    assert filing is not None
    assert (filing.kind, filing.module) == ("路面塌陷", "streetscape")
    assert learnt.classify("有人报告一件事情") is None
    assert CaseBook().classify("路面塌陷") is None
