"""`make sim SEEDS=n [FIRST=s] [STEPS=k]`: many shifts; each failure is printed with its seed and its shortest way."""

import argparse
import logging
import sys
import time

from tests.sim.shift import World, plan
from tests.sim.shrink import failure_of, shrink

_TELL_EVERY = 500


def main() -> int:
    """Run the seeds; 0 if every invariant held in all of them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=200)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--steps", type=int, default=36)
    options.add_argument("--until-failure", action="store_true", help="stop at the first, without shrinking it")
    chosen = options.parse_args()
    logging.disable(logging.ERROR)  # a shift is full of faults, and each is logged
    world = World()
    started, failed, steps_run = time.monotonic(), 0, 0
    try:
        for seed in range(chosen.first, chosen.first + chosen.seeds):
            steps = plan(seed, chosen.steps)
            steps_run += len(steps)
            failure = failure_of(world, seed, steps)
            if failure is not None:
                failed += 1
                if chosen.until_failure:
                    print(f"seed {seed}: {failure}")
                    break
                kept, reason = shrink(world, seed, steps, failure)
                print(f"seed {seed} (--steps {chosen.steps}): {reason}", *kept, sep="\n    ", flush=True)
            done = seed - chosen.first + 1
            if done % _TELL_EVERY == 0:
                print(
                    f"{done} shifts, {steps_run} steps, {failed} failed, {time.monotonic() - started:.0f} s", flush=True
                )
    finally:
        world.close()
    taken_s = time.monotonic() - started
    print(f"{chosen.seeds} shifts, {steps_run} steps, {failed} failed, {taken_s:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
