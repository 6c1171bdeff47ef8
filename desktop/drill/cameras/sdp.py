"""Session descriptions (RFC 4566, RFC 6184 §8.2.1)."""

from base64 import b64encode
from zlib import crc32

from desktop.drill.cameras.clip import FRAME_RATE, Clip
from desktop.drill.cameras.rtp import CLOCK_HZ, PAYLOAD_TYPE

TRACK = "trackID=0"


def describe(clip: Clip, path: str) -> bytes:
    """Return the description of a mount: one H.264 track, live, without an end."""
    sets = ",".join(b64encode(nal).decode() for nal in (clip.sps, clip.pps))
    profile = clip.sps[1:4].hex()
    lines = (
        "v=0",
        f"o=- {crc32(path.encode())} 1 IN IP4 0.0.0.0",
        "s=Drill camera",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=control:*",
        "a=range:npt=now-",
        f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
        f"a=rtpmap:{PAYLOAD_TYPE} H264/{CLOCK_HZ}",
        f"a=fmtp:{PAYLOAD_TYPE} packetization-mode=1;profile-level-id={profile};sprop-parameter-sets={sets}",
        f"a=framerate:{FRAME_RATE}",
        f"a=control:{TRACK}",
    )
    return "\r\n".join((*lines, "")).encode()
