"""The shortest way to a failure: cut what came after it, then drop whatever it does without."""

from collections.abc import Sequence

from tests.sim.shift import FailedShiftError, Step, World

_RUNS = 150


def failure_of(world: World, seed: int, steps: Sequence[Step]) -> FailedShiftError | None:
    """Run the steps; return how they failed, or None."""
    try:
        world.run(seed, steps)
    except FailedShiftError as failure:
        return failure
    return None


def shrink(world: World, seed: int, steps: Sequence[Step], failure: FailedShiftError) -> tuple[list[Step], str]:
    """Return the fewest steps found that fail by the same invariant, and their reason."""
    rule = failure.reason.split(maxsplit=1)[0]
    kept, reason = list(steps[: failure.place]), failure.reason
    size, runs = max(1, len(kept) // 2), 0
    while size and runs < _RUNS:
        start, dropped = 0, False
        while start < len(kept) and runs < _RUNS:
            fewer = kept[:start] + kept[start + size :]
            runs += 1
            again = failure_of(world, seed, fewer)
            if again is not None and again.reason.split(maxsplit=1)[0] == rule:
                kept, reason, dropped = fewer[: again.place], again.reason, True
            else:
                start += size
        if not dropped:
            size //= 2
    return kept, reason
