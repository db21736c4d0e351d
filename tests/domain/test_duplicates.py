from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from erpdesk.domain.customers.core_name import core_name
from erpdesk.domain.customers.customer_search import CHINESE_FORMS
from erpdesk.domain.customers.duplicates import (
    SHARED_BY_MAX,
    Likeness,
    Party,
    Suspicion,
    is_telling,
    likely_duplicates,
    likely_duplicates_of,
    surest_first,
)
from erpdesk.domain.customers.near_names import RARE_MAX, apart
from erpdesk.domain.ids import CustomerId

QINGHE = "杭州青禾包装材料有限公司"
GREEN = "Greenfield Trading Ltd."
TOWNS = ["杭州西湖", "宁波江北", "温州鹿城", "绍兴柯桥", "嘉兴南湖", "湖州吴兴", "金华婺城"]
BRANDS = ["青禾", "永兴", "鸿达", "金石", "天润", "嘉德", "海通"]


def named(*names: str) -> list[Party]:
    return [Party(CustomerId(f"c{n}"), name) for n, name in enumerate(names)]


def why(*names: str) -> frozenset[Likeness]:
    found = likely_duplicates(named(*names))
    return found[0].why if found else frozenset()


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (QINGHE, "杭州青禾包装材料股份有限公司", Likeness.SAME_NAME),
        (QINGHE, "杭州青禾包装材料", Likeness.SAME_NAME),
        (QINGHE, "杭州青禾包装材料有艰公司", Likeness.SAME_NAME),
        (QINGHE, "杭州青禾包装材料有限公司司", Likeness.SAME_NAME),
        (QINGHE, "杭州青禾包装材料有公司", Likeness.SAME_NAME),
        ("杭州青禾包装材料有限责任公司", "杭州青禾包装材料有限光责任公司", Likeness.SAME_NAME),
        (GREEN, "GREENFIELD TRADING CO LTD", Likeness.SAME_NAME),
        (QINGHE, "杭州青和包装材料有限公司", Likeness.ONE_LETTER),
        (QINGHE, "杭州清禾包装材料", Likeness.ONE_LETTER),
        (QINGHE, "杭州禾青包装材料有限公司", Likeness.ONE_LETTER),
        (GREEN, "Greenfeld Trading Ltd", Likeness.ONE_LETTER),
        ("鸿达有限公司", "宏达有限公司", Likeness.ONE_LETTER),
        (QINGHE, "杭州市清禾包装材料有限公司", Likeness.TWO_LETTERS),
        (QINGHE, "杭州青禾包装材料X限公Y", Likeness.TWO_LETTERS),
        ("Brandenburg Wholesale Ltd", "Brandenberg Wholesales Ltd", Likeness.TWO_LETTERS),
        (QINGHE, "青禾包装材料杭州有限公司", Likeness.SWAPPED),
        (GREEN, "Trading Greenfield", Likeness.SWAPPED),
    ],
)
def test_that_likely_names_are_found_with_their_reason(
    one: str, other: str, likeness: Likeness
) -> None:
    assert why(one, other) == {likeness}
    assert why(other, one) == {likeness}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鸿达", "宏达"),
        ("鸿达食品", "永兴食品"),
        (QINGHE, "宁波永兴食品有限公司"),
        ("", ""),
        ("...", "---"),
    ],
)
def test_that_short_or_different_names_are_no_sign(one: str, other: str) -> None:
    assert why(one, other) == frozenset()
    assert likely_duplicates_of(named(one)[0], [Party(CustomerId("x"), other)]) == ()


def test_that_equal_numbers_are_found_however_they_are_written() -> None:
    parties = [
        Party(CustomerId("a"), "甲", "91330106MA2AQH0A1B", "0571-8888 1212", "1202 0218"),
        Party(CustomerId("b"), "乙", " 91330106ma2aqh0a1b", "057188881212", "12020218"),
        Party(CustomerId("c"), "丙", None, "110", None),
        Party(CustomerId("d"), "丁", "", "1-10", ""),
    ]

    assert likely_duplicates(parties) == (
        Suspicion(
            CustomerId("a"),
            CustomerId("b"),
            frozenset({Likeness.TAX_ID, Likeness.PHONE, Likeness.BANK_ACCOUNT}),
        ),
    )


def test_that_a_number_of_very_many_pairs_each_with_the_first_only() -> None:
    count = SHARED_BY_MAX + 1
    parties = [Party(CustomerId(f"c{n}"), str(n), phone="057188881212") for n in range(count)]

    found = likely_duplicates(parties)

    assert len(found) == count - 1
    assert {suspicion.one for suspicion in found} == {CustomerId("c0")}


def test_that_sharing_town_and_trade_with_many_is_no_sign() -> None:
    assert len(BRANDS) > RARE_MAX

    assert likely_duplicates(named(*(f"杭州{b}包装材料有限公司" for b in BRANDS))) == ()


def test_that_pairs_come_in_the_order_given() -> None:
    found = likely_duplicates(named("永兴食品", "鸿达物流", "鸿达物流有限公司", "永兴食品厂"))

    assert [(s.one, s.other) for s in found] == [("c0", "c3"), ("c1", "c2")]


def test_that_a_customer_being_entered_is_compared_with_all_others() -> None:
    entered, *others = named(QINGHE, "杭州青和包装材料有限公司", "宁波永兴食品有限公司", QINGHE)

    found = likely_duplicates_of(entered, [entered, *others])

    assert [s.other for s in found] == ["c1", "c3"]
    assert [s.why for s in found] == [{Likeness.ONE_LETTER}, {Likeness.SAME_NAME}]


