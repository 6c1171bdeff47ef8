"""What a centre asks of its desks, also where it asks oddly."""

import pytest

from desktop.central.policy import Policy, read_policy


def test_that_rules_of_the_centre_replace_the_defaults_and_the_rest_stays() -> None:
    policy = read_policy({"idle_lock_s": 90, "password": {"min_length": 12}, "of_tomorrow": [1]})

    assert policy.idle_lock_s == 90
    assert policy.password.min_length == 12
    assert policy.password.history == Policy().password.history
    assert policy.retention_days == Policy().retention_days


@pytest.mark.parametrize("nonsense", [{"idle_lock_s": "soon"}, {"idle_lock_s": None}, {"idle_lock_s": {"s": 1}}])
def test_that_a_rule_of_another_type_keeps_its_default(nonsense: dict[str, object]) -> None:
    assert read_policy(nonsense).idle_lock_s == Policy().idle_lock_s
