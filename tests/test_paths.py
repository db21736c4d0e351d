import sys
from pathlib import Path

import pytest

from erpdesk import paths


def test_that_the_folders_are_three_and_exist_when_asked_for() -> None:
    folders = {paths.data_folder(), paths.config_folder(), paths.log_folder()}

    assert len(folders) == 3
    assert all(folder.is_dir() for folder in folders)


def test_that_every_test_has_folders_of_its_own(tmp_path: Path) -> None:
    assert tmp_path in paths.config_folder().parents


@pytest.mark.parametrize("said", ["", "/srv/of others", "~/mine", " ", "relative"])
@pytest.mark.parametrize("kind", ["data", "config", "log"])
def test_that_the_folders_lie_where_the_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, kind: str, said: str
) -> None:
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", said)

    assert paths._place(kind) == paths._known_place(kind)


@pytest.mark.xfail(sys.platform == "win32", reason="Windows has no modes", strict=False)
def test_that_nobody_else_reads_the_folders() -> None:
    assert paths.log_folder().stat().st_mode & 0o077 == 0


def test_that_resources_are_found_from_any_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert paths.resource("__init__.py").is_file()
    assert paths.resource("fonts/nothing.ttf").parent.name == "fonts"
