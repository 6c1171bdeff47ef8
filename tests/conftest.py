"""What holds for every test: a fixed environment, and guards that turn carelessness into failures.

What does it lives in `tests/support`, one reason per module; none of it needs to be asked for.
"""

from tests.support import environment

environment.fix()  # before anything imports Qt: it reads these variables when it is loaded

pytest_plugins = [
    "tests.support.logs",
    "tests.support.leaks",
    "tests.support.network",
    "tests.support.collector",
    "tests.support.sorting",
    "tests.support.stores",
    "pytester",  # the guards have tests of their own
]
