"""RTP packets as RFC 3550 and RFC 6184 want them."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drill.cameras.rtp import MAX_PAYLOAD_BYTES, AccessUnit, pack_access_unit, sender_report


def packets_of(unit: AccessUnit, **stamp: int) -> list[bytes]:
    return [bytes(packet) for packet in unit.datagrams(unit.stamped(**{"channel": 0, "source": 7, **stamp}))]


def nals_from(packets: list[bytes]) -> list[bytes]:
    """Undo the packetisation, as a receiver does."""
    nals: list[bytes] = []
    for packet in packets:
        payload = packet[12:]
        if payload[0] & 0x1F != 28:
            nals.append(payload)
        elif payload[1] & 0x80:
            nals.append(bytes((payload[0] & 0xE0 | payload[1] & 0x1F,)) + payload[2:])
        else:
            nals[-1] += payload[2:]
    return nals


@given(st.lists(st.integers(2, 3 * MAX_PAYLOAD_BYTES), min_size=1, max_size=4), st.integers(0, 65535))
def test_that_nal_units_come_back_whole_after_packing(sizes: list[int], sequence: int) -> None:
    nals = [bytes((0x65,)) + bytes(number % 251 for number in range(size - 1)) for size in sizes]
    packets = packets_of(pack_access_unit(nals, key=True), sequence=sequence, timestamp=90)
    assert nals_from(packets) == nals
    assert all(len(packet) <= MAX_PAYLOAD_BYTES + 12 for packet in packets)
    numbers = [struct.unpack_from("!H", packet, 2)[0] for packet in packets]
    assert numbers == [(sequence + offset) % 65536 for offset in range(len(packets))]
    assert [packet[1] >> 7 for packet in packets] == [0] * (len(packets) - 1) + [1]


def test_that_the_middle_fragments_carry_neither_start_nor_end() -> None:
    unit = pack_access_unit([bytes((0x65,)) + bytes(3 * MAX_PAYLOAD_BYTES)], key=True)
    marks = [packet[13] >> 6 for packet in packets_of(unit, sequence=0, timestamp=0)]
    assert marks == [0b10, 0b00, 0b00, 0b01]


def test_that_a_stamp_reaches_every_packet_and_leaves_the_template_alone() -> None:
    unit = pack_access_unit([bytes((0x41,)) + bytes(2000)], key=False)
    before = unit.template
    stamped = unit.stamped(channel=4, sequence=10, timestamp=0x1_0000_0005, source=0xABCDEF01)
    assert unit.template is before
    for start in unit.starts:
        assert stamped[start : start + 2] == b"$\x04"
        assert struct.unpack_from("!II", stamped, start + 8) == (5, 0xABCDEF01)


def test_that_a_sender_report_is_well_formed() -> None:
    report = sender_report(source=9, wall_time_s=1.5, timestamp=77, packets=3, payload_bytes=100)
    version, kind, words, source, high, low, timestamp, packets, payload = struct.unpack_from("!BBHIIIIII", report)
    assert (version, kind, source, timestamp, packets, payload) == (0x80, 200, 9, 77, 3, 100)
    assert high - 2_208_988_800 + low / 2**32 == pytest.approx(1.5)
    description = report[(words + 1) * 4 :]
    assert description[1] == 202
    assert len(description) == (struct.unpack_from("!H", description, 2)[0] + 1) * 4
