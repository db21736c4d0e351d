import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2]
SYSTEMS = [
    {"python_version": python, "python_full_version": f"{python}.0", **system, "extra": ""}
    for python in ("3.11", "3.12", "3.13")
    for system in (
        {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
        {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    )
]


def locked(*names: str) -> dict[str, Requirement]:
    lines = [
        line
        for name in names
        for line in (PROJECT / "installer" / f"{name}.lock").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def declared() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))


def version(requirement: Requirement) -> str:
    (pin,) = requirement.specifier
    return pin.version


def applies(requirement: Requirement, system: dict[str, str]) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(system)


@pytest.mark.parametrize("lock", ["runtime", "test"])
def test_that_every_line_names_one_exact_version(lock: str) -> None:
    lines = (PROJECT / "installer" / f"{lock}.lock").read_text("utf-8").splitlines()

    for line in lines[1:]:
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line), line


def test_that_nothing_is_locked_twice() -> None:
    assert not locked("runtime").keys() & locked("test").keys()


@pytest.mark.parametrize(
    ("wanted", "locks"),
    [
        (declared()["project"]["dependencies"], ["runtime"]),
        (declared()["dependency-groups"]["dev"], ["runtime", "test"]),
    ],
)
def test_that_what_the_project_declares_is_locked_within_its_bounds(
    wanted: list[str], locks: list[str]
) -> None:
    pins = locked(*locks)

    for requirement in map(Requirement, wanted):
        pin = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version(pin)), requirement


@pytest.mark.parametrize("locks", [["runtime"], ["runtime", "test"]])
def test_that_what_the_locked_packages_need_is_locked_too_on_every_system(locks: list[str]) -> None:
    pins = locked(*locks)

    for pin in pins.values():
        for system in SYSTEMS:
            if applies(pin, system) and applies(pin, own_system()):
                for need in map(Requirement, metadata.requires(pin.name) or []):
                    if applies(need, system):
                        found = pins[canonicalize_name(need.name)]
                        assert applies(found, system), (pin, need, system)
                        assert need.specifier.contains(version(found)), (pin, need)


def own_system() -> dict[str, str]:
    return {"python_version": f"3.{sys.version_info.minor}", "sys_platform": sys.platform}


def test_that_the_tests_run_with_the_locked_versions() -> None:
    for name, pin in locked("runtime", "test").items():
        if applies(pin, own_system()):
            assert metadata.version(name) == version(pin)
