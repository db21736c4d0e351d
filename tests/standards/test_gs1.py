import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk.domain.codes.gs1 import Gs1Element, Gs1Message, check_digit_fits
from erpdesk.standards.gs1 import Gs1

GS1 = Gs1()
GLN, GTIN = "5901234123457", "09506000134352"


def pairs(message: Gs1Message | None) -> list[tuple[str, str, bool | None]]:
    return [(one.ai, one.data, one.fits) for one in message.elements] if message else []


def test_that_a_message_is_split_into_its_elements() -> None:
    message = GS1.message(f"414{GLN}\x1d10ABC\x1d21X")

    assert pairs(message) == [("414", GLN, True), ("10", "ABC", None), ("21", "X", None)]
    assert message.rest == ""


def test_that_an_element_knows_whether_only_a_separator_ends_it() -> None:
    assert GS1.message("10ABC").elements == (Gs1Element("10", "ABC", None, is_open=True),)
    assert GS1.message(f"01{GTIN}").elements == (Gs1Element("01", GTIN, fits=True, is_open=False),)


def test_that_a_wrong_check_digit_is_told() -> None:
    assert pairs(GS1.message("4145901234123450")) == [("414", "5901234123450", False)]


def test_that_what_cannot_be_read_is_the_rest() -> None:
    assert GS1.message(f"01{GTIN}???").rest == "???"
    assert GS1.message("no") == Gs1Message((), "no")


def test_that_an_open_element_that_is_only_full_is_not_sure() -> None:
    message = GS1.message(f"01{GTIN}10{'A' * 20}21X")

    assert pairs(message) == [("01", GTIN, True)]
    assert message.rest == f"10{'A' * 20}21X"


@pytest.mark.parametrize("text", ["]", "]C1", "3939990001234", "391999912", "3929", "", "\x1d"])
def test_that_what_the_library_stumbles_over_is_only_unread(text: str) -> None:
    assert isinstance(GS1.message(text), Gs1Message)


def test_that_an_impossible_day_does_not_hide_the_key() -> None:
    assert pairs(GS1.message(f"01{GTIN}17259999"))[0] == ("01", GTIN, True)


def test_that_digits_of_other_scripts_have_no_check_digit() -> None:
    assert all(not one.fits for one in GS1.message("414٥٩٠١٢٣٤١٢٣٤٥٧").elements)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (f"https://id.gs1.org/01/{GTIN}", ("01", GTIN, True)),
        (f"https://id.gs1.org/01/{GTIN[1:]}", ("01", GTIN[1:], True)),
        ("https://id.gs1.org/01/96385074/", ("01", "96385074", True)),
        (f"https://x.cn/a/b/gln/{GLN}?x=1", ("414", GLN, True)),
        (f"https://x.cn/partygln/{GLN}", ("417", GLN, True)),
        ("https://x.cn/01/02", ("01", "02", False)),
        ("https://x.cn/414/5901234123450", ("414", "5901234123450", False)),
        ("https://x.cn/8004/ABC", ("8004", "ABC", None)),
    ],
)
def test_that_a_digital_link_gives_its_key_as_written(
    address: str, key: tuple[str, str, bool | None]
) -> None:
    assert pairs(GS1.link(address))[0] == key


def test_that_the_query_of_a_digital_link_is_read() -> None:
    link = GS1.link(f"https://id.gs1.org/01/{GTIN}/10/A%2FB?17=251231&linkType=all")

    assert pairs(link)[1:] == [("10", "A/B", None), ("17", "251231", None)]


@pytest.mark.parametrize("address", ["https://x.cn/a", "ftp://x/01/1", "http://[", "x", ""])
def test_that_another_address_is_none(address: str) -> None:
    assert GS1.link(address) is None


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text("0123456789\x1d]C(/:?=&%", max_size=60)))
def test_that_no_text_raises(text: str) -> None:
    message = GS1.message(text)
    GS1.link(f"https://id.gs1.org/{text}")

    assert (
        "".join(one.ai + one.data for one in message.elements) + message.rest
        in (
            text,
            text.replace("\x1d", ""),
        )
        or "\x1d" in text
    )


@settings(deadline=None)
@given(st.text("0123456789", min_size=7, max_size=17), st.data())
def test_that_one_check_digit_fits(digits: str, data: st.DataObject) -> None:
    fitting = [digit for digit in "0123456789" if check_digit_fits(digits + digit)]

    assert len(fitting) == 1
