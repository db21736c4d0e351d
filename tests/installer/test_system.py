import os
from pathlib import Path

import pytest

from installer import system, testing
from installer.environment import SetUpError
from installer.system import Apt


def an_apt(folder: Path, *, works: bool = True, release: str = "ID=debian\n") -> Apt:
    """Return an apt-get that writes down what was asked."""
    program = folder / "apt-get"
    asked = folder / "asked"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> "{asked}"\necho E: no >&2\nexit {0 if works else 100}\n', "utf-8"
    )
    program.chmod(0o755)
    (folder / "os-release").write_text(release, "utf-8")
    return Apt(str(program), folder / "os-release")


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 65534)


def provide(packages: list[str], apt: Apt) -> bool:
    return system.provide(packages, apt, chinese="需要", english="Needed")


@pytest.mark.usefixtures("root")
def test_that_root_on_debian_installs_after_an_update(tmp_path: Path) -> None:
    assert provide(["libegl1", "libgl1"], an_apt(tmp_path))

    update, install = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert update.startswith("update")
    assert install.startswith("install -y")
    assert install.endswith("libegl1 libgl1")


@pytest.mark.usefixtures("nobody")
def test_that_anybody_else_is_told_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not provide(["libegl1"], an_apt(tmp_path))

    assert "sudo apt-get install libegl1" in capsys.readouterr().out
    assert not (tmp_path / "asked").exists()


@pytest.mark.usefixtures("root")
def test_that_a_failing_apt_is_shown_and_the_line_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not provide(["libegl1"], an_apt(tmp_path, works=False))

    said = capsys.readouterr().out
    assert "E: no" in said
    assert "sudo apt-get install libegl1" in said


@pytest.mark.usefixtures("root")
def test_that_another_system_is_left_alone(tmp_path: Path) -> None:
    assert not an_apt(tmp_path, release="ID=fedora\n").may_install()
    assert not Apt(release=tmp_path / "none").may_install()


def test_that_nothing_missing_needs_nothing(tmp_path: Path) -> None:
    assert provide([], an_apt(tmp_path))
    assert not (tmp_path / "asked").exists()


def test_that_a_library_that_does_not_load_is_missing() -> None:
    libraries = {"libc.so.6": "libc6", "libnowhere.so.0": "libnowhere0"}

    assert system.missing_packages(libraries) == ["libnowhere0"]


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize("ci", [False, True])
def test_that_only_ci_insists_on_system_packages(
    monkeypatch: pytest.MonkeyPatch, *, ci: bool
) -> None:
    monkeypatch.setattr(testing, "postgresql_here", lambda: False)
    if not ci:
        monkeypatch.delenv("CI", raising=False)
        testing.system_packages()
        return
    monkeypatch.setenv("CI", "true")

    with pytest.raises(SetUpError, match="postgresql"):
        testing.system_packages()
