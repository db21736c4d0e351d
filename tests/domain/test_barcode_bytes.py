import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.codes.scan_bytes import Part, decode, redecoded, split_scans, wide_text

PLAIN = st.binary(min_size=1, max_size=20).filter(
    lambda data: not set(data) & set(b"\r\n\t\0\2\3[{<]")
)


def parts(raw: bytes) -> list[bytes]:
    return [part.data for part in split_scans(raw)]


@settings(deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=5), st.sampled_from([b"\r\n", b"\r", b"\n", b"\t"]))
def test_that_terminated_scans_come_one_by_one_in_order(codes: list[bytes], end: bytes) -> None:
    raw = b"".join(code + end for code in codes)

    assert parts(raw) == codes or codes[0].startswith((b"BEGIN:", b"MECARD:"))


@settings(deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=5))
def test_that_frames_come_one_by_one_in_order(codes: list[bytes]) -> None:
    assert parts(b"".join(b"\2" + code + b"\3" for code in codes)) == codes


def test_that_the_sum_after_a_frame_is_no_code() -> None:
    total = ord("A") ^ ord("1") ^ 3

    assert parts(b"\2A1\3" + bytes([total])) == [b"A1"]


def test_that_what_follows_a_frame_is_the_next_code() -> None:
    assert parts(b"\2A1\3B2") == [b"A1", b"B2"]
    assert parts(b"A1\2B2\3") == [b"A1", b"B2"]


def test_that_a_frame_without_end_is_cut() -> None:
    assert split_scans(b"\2A1\r\n") == (Part(b"A1", cut=True),)
    assert split_scans(b"\2A1\2B2\3") == (Part(b"A1", cut=True), Part(b"B2"))


def test_that_lines_inside_a_frame_are_codes_of_their_own() -> None:
    assert parts(b"\2A1\r\nB2\r\n\3") == [b"A1", b"B2"]


@pytest.mark.parametrize(
    "raw", [b"BEGIN:VCARD\nN:x\n", b"BCD\n002\n", b"SPC\r\n0200", b"]Q1a\nb", b"<a>\n</a>"]
)
def test_that_one_code_of_several_lines_stays_one(raw: bytes) -> None:
    (part,) = split_scans(raw)

    assert part.lines


def test_that_lines_that_each_name_their_symbology_are_several() -> None:
    assert parts(b"]C0A1\r\n]C0B2\r\n") == [b"]C0A1", b"]C0B2"]


@settings(deadline=None)
@given(st.binary())
def test_that_any_bytes_decode_to_some_text(data: bytes) -> None:
    decoded = decode(data)

    assert decoded.encoding in {"ascii", "utf-8", "gb18030", "unknown"}


@settings(deadline=None)
@given(st.text("华南五金公司盘点客户结算单位", min_size=3))
def test_that_common_chinese_is_read_in_both_encodings(text: str) -> None:
    as_utf8, as_gb = decode(text.encode()), decode(text.encode("gb18030"))

    assert (as_utf8.text, as_utf8.encoding, as_utf8.other) == (text, "utf-8", "")
    assert text in (as_gb.text, as_gb.other)
    assert as_gb.text == text or as_gb.encoding == "utf-8"


def test_that_bytes_right_in_both_encodings_name_both() -> None:
    decoded = decode("小小".encode("gb18030"))

    assert (decoded.text, decoded.other) == ("\u0421\u0421", "小小")


def test_that_letters_of_western_names_are_not_doubted() -> None:
    assert decode("Müller Söhne".encode()).other == ""
    assert decode("Σ".encode()).other == ""


def test_that_japanese_is_named_beside_the_chinese_its_bytes_can_be() -> None:
    assert decode("テスト".encode("cp932")).other == "テスト"


def test_that_no_control_character_is_ever_the_other_reading() -> None:
    assert decode("Łódź".encode("gb18030")).other == ""
    assert decode(b"A\x96B").other == "A–B"


def test_that_wide_text_needs_a_mark_or_a_clear_pattern() -> None:
    assert wide_text("A1\r".encode("utf-16-le")) == ("A1\r", False)
    assert wide_text("\ufeffA".encode("utf-16-be")) == ("A", True)
    assert wide_text(b"\xff\xfeA") is None
    assert wide_text(b"A\0") is None
    assert wide_text(b"ABCDEF") is None
    assert wide_text(b"A\0B\0C\0-A") is None
    assert wide_text(b"A\0B\0\x01\0") is None


@pytest.mark.parametrize(
    ("wrong", "right"), [("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030")]
)
def test_that_chinese_read_with_the_wrong_table_is_found_again(wrong: str, right: str) -> None:
    garbled = "华南五金".encode(right).decode(wrong)

    assert redecoded(garbled) == "华南五金"


def test_that_right_text_is_not_read_again() -> None:
    assert redecoded("华南五金") is None
    assert redecoded("Müller") is None
