"""A quick start, and a light program: what libraries load and nobody asks for is left out."""

import contextlib
import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any, Final

from typing_extensions import override

_HELPERS: Final = "shibokensupport.signature."
_MAPPING: Final = _HELPERS + "mapping"
LATER: Final = frozenset(
    _HELPERS + name
    for name in (
        "errorhandler", "layout", "lib.enum_sig", "lib.pyi_generator", "lib.tool", "mapping",
        "parser",
    )
)  # fmt: skip
"""Helpers of PySide that explain a wrong call: who calls rightly never needs them."""

UNASKED: Final = frozenset({"asyncio", "importlib.metadata", "pydoc", "ssl"})
"""What libraries load in case they are used otherwise than here; it takes 5 MiB."""

_KNOWN: Final = {_MAPPING: "update_mapping", "asyncio": "iscoroutine"}
"""What is looked up in them before anybody calls it."""

_MAKE: Final = "_make_it"
_making: Final = RLock()


def make_haste() -> None:
    """Leave out what a start can do without; neither PySide nor SQLAlchemy may be loaded yet.

    What it makes stays, so that no garbage is looked for; from then on it is tidied. PySide
    compiles its helpers anew at each start, and most are for the texts of errors: they are
    compiled when one is asked for. And it reads the source of every module that is imported,
    whether it asks for ``__feature__``: none does, and half a thousand sources are not read, nor
    kept in memory.
    """
    gc.disable()
    plain, sys.meta_path = sys.meta_path, _Finders(sys.meta_path)
    with contextlib.suppress(ImportError):
        import PySide6  # noqa: F401 - brings the next
        from shibokensupport import feature

        feature._mod_uses_pyside = lambda _: False  # noqa: SLF001
    plain[:] = [_Unasked(), *sys.meta_path]
    sys.meta_path = plain


class _Finders(list[Any]):
    """The finders of modules, while PySide puts the finder of its helpers among them."""

    @override
    def insert(self, place: Any, finder: Any) -> None:
        """Let a finder that compiles the helpers do so when they are needed."""
        if type(finder).__name__ == "EmbeddableZipImporter":
            finder.exec_module = partial(_put_off, finder.exec_module)
        super().insert(place, finder)


class _Unasked(MetaPathFinder):
    """Finds what is left out: it is there, and made when something of it is asked for."""

    @override
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = PathFinder.find_spec(fullname, path) if fullname in UNASKED else None
        if found is not None:
            loader: Any = found.loader
            loader.exec_module = partial(_put_off, loader.exec_module)
        return found


class _Later(ModuleType):
    """A module that is made when something of it is asked for."""

    @override
    def __getattr__(self, name: str) -> Any:
        _make(self)
        return super().__getattribute__(name)


def _put_off(make: Callable[[ModuleType], None], module: ModuleType) -> None:
    if module.__name__ not in LATER | UNASKED:
        make(module)
        return
    setattr(module, _MAKE, partial(_under_its_name, make, module))
    module.__class__ = _Later
    if (name := _KNOWN.get(module.__name__)) is not None:
        vars(module)[name] = partial(_called, module, name)


def _called(module: ModuleType, name: str, *given: Any) -> Any:
    _make(module)
    return vars(module)[name](*given)


def _make(module: ModuleType) -> None:
    with _making:
        make: Callable[[], None] | None = vars(module).pop(_MAKE, None)
        if make is not None:
            make()


def _under_its_name(make: Callable[[ModuleType], None], module: ModuleType) -> None:
    """Make it: its maker finds it by the name it came with, and PySide has renamed it since."""
    spec: Any = module.__spec__
    renamed, spec.name = spec.name, module.__name__
    make(module)
    spec.name = renamed
