"""`make kill N=n`: kill the real sync process many times and print what it cost."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.kill.killing import everywhere, kill_many
from tests.kill.victim import ANYWHERE


def main() -> int:
    """Kill and count; 0 if nothing was lost and nothing happened twice."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rounds", type=int, default=1, help="so many times, each on a fresh desk and centre")
    chosen = options.parse_args()
    clean = [_round(chosen.kills, chosen.seed + number) for number in range(chosen.rounds)]
    return 0 if all(clean) else 1


def _round(kills: int, seed: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="kill-") as home:
        toll = kill_many(Path(home), everywhere(kills), seed)
    for point, count in sorted(toll.kills.items()):
        late = f", {toll.missed[point]} of them elsewhere" if toll.missed[point] else ""
        print(f"{count:6} {'at random' if point == ANYWHERE else point}{late}")
    print(
        f"{sum(toll.kills.values())} kills in {toll.seconds:.0f} s: {len(toll.saved)} operations acknowledged, "
        f"{len(toll.lost)} lost, {len(toll.twice)} twice, {len(toll.stray)} astray, {len(toll.gaps)} gaps; "
        f"{toll.unsaid} were saved when the kill came before the word",
        *sorted(toll.stray.values())[:10],
        sep="\n",
        flush=True,
    )
    return toll.clean


if __name__ == "__main__":
    sys.exit(main())
