"""How long the engine waits for what, in one place. Seconds throughout.

The desk must say *offline* within 15 s of the centre's death. A killed centre resets its connections, which is seen at
once. A silent one (pulled cable, stopped process) is seen by what is missing: with a heartbeat each 10 s, silence of
`probe_after_s` = 11 s is the first sign, and a hello with a deadline of 2 s (3 s where not even a connection comes
about) settles it: 14 s. The contract's watchdog of 25 s stays: it closes a stream whose heartbeat is missing though
the centre answers. A long poll is silent by design, so it waits 10 s rather than the 25 s a centre would allow.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Waiting times of the sync engine.

    Attributes:
        probe_after_s: Silence of the stream after which a hello asks whether the centre is there.
        watchdog_s: Silence of the stream, events counted only, after which it is closed.
        first_event_s: A stream that shows no event for so long is held back by a proxy.
        stream_retry_s: How long a stream that does not get through is left alone.
        long_poll_s: How long a changes call may be held back by the centre.
        poll_s: Pause between plain polls.
        home_probe_s: How often the primary is probed while the backup is in use.
        fail_back_s: How long the primary must have been well before it is used again.
        digest_s: Time between two comparisons of the whole cache with the centre's digests.
        backoff_cap_s: Longest pause between attempts.
    """

    probe_after_s: float = 11.0
    watchdog_s: float = 25.0
    first_event_s: float = 15.0
    stream_retry_s: float = 600.0
    long_poll_s: float = 10.0
    poll_s: float = 5.0
    home_probe_s: float = 10.0
    fail_back_s: float = 60.0
    digest_s: float = 600.0
    backoff_cap_s: float = 30.0
