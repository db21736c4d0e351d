"""A quick start, and a light program: what libraries load and nobody asks for is left out."""

import contextlib
import gc
import linecache
import sys
from functools import partial
from types import ModuleType
from typing import Any, Final

from typing_extensions import override

from erpdesk.late import LateFinder, Make, put_off

_HELPERS: Final = "shibokensupport.signature."
LATER: Final = {
    f"{_HELPERS}{name}": known
    for name, known in {
        "errorhandler": "", "layout": "", "lib.enum_sig": "", "lib.pyi_generator": "",
        "lib.tool": "", "mapping": "update_mapping", "parser": "",
    }.items()
}  # fmt: skip
"""Helpers of PySide that explain a wrong call: who calls rightly never needs them.

Beside each stands what is looked up in it before anybody calls it.
"""

UNASKED: Final = {
    "asyncio": "iscoroutine", "importlib.metadata": "", "pydoc": "", "ssl": "", "subprocess": "",
}  # fmt: skip
"""What libraries load in case they are used otherwise than here; it takes 5 MiB."""


def make_haste() -> None:
    """Leave out what a start can do without; neither PySide nor SQLAlchemy may be loaded yet.

    What it makes stays, so that no garbage is looked for; from then on it is tidied. PySide
    compiles its helpers anew at each start, and most are for the texts of errors: they are
    compiled when one is asked for. And it reads the source of every module that is imported,
    whether it asks for ``__feature__``: none does, and half a thousand sources are not read, nor
    kept in memory; the few that were by then are forgotten.
    """
    gc.disable()
    plain, sys.meta_path = sys.meta_path, _Finders(sys.meta_path)
    with contextlib.suppress(ImportError):
        import PySide6  # noqa: F401 - brings the next
        from shibokensupport import feature

        feature._mod_uses_pyside = lambda _: False  # noqa: SLF001
    linecache.clearcache()
    plain[:] = [LateFinder(UNASKED.get), *sys.meta_path]
    sys.meta_path = plain


class _Finders(list[Any]):
    """The finders of modules, while PySide puts the finder of its helpers among them."""

    @override
    def insert(self, place: Any, finder: Any) -> None:
        """Let a finder that compiles the helpers do so when they are needed."""
        if type(finder).__name__ == "EmbeddableZipImporter":
            finder.exec_module = partial(_maybe_put_off, finder.exec_module)
        super().insert(place, finder)


def _maybe_put_off(make: Make, module: ModuleType) -> None:
    known = LATER.get(module.__name__)
    if known is None:
        make(module)
    else:
        put_off(make, module, known)
