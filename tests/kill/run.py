"""`make kill N=n`: kill the real sync process many times and print what it cost."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.kill.killing import everywhere, kill_many


def main() -> int:
    """Kill and count; 0 if nothing was lost and nothing happened twice."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-") as home:
        toll = kill_many(Path(home), everywhere(chosen.kills), chosen.seed)
    for point, count in sorted(toll.kills.items()):
        print(f"{count:6} {'at random' if point == '-' else point}")
    print(
        f"{sum(toll.kills.values())} kills in {toll.seconds:.0f} s: {len(toll.saved)} operations acknowledged, "
        f"{len(toll.lost)} lost, {len(toll.twice)} twice, {len(toll.stray)} astray, {len(toll.gaps)} gaps; "
        f"{toll.unsaid} were saved when the kill came before the word",
        *sorted(toll.stray.values())[:10],
        sep="\n",
    )
    return 0 if toll.clean else 1


if __name__ == "__main__":
    sys.exit(main())