def test_that_two_names_alone_are_compared_as_among_many() -> None:
    one, other = named("Brandenburg Wholesale Ltd", "Brandenberg Wholesales Ltd")
    swapped, back = named(GREEN, "Trading Greenfield")

    assert likely_duplicates_of(one, [other])[0].why == {Likeness.TWO_LETTERS}
    assert likely_duplicates_of(swapped, [back])[0].why == {Likeness.SWAPPED}
    assert likely_duplicates_of(one, [swapped, back]) == ()


def test_that_what_is_shared_comes_surest_first_and_two_letters_alone_tell_little() -> None:
    shared = {Likeness.BANK_ACCOUNT, Likeness.TAX_ID, Likeness.TWO_LETTERS}

    assert surest_first(shared) == (
        Likeness.TAX_ID, Likeness.BANK_ACCOUNT, Likeness.TWO_LETTERS,
    )  # fmt: skip
    assert is_telling(shared)
    assert not is_telling({Likeness.TWO_LETTERS})


def test_that_one_customer_is_compared_by_numbers_too() -> None:
    one = Party(CustomerId("a"), "甲", phone="057188881212")
    other = Party(CustomerId("b"), "乙", phone="0571 88881212")

    assert likely_duplicates_of(one, [other])[0].why == {Likeness.PHONE}


LETTERS = st.text("青禾鸿达永兴金石天润嘉德海通ab", min_size=4, max_size=14)


@st.composite
def edited(draw: st.DrawFn, names: st.SearchStrategy[str]) -> tuple[str, str]:
    name = draw(names)
    place = draw(st.integers(0, len(name) - 1))
    letter, kept = draw(st.sampled_from("新云X")), draw(st.integers(0, 1))
    behind = draw(st.integers(0, 1))
    wrong = name[:place] + letter * kept + name[place + behind :]
    return name, wrong


FORMS = st.sampled_from(["", "ltd", " Co., Ltd.", *CHINESE_FORMS])


@example(("青禾鸿达 Co., Ltd.", "青禾鸿达 Co.,新Ltd."))
@example(("青禾鸿达 Co., Ltd.", "青禾鸿达 Co., Lt新."))
@given(edited(st.builds(str.__add__, LETTERS, FORMS)))
def test_that_one_edit_anywhere_in_a_name_is_always_found(pair: tuple[str, str]) -> None:
    name, wrong = pair
    if min(len(name), len(wrong)) < 4 or not wrong:
        return

    assert why(name, wrong)


@st.composite
def edited_twice(draw: st.DrawFn, names: st.SearchStrategy[str]) -> tuple[str, str]:
    name, once = draw(edited(names))
    return name, draw(edited(st.just(once)))[1]


@given(edited_twice(st.text("青禾鸿达永兴金石天润嘉德", min_size=11, max_size=14)))
def test_that_two_edits_anywhere_in_a_long_name_are_always_found(pair: tuple[str, str]) -> None:
    name, wrong = pair
    assert why(name + "有限公司", wrong + "有限公司")


def test_that_among_many_that_begin_alike_those_one_letter_apart_show() -> None:
    assert len(TOWNS) > RARE_MAX

    found = likely_duplicates(named(*(f"中国工商银行股份{t}" for t in (*TOWNS, "温州鹿诚"))))

    assert [(s.one, s.other) for s in found] == [("c2", "c7")]
    assert found[0].why == {Likeness.ONE_LETTER}


def test_that_among_many_of_a_town_and_trade_what_two_share_besides_is_a_sign() -> None:
    names = [f"杭州{b}包装材料{t}一厂" for b, t in zip(BRANDS, TOWNS, strict=True)]

    found = likely_duplicates(named(*names, "杭州海达包装材料杭州西湖一厂"))

    assert [(s.one, s.other) for s in found] == [("c0", "c7")]
    assert found[0].why == {Likeness.TWO_LETTERS}


@given(st.text("青禾鸿达永兴", min_size=6, max_size=14), st.integers(1, 5))
def test_that_a_swapped_part_is_always_found(name: str, at: int) -> None:
    assert why(name + "有限公司", name[at:] + name[:at] + "有限公司")


@given(st.text("青禾鸿达", max_size=9), st.text("青禾鸿达", max_size=9), st.integers(1, 2))
def test_that_names_are_apart_by_the_letters_each_has_to_lose(
    one: str, other: str, letters: int
) -> None:
    def left(name: str) -> set[str]:
        sizes = range(max(len(name) - letters, 0), len(name) + 1)
        return {"".join(c) for size in sizes for c in combinations(name, size)}

    long_enough = min(len(one), len(other)) >= {1: 4, 2: 6}[letters]
    near = abs(len(one) - len(other)) <= letters
    expected = long_enough and near and not left(one).isdisjoint(left(other))
    assert apart(one, other, letters=letters) is expected


@given(st.text(max_size=12))
def test_that_no_name_loses_all_its_letters(name: str) -> None:
    assert bool(core_name(name)) == any(map(str.isalnum, core_name(name)))


def test_that_a_name_that_is_only_a_broken_form_stays() -> None:
    assert core_name("有艰公司") == "有艰"
    assert core_name("限公司") == "限"
    assert core_name("有限公X") == "有限公x"


def test_that_letters_of_a_longer_form_before_a_whole_one_stay() -> None:
    assert core_name("浙江责任有限公司") == "浙江责任"
    assert core_name("浙江股X有限公司") == "浙江"
