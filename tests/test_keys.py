from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erpdesk import keys
from erpdesk.keys import CHEAP, NORMAL, DamagedKeyError, WrongPasswordError

PASSWORD = "口令 – très long"


def test_that_a_verifier_knows_its_password_and_no_other() -> None:
    verifier = keys.verifier(PASSWORD, cost=CHEAP)

    assert verifier.startswith("$argon2id$")
    assert keys.matches(verifier, PASSWORD)
    assert not keys.matches(verifier, PASSWORD + " ")


def test_that_a_password_is_the_same_however_its_letters_were_composed() -> None:
    verifier = keys.verifier("caf\N{LATIN SMALL LETTER E WITH ACUTE}", cost=CHEAP)

    assert keys.matches(verifier, "cafe\N{COMBINING ACUTE ACCENT}")


def test_that_two_verifiers_of_one_password_differ() -> None:
    assert keys.verifier(PASSWORD, cost=CHEAP) != keys.verifier(PASSWORD, cost=CHEAP)


@pytest.mark.slow
def test_that_the_normal_cost_is_what_a_file_carries_and_can_be_borne() -> None:
    assert "m=65536,t=3,p=4" in keys.verifier(PASSWORD)
    assert NORMAL.bearable()


@settings(max_examples=30)
@given(st.binary(max_size=200))
def test_that_what_was_signed_is_verified_and_nothing_else(message: bytes) -> None:
    pair = keys.new_key_pair(PASSWORD, cost=CHEAP)

    signature = keys.unwrap(pair, PASSWORD).sign(message)

    assert len(signature) == 64
    assert keys.verify(pair.public_key, message, signature)
    assert not keys.verify(pair.public_key, message + b"!", signature)
    assert not keys.verify(keys.new_key_pair("x", cost=CHEAP).public_key, message, signature)


def test_that_signatures_and_keys_of_a_wrong_length_are_simply_not_valid() -> None:
    pair = keys.new_key_pair(PASSWORD, cost=CHEAP)

    assert not keys.verify(pair.public_key, b"", b"short")
    assert not keys.verify(b"short", b"", bytes(64))


def test_that_a_wrong_password_opens_nothing() -> None:
    pair = keys.new_key_pair(PASSWORD, cost=CHEAP)

    with pytest.raises(WrongPasswordError):
        keys.unwrap(pair, "other")


def test_that_a_wrapped_key_belongs_to_its_public_key() -> None:
    pair = keys.new_key_pair(PASSWORD, cost=CHEAP)
    other = keys.new_key_pair(PASSWORD, cost=CHEAP)

    with pytest.raises(WrongPasswordError):
        keys.unwrap(replace(pair, public_key=other.public_key), PASSWORD)


def test_that_neither_the_password_nor_the_private_key_lies_open() -> None:
    pair = keys.new_key_pair(PASSWORD, cost=CHEAP)
    signing = keys.unwrap(pair, PASSWORD)

    assert PASSWORD.encode() not in pair.wrapped
    assert "0x" not in repr(signing)


def test_that_a_damaged_wrapped_key_is_told_from_a_wrong_password() -> None:
    pair = keys.new_key_pair(PASSWORD, cost=CHEAP)
    damaged = [
        replace(pair, wrapped=b""),
        replace(pair, salt=b"short"),
        replace(pair, wrapped=b"\x09" + pair.wrapped[1:]),
    ]

    for key in damaged:
        with pytest.raises(DamagedKeyError):
            keys.unwrap(key, PASSWORD)


def test_that_a_file_cannot_ask_for_endless_work() -> None:
    pair = keys.new_key_pair(PASSWORD, cost=CHEAP)
    greedy = pair.wrapped[:1] + b"\xff\xff\xff\xff" + pair.wrapped[5:]
    greedy_verifier = keys.verifier(PASSWORD, cost=CHEAP).replace("m=8,", "m=99999999,")

    with pytest.raises(DamagedKeyError):
        keys.unwrap(replace(pair, wrapped=greedy), PASSWORD)
    with pytest.raises(DamagedKeyError):
        keys.matches(greedy_verifier, PASSWORD)


def test_that_a_verifier_that_is_none_is_damage_and_not_a_wrong_password() -> None:
    for text in ("", "hello", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"):
        with pytest.raises(DamagedKeyError):
            keys.matches(text, PASSWORD)
