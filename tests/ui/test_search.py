"""The one field finds pages and commands by their words, by full pinyin and by initials."""

import pytest

from erpdesk.standards.pinyin import pinyin_keys
from ui.main_window.search import fitting

NAMES = ("收款与核销", "扫码枪体检", "Sound check", "盘点计划", "盘点", "新建客户", "客户")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pandianjihua", ["盘点计划"]),
        ("pdjh", ["盘点计划"]),
        ("pandian", ["盘点", "盘点计划"]),
        ("盘点", ["盘点", "盘点计划"]),
        ("kehu", ["客户", "新建客户"]),
        ("kh", ["客户", "新建客户"]),
        ("sound", ["Sound check"]),
        ("smq", ["扫码枪体检"]),
        ("xyz", []),
        ("", list(NAMES)),
    ],
)
def test_that_what_is_called_so_is_first_then_what_is_spelt_so(
    typed: str, found: list[str]
) -> None:
    assert [NAMES[n] for n in fitting(typed, NAMES, pinyin_keys)] == found
