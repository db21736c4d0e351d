import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.devices.frames import FRAME_BYTES_MAX, Frame, Framer

CODES = st.lists(
    st.binary(min_size=1, max_size=30).filter(lambda code: not set(code) & set(b"\r\n\t\0\2\3")),
    min_size=1,
    max_size=8,
)


def pieces(raw: bytes, cuts: list[int]) -> list[bytes]:
    edges = sorted({0, len(raw), *(cut % (len(raw) + 1) for cut in cuts)})
    return [raw[a:b] for a, b in itertools.pairwise(edges)]


@settings(deadline=None)
@given(
    CODES, st.lists(st.integers(0, 1000)), st.sampled_from([b"\r\n", b"\r", b"\n", b"\t", b"\0"])
)
def test_that_split_writes_give_the_same_codes(
    codes: list[bytes], cuts: list[int], end: bytes
) -> None:
    framer = Framer()
    raw = b"".join(code + end for code in codes)

    found = [frame for piece in pieces(raw, cuts) for frame in framer.feed(piece)]

    assert found == [Frame(code) for code in codes]
    assert framer.is_empty


@settings(deadline=None)
@given(CODES)
def test_that_codes_between_stx_and_etx_keep_their_line_ends(codes: list[bytes]) -> None:
    raw = b"".join(b"\2" + code + b"\r\n\3" for code in codes)

    assert Framer().feed(raw) == [Frame(code + b"\r\n") for code in codes]


@settings(deadline=None)
@given(CODES, st.integers(0, 1000))
def test_that_a_code_cut_anywhere_is_never_a_whole_one(codes: list[bytes], cut: int) -> None:
    raw = b"".join(code + b"\r" for code in codes)
    at = cut % (len(raw) + 1)
    framer = Framer()

    whole = framer.feed(raw[:at])
    part = framer.cut()

    assert [frame.data for frame in whole] == codes[: len(whole)]
    assert part is None or (not part.is_whole and part.data == codes[len(whole)][: len(part.data)])
    assert framer.is_empty


def test_that_a_new_frame_cuts_what_was_held() -> None:
    assert Framer().feed(b"AB\2CD\3") == [Frame(b"AB", is_whole=False), Frame(b"CD")]


def test_that_empty_frames_are_no_codes() -> None:
    framer = Framer()

    assert framer.feed(b"\r\n\r\n\2\3\0") == []
    assert framer.cut() is None


def test_that_a_pause_ends_a_code_of_a_device_without_terminator() -> None:
    framer = Framer(ends=b"")

    assert framer.feed(b"A\tB") == []
    assert framer.pause() == Frame(b"A\tB")
    assert framer.pause() is None


def test_that_a_pause_inside_a_frame_cuts_it() -> None:
    framer = Framer()
    framer.feed(b"\2AB")

    assert not framer.is_empty
    assert framer.pause() == Frame(b"AB", is_whole=False)


def test_that_more_than_is_kept_is_no_code_and_the_next_is_whole() -> None:
    found = Framer().feed(b"A" * 7000 + b"\rB\r")

    assert found == [Frame(b"A" * FRAME_BYTES_MAX, is_whole=False), Frame(b"B")]
