from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.settings import (
    Settings,
    SettingsError,
    UnknownSettingError,
    UnreadableSettingsError,
    WrongSettingError,
    as_toml,
    default_of,
    meaning_of,
    options_of,
    read_settings,
    write_settings,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_that_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml") == Settings()


@given(company=TEXT, person=TEXT, keep=st.booleans(), speed=st.integers(1, 10**6))
def test_that_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, company: str, person: str, speed: int, *, keep: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "written" / "settings.toml"
    written = Settings(company=company, person=person, keep_password=keep, scanner_speed_baud=speed)

    write_settings(path, written)

    assert read_settings(path) == written
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_that_signs_with_a_meaning_of_their_own_survive(tmp_path: Path) -> None:
    odd = Settings(company='C:\\账套\\"甲".desk', person="a\n\t\x00\x7f\u2028")
    write_settings(tmp_path / "s.toml", odd)

    assert read_settings(tmp_path / "s.toml") == odd


def test_that_every_setting_says_what_it_means_in_the_file() -> None:
    text = as_toml(Settings())

    assert all(meaning_of(field.name) in text for field in fields(Settings))


def test_that_an_unknown_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('langauge = "en"\n', "utf-8")

    with pytest.raises(UnknownSettingError) as caught:
        read_settings(tmp_path / "s.toml")

    assert caught.value.facts["name"] == "langauge"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('language = "fr"', "language"),
        ("person = 3", "person"),
        ("keep_password = 1", "keep_password"),
        ("scanner_speed_baud = true", "scanner_speed_baud"),
        ("scanner_speed_baud = 9600.0", "scanner_speed_baud"),
        ("text_percent = 100.0", "text_percent"),
        ("lock_minutes = false", "lock_minutes"),
    ],
)
def test_that_a_wrong_value_is_named(tmp_path: Path, line: str, name: str) -> None:
    (tmp_path / "s.toml").write_text(line, "utf-8")

    with pytest.raises(WrongSettingError) as caught:
        read_settings(tmp_path / "s.toml")

    assert caught.value.facts["name"] == name


@pytest.mark.parametrize("content", [b"language = ", b"\xff\xfe"])
def test_that_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.toml").write_bytes(content)

    with pytest.raises(UnreadableSettingsError):
        read_settings(tmp_path / "s.toml")


def test_that_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        read_settings(tmp_path)


def test_that_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    write_settings(path, Settings(person="alice"))

    with pytest.raises(WrongSettingError):
        write_settings(path, Settings(person="\ud800"))

    assert read_settings(path).person == "alice"
    assert [file.name for file in tmp_path.iterdir()] == ["s.toml"]


def test_that_a_setting_knows_its_default_and_what_it_can_be() -> None:
    assert default_of("theme") == "system"
    assert options_of("theme") == ("system", "light", "dark", "contrast")
    assert options_of("company") == ()
