"""Clips read once from the resources and kept as packets ready to send."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import av

from desktop.drill.cameras.rtp import AccessUnit, pack_access_unit
from desktop.drill.cameras.scenes import Profile, clip_name
from resources import resource_path

FRAME_RATE = 25

_SEI = 6
_PARAMETER_SETS = (7, 8)


class ClipError(ValueError):
    """The clip is not what the server can send: H.264 in MP4, no B-frames, first picture a key frame."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One endless loop of pictures.

    Attributes:
        frames: Every picture of the loop; the first is a key frame.
        keys: Index of the last key frame at or before each picture.
        sps: Sequence parameter set, without start code.
        pps: Picture parameter set, without start code.
    """

    frames: tuple[AccessUnit, ...]
    keys: tuple[int, ...]
    sps: bytes
    pps: bytes


@cache
def load_clip(slug: str, profile: Profile) -> Clip:
    """Load a scene's clip, or return the one loaded before.

    Raises:
        FileNotFoundError: the clip is not installed.
        ClipError: the file is no clip for this server.
    """
    with av.open(str(resource_path(clip_name(slug, profile)))) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        if context.name != "h264" or stream.average_rate != FRAME_RATE:
            raise ClipError(f"{slug}.{profile}: expected H.264 at {FRAME_RATE} fps")
        sps, pps = _parameter_sets(bytes(context.extradata or b""))
        frames = []
        for packet in container.demux(stream):
            if packet.size == 0:  # the demuxer's end mark
                continue
            if packet.pts != packet.dts:
                raise ClipError(f"{slug}.{profile}: B-frames cannot be looped")
            key = packet.is_keyframe
            nals = [nal for nal in _nals(bytes(packet)) if nal[0] & 0x1F not in (_SEI, *_PARAMETER_SETS)]
            frames.append(pack_access_unit([sps, pps, *nals] if key else nals, key=key))
    if not frames or not frames[0].key:
        raise ClipError(f"{slug}.{profile}: does not start with a key frame")
    keys: list[int] = []
    for index, frame in enumerate(frames):
        keys.append(index if frame.key else keys[-1])
    return Clip(tuple(frames), tuple(keys), sps, pps)


def _parameter_sets(avcc: bytes) -> tuple[bytes, bytes]:
    """Return the SPS and PPS of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1)."""
    if len(avcc) < 8 or avcc[0] != 1 or avcc[4] & 3 != 3 or avcc[5] & 0x1F != 1:
        raise ClipError("expected one SPS and four-byte NAL lengths")
    sps_end = 8 + int.from_bytes(avcc[6:8])
    pps_start = sps_end + 3
    return avcc[8:sps_end], avcc[pps_start : pps_start + int.from_bytes(avcc[sps_end + 1 : pps_start])]


def _nals(packet: bytes) -> Iterator[bytes]:
    position = 0
    while position + 4 < len(packet):
        end = position + 4 + int.from_bytes(packet[position : position + 4])
        yield packet[position + 4 : end]
        position = end
