"""Encodings are found by strict trial; what is broken is refused with its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.files.refusals import BrokenEncodingError, UnknownEncodingError
from erpdesk.files.text_encoding import detect_encoding

TEXT = "客户编码,客户名称,电话\r\nA1,上海申通贸易有限公司,021-1234\r\nA2,北京“天桥”商店,010-99\r\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_that_each_office_encoding_is_found(tmp_path: Path, codec: str, found: str) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(TEXT.encode(codec))

    assert detect_encoding(file).name == found


def test_that_a_broken_utf_8_file_is_not_read_as_chinese_by_mistake(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    sound = TEXT.encode()
    file.write_bytes(sound + "A3,广".encode()[:-1] + b",1\n")

    with pytest.raises(BrokenEncodingError) as refused:
        detect_encoding(file)

    assert refused.value.facts["line"] == 4
    assert refused.value.facts["byte"] == len(sound) + 4


def test_that_a_character_cut_off_at_the_end_is_told(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(TEXT.encode("gb18030") + "上".encode("gb18030")[:1])

    with pytest.raises(BrokenEncodingError) as refused:
        detect_encoding(file)

    assert refused.value.facts["encoding"] == "gb18030"


def test_that_windows_letters_are_not_read_as_chinese(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("code;name\nK1;Müller Söhne\nK2;Bäcker Groß\n".encode("cp1252"))

    with pytest.raises(UnknownEncodingError) as refused:
        detect_encoding(file)
    assert refused.value.facts["line"] == 2

    assert detect_encoding(file, "cp1252").found_by == "given"


def test_that_western_letters_in_gb18030_are_read(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("code;name\nK1;Müller Söhne\nK2;Bäcker Groß, Århus, Luleå\n".encode("gb18030"))

    assert detect_encoding(file).name == "gb18030"


def test_that_one_zero_byte_does_not_make_a_file_utf_16(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b"code,name\nA1,a\x00b\n" + b"A2,long enough a name to count\n" * 9)

    assert detect_encoding(file).name == "utf-8"


def test_that_a_character_may_lie_over_the_border_of_two_readings(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b"x" * ((1 << 20) - 1) + "客户".encode())
    assert detect_encoding(file).name == "utf-8"

    file.write_bytes(b"x" * ((1 << 20) - 1) + "客户".encode() + b"\xff" + "客户".encode() * 9)

    with pytest.raises(BrokenEncodingError) as refused:
        detect_encoding(file)
    assert refused.value.facts["byte"] == (1 << 20) + 6


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8))
def test_that_chinese_utf_8_always_reads_back(words: str) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(words.encode())
        file.flush()

        assert detect_encoding(Path(file.name)).name == "utf-8"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("big5", "臺北國際股份有限公司"),
        ("cp932", "株式会社テスト"),
        ("cp932", "株式会社日本商事"),
    ],
)
def test_that_big5_and_japanese_are_not_read_as_rare_chinese(
    tmp_path: Path, codec: str, name: str
) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(f"code,name\nA1,{name}\nA2,{name}\n".encode(codec))

    with pytest.raises(UnknownEncodingError):
        detect_encoding(file)


@pytest.mark.parametrize("name", ["臺北國際", "龍騰國際貿易", "テスト", "上海", "囍"])
def test_that_traditional_names_in_gb18030_are_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(f"code,name\nA1,{name}\n".encode("gb18030"))

    assert detect_encoding(file).name == "gb18030"


def test_that_two_encodings_in_one_file_are_refused_at_the_first_line_of_the_other(
    tmp_path: Path,
) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("code,name\nA1,上海\n".encode() + "A2,北京\n".encode("gb18030"))

    with pytest.raises(BrokenEncodingError) as refused:
        detect_encoding(file)

    assert refused.value.facts["line"] == 3
