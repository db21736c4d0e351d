import subprocess
import sys

import pytest

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
