import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from erpdesk.standards.pinyin import pinyin_keys


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("重庆长江贸易有限公司", ("chongqingchangjiangmaoyiyouxiangongsi", "cqcjmyyxgs")),
        ("青禾（ＡＢＣ-1）", ("qingheabc1", "qhabc1")),
        ("Greenfield Ltd.", ("greenfieldltd", "greenfieldltd")),
        ("吕", ("lv", "l")),
        ("", ("", "")),
        ("--", ("", "")),
    ],
)
def test_that_names_are_spelt_in_full_and_by_initials(name: str, keys: tuple[str, str]) -> None:
    assert pinyin_keys(name) == keys


def test_that_the_dictionary_is_read_only_when_a_name_is_spelt() -> None:
    code = "import sys, erpdesk.standards.pinyin; sys.exit('pypinyin' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(
    st.lists(st.sampled_from([*"重庆银行长江中药材广东乐清ＡB1 -(", "有限公司", "贸易"])).map(
        "".join
    )
)
def test_that_word_by_word_is_as_the_whole_name(name: str) -> None:
    whole = "".join(lazy_pinyin(unicodedata.normalize("NFKC", name).casefold()))

    assert pinyin_keys(name)[0] == "".join(filter(str.isalnum, whole))
