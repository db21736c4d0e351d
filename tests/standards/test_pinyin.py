import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from erpdesk.paths import resource
from erpdesk.standards.pinyin import pinyin_keys
from resources.pinyin import tables

RARE = "龘"
"""No word goes on with it; pypinyin cuts a name that ends within a word into single hanzi."""


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("重庆长江贸易有限公司", ("chongqingchangjiangmaoyiyouxiangongsi", "cqcjmyyxgs")),
        ("青禾（ＡＢＣ-1）", ("qingheabc1", "qhabc1")),
        ("Greenfield Ltd.", ("greenfieldltd", "greenfieldltd")),
        ("中国银行长沙大厦", ("zhongguoyinhangchangshadasha", "zgyhcsds")),
        ("银行=yin'hang 行", ("yinhangyinhangxing", "yhyinhangx")),
        ("吕", ("lv", "l")),
        ("", ("", "")),
        ("--", ("", "")),
        ("\n一 a", ("yia", "ya")),
    ],
)
def test_that_names_are_spelt_in_full_and_by_initials(name: str, keys: tuple[str, str]) -> None:
    assert pinyin_keys(name) == keys


@pytest.mark.slow
def test_that_the_tables_are_those_of_the_dictionary() -> None:
    assert resource("pinyin/readings.txt").read_text("utf-8") == tables.readings()
    assert resource("pinyin/words.txt").read_text("utf-8") == tables.words()


@given(
    st.lists(
        st.sampled_from(sorted(PHRASES_DICT))
        | st.sampled_from([chr(one) for one in sorted(PINYIN_DICT)])
        | st.sampled_from([*"银行长江中药材乐ＡB1 -(='\n", "有限公司", "贸易"])
    ).map("".join)
)
def test_that_a_name_is_spelt_as_the_dictionary_spells_it(name: str) -> None:
    whole = lazy_pinyin(
        unicodedata.normalize("NFKC", name + RARE).casefold(), errors=lambda run: f"\0{run}"
    )

    initials = "".join(run if run.startswith("\0") else run[0] for run in whole)
    assert pinyin_keys(name + RARE) == (letters("".join(whole)), letters(initials))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
