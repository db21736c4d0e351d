import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import environment as env
from installer.environment import Environment, SetUpError

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def wheel(folder: Path, name: str, *, needs: str = "") -> None:
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as file:
        file.writestr(f"{name}.py", "HERE = True\n")
        file.writestr(f"{info}/METADATA", about)
        file.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages."""
    shelf = tmp_path_factory.mktemp("shelf")
    wheel(shelf, "thing")
    wheel(shelf, "other")
    wheel(shelf, "torn", needs="Requires-Dist: nowhere>=3\n")
    return shelf


@pytest.fixture(scope="module")
def no_other_packages(shelf: Path) -> Iterator[None]:
    """No way to any others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PIP_FIND_LINKS", str(shelf))
        patch.setenv("PIP_USER", "1")
        yield


@pytest.fixture(scope="module")
def made(no_other_packages: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where a thing is installed, which takes seconds: tests take copies of it."""
    folder = tmp_path_factory.mktemp("made")
    assert an_environment(folder, "thing==1.0\n").make_ready()
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy", symlinks=True))


def an_environment(tmp_path: Path, lock: str) -> Environment:
    folder = tmp_path / "项目 with spaces"
    folder.mkdir(exist_ok=True)
    (folder / "runtime.lock").write_text(lock, "utf-8")
    return Environment(("runtime",), folder / ".venv", folder)


def has(environment: Environment, name: str) -> bool:
    asked = [str(environment.python), "-I", "-c", f"import {name}"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def test_that_an_environment_is_made_once_and_repaired_after_an_interruption(
    place: Path,
) -> None:
    environment = an_environment(place, "thing==1.0\n")

    assert has(environment, "thing")
    began = time.monotonic()
    assert not environment.make_ready()
    assert time.monotonic() - began < 2

    environment.mark.write_text("", "utf-8")
    (site,) = environment.folder.glob("[Ll]ib/**/site-packages")
    (site / "thing.py").unlink()
    assert not environment.is_ready()
    assert environment.make_ready()
    assert has(environment, "thing")


def test_that_a_changed_lock_is_installed_and_the_test_lock_is_one_of_its_own(
    place: Path,
) -> None:
    environment = an_environment(place, "thing==1.0\n")
    (environment.lock_folder / "test.lock").write_text("other==1.0\n", "utf-8")
    both = Environment(("runtime", "test"), environment.folder, environment.lock_folder)

    assert not both.is_ready()
    assert both.make_ready()
    assert has(both, "other")
    assert environment.is_ready()

    changed = an_environment(place, "thing==1.0\nother==1.0\n")
    assert not changed.is_ready()


@pytest.mark.nightly
def test_that_packages_that_do_not_fit_together_are_refused(place: Path) -> None:
    environment = an_environment(place, "torn==1.0\n")

    with pytest.raises(SetUpError, match="nowhere"):
        environment.make_ready()

    assert not environment.is_ready()


@pytest.mark.nightly
def test_that_a_package_that_is_not_to_be_had_is_named(place: Path) -> None:
    environment = an_environment(place, "nowhere==1.0\n")

    with pytest.raises(SetUpError, match=r"There is no nowhere==1\.0 for this computer"):
        environment.make_ready()

    assert environment.mark.exists()
    assert not environment.is_ready()


def test_that_without_a_network_it_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    environment = an_environment(place, "another==1.0\n")

    with pytest.raises(SetUpError, match="check the network"):
        environment.make_ready()


def test_that_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "runtime.lock").write_text("", "utf-8")
    environment = Environment(("runtime",), tmp_path / "file" / ".venv", tmp_path)

    with pytest.raises(SetUpError, match="cannot be written"):
        environment.make_ready()


def test_that_a_python_that_does_not_run_is_no_python(tmp_path: Path) -> None:
    assert env.version_of(tmp_path / "python") is None
