"""Makes the sounds of the desk from sine waves alone: ``python installer/sounds/make_sounds.py [folder]``.

They are the project's own work, given to everybody (CC0-1.0). The same run gives the same bytes. What they sound like
follows common practice for alarms (IEC 60601-1-8, ISA-18.2): the graver, the more pulses, the faster and the higher;
no sound is longer than a second, none starts or ends with a click, and none is loud by itself.
"""

import sys
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE_HZ = 22_050
PEAK = 0.5
_ATTACK_S, _RELEASE_S = 0.008, 0.06

Pulse = tuple[float, float, float]
"""Pitch in hertz, length and following silence in seconds."""

SOUNDS: dict[str, tuple[Pulse, ...]] = {
    "red": ((988.0, 0.13, 0.05), (784.0, 0.13, 0.05), (988.0, 0.13, 0.05), (784.0, 0.13, 0.05), (988.0, 0.2, 0.0)),
    "orange": ((784.0, 0.16, 0.07), (659.0, 0.16, 0.07), (784.0, 0.2, 0.0)),
    "yellow": ((659.0, 0.18, 0.08), (659.0, 0.2, 0.0)),
    "blue": ((523.0, 0.25, 0.0),),
}


def pulse(pitch_hz: float, length_s: float, silence_s: float) -> npt.NDArray[np.float64]:
    """Return one tone with two soft overtones, faded in and out, and the silence after it."""
    at = np.arange(round(length_s * RATE_HZ)) / RATE_HZ
    tone = sum(share * np.sin(2 * np.pi * pitch_hz * n * at) for n, share in ((1, 1.0), (2, 0.28), (3, 0.1)))
    fade = np.minimum(1.0, np.minimum(at / _ATTACK_S, (length_s - at) / _RELEASE_S))
    return np.concatenate([tone * fade / 1.38 * PEAK, np.zeros(round(silence_s * RATE_HZ))])


def samples(name: str) -> bytes:
    """Return a sound as 16-bit samples."""
    whole = np.concatenate([pulse(*one) for one in SOUNDS[name]])
    return np.round(whole * 32_767).astype("<i2").tobytes()


def main(folder: Path) -> None:
    """Write all sounds."""
    for name in SOUNDS:
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "resources" / "sounds")
