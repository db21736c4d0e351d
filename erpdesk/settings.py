"""The settings of one computer: few, typed, described, kept as TOML."""

import os
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from erpdesk.errors import UserError

FILE_NAME = "settings.toml"


class SettingsError(UserError):
    """The settings file cannot be used."""


class UnknownSettingError(SettingsError):
    """The settings file names a setting that does not exist."""


class WrongSettingError(SettingsError):
    """A setting has a value that it cannot have."""


class UnreadableSettingsError(SettingsError):
    """The settings file is not written as TOML, or cannot be read."""


def _described(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True)
class Settings:
    """What this computer's person chose."""

    language: Literal["zh", "en"] = _described("zh", "语言：zh 或 en / Language: zh or en")
    theme: Literal["system", "light", "dark", "contrast"] = _described(
        "system", "外观：system、light、dark、contrast / Theme: one of these; system follows it"
    )
    text_percent: Literal[90, 100, 115, 130] = _described(
        100, "字号，百分比：90 100 115 130 / Size of text in percent: 90 100 115 130"
    )
    sound_percent: Literal[0, 25, 50, 75, 100] = _described(
        100, "提示音音量，百分比，0 为关 / Volume of the sounds in percent; 0: off"
    )
    pitch_percent: Literal[80, 90, 100, 110, 120] = _described(
        100, "提示音音高，百分比，几台并排时各调一档 / Pitch of the sounds in percent, by station"
    )
    lock_minutes: Literal[0, 5, 10, 15, 30, 60] = _described(
        15, "无人操作几分钟后锁定，0 为不锁 / Minutes without a touch before it locks; 0: never"
    )
    company: str = _described(
        "", "上次打开的账套：文件或服务器地址 / Company opened last: a file or a server's address"
    )
    person: str = _described("", "上次登录的人 / Who signed in last")
    keep_password: bool = _described(
        default=False,
        meaning="密码存入系统密钥环 / Keep the password in the system's keyring",
    )
    scanner_port: str = _described(
        "", "扫描枪串口，空为不用 / Serial port of the scanner; empty: none"
    )
    scanner_speed_baud: int = _described(
        9600, "扫描枪串口速率 / Speed of the scanner's serial port, in baud"
    )
    scanner_gap_ms: int = _described(
        30, "扫码枪两键最长间隔，毫秒 / Longest time between two keys of one code, in ms"
    )
    scanner_length_min: int = _described(
        4, "最短码长，短于它当作打字 / Shortest code; what is shorter was typed"
    )
    scanner_endings: Literal["enter tab", "enter", "tab", "none"] = _described(
        "enter tab", "码以什么结束：enter、tab、none（停顿） / How a code ends; none: by a pause"
    )
    scanner_layout: str = _described(
        "", "把扫码换算回来的键盘布局，空为不换 / Layout that scans are converted from; empty: none"
    )
    backup_daily: bool = _described(
        default=True,
        meaning="没人动电脑时每天自动备份一次 / A backup a day, made when nobody is at work",
    )
    backup_folder: str = _described(
        "", "备份文件夹，空为数据文件夹下的 backups / Folder of backups; empty: in the data folder"
    )


def meaning_of(name: str) -> str:
    """Return the description of a setting, Chinese first."""
    return next(str(f.metadata["meaning"]) for f in fields(Settings) if f.name == name)


def default_of(name: str) -> object:
    """Return what a setting is until somebody chooses."""
    return next(f.default for f in fields(Settings) if f.name == name)


def options_of(name: str) -> tuple[str | int, ...]:
    """Return what a setting can be, in order; empty where it is free."""
    kind = get_type_hints(Settings)[name]
    return get_args(kind) if get_origin(kind) is Literal else ()


def read_settings(path: Path) -> Settings:
    """Read the settings; where there is no file, the defaults.

    Raises:
        SettingsError: the file is damaged, or names or holds what it cannot.
    """
    if not path.exists():
        return Settings()
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableSettingsError(path=str(path), reason=str(error)) from error
    return _checked(found, path)


def set_aside(path: Path) -> None:
    """Keep a file that cannot be used under another name: the next choice would replace it."""
    with suppress(OSError):
        path.replace(path.with_name(f"{path.name}.unusable"))


def _checked(found: dict[str, Any], path: Path) -> Settings:
    kinds = get_type_hints(Settings)
    for name, value in found.items():
        if name not in kinds:
            raise UnknownSettingError(name=name, path=str(path))
        if not _fits(value, kinds[name]):
            raise WrongSettingError(name=name, value=value, path=str(path))
    return Settings(**found)


def _fits(value: object, kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return any(type(value) is type(one) and value == one for one in get_args(kind))
    return type(value) is kind


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings whole, or leave the file as it was.

    Raises:
        WrongSettingError: a text holds half a character, which no file can hold.
    """
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(as_toml(settings))
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


def as_toml(settings: Settings) -> str:
    """Return the settings as TOML, each under its description."""
    lines = (
        f"# {f.metadata['meaning']}\n{f.name} = {_toml(getattr(settings, f.name))}\n"
        for f in fields(Settings)
    )
    return "\n".join(lines)


def _toml(value: str | bool | int) -> str:  # noqa: FBT001 - a value, not a switch
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return '"' + "".join(_letter(letter) for letter in value) + '"'


def _letter(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":
        raise WrongSettingError(value=letter)
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08X}"
