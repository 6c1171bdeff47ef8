"""Memory that is free goes back to the system, also from between blocks in use."""

import subprocess
import sys

import pytest

_SCRIPT = """
import psutil
from desktop.video.heap import give_back

own = psutil.Process().memory_info
blocks = [b"x" * 100_000 for _ in range(500)]  # each too small to be mapped by itself
last = blocks.pop()
before = own().rss
del blocks
give_back()
print(before - own().rss, len(last))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc keeps it, and can be told not to")
def test_that_what_lies_below_a_block_in_use_is_given_back() -> None:
    printed = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, check=True, text=True, timeout=60)
    assert int(printed.stdout.split()[0]) > 40_000_000
