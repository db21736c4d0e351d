"""A small company made by the command line: four people, three customers, three deliveries."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from erpdesk import keys
from tests.commands.asking import ask

CUSTOMERS = """客户编码,客户名称,纳税人识别号,联系人,电话,地址,账期,税率
C1,甲公司,91330108MA2CFRU57N,李,0571-1,杭州,30,0.13
C2,乙公司,,,,,30,0.13
C3,丙公司,91330108MA2CFRU57N,王,0571-3,宁波,60,0.13
"""
DELIVERIES = """出库单号,客户编码,出库日期,价税合计
SH1,C1,2026-01-05,1130.00
SH2,C1,2026-01-06,226.00
SH3,C3,2026-01-07,60000.00
"""


@contextlib.contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Keep settings, data and logs of what many tests share where it is, and keys cheap."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "NORMAL", keys.CHEAP)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home))
        yield


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a password costs is no command's subject."""
    monkeypatch.setattr(keys, "NORMAL", keys.CHEAP)


@pytest.fixture(scope="session")
def made_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the company once for all tests."""
    folder = tmp_path_factory.mktemp("made")
    place = folder / "a.erpdesk"
    (folder / "c.csv").write_text(CUSTOMERS, "utf-8")
    (folder / "d.csv").write_text(DELIVERIES, "utf-8")
    with at_home(folder / "home"):
        for arguments in (
            ("new", "--person", "陈静", "--name", "明湖机电", "--bank-account", "33001616"),
            ("person", "add", "林涛", "--role", "supervisor=20000"),
            ("person", "add", "周敏", "--role", "director"),
            ("person", "add", "沈佳", "--role", "cashier"),
            ("person", "add", "王芳", "--role", "counter"),
            ("import", "customers", folder / "c.csv"),
            ("import", "deliveries", folder / "d.csv"),
        ):
            said = ask("--company", place, *arguments)
            assert said.code == 0, said
    return place


@pytest.fixture
def company(made_company: Path, tmp_path: Path) -> Path:
    """Give a copy of the company to one test."""
    place = tmp_path / "a.erpdesk"
    shutil.copy(made_company, place)
    return place


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    """Give a file that serves as evidence."""
    path = tmp_path / "签收单.pdf"
    path.write_bytes("甲公司签收 SH1".encode())
    return path
