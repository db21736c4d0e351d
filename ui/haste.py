"""A quick start: what PySide makes at each start, and a start can do without, is left out."""

import contextlib
import gc
import sys
from collections.abc import Callable
from functools import partial
from threading import RLock
from types import ModuleType
from typing import Any, Final, cast

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

_MAKE: Final = "_make_it"
_making: Final = RLock()


def make_haste() -> None:
    """Leave out what a start can do without; PySide must not be loaded yet.

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
    plain[:] = sys.meta_path
    sys.meta_path = plain


class _Finders(list[Any]):
    """The finders of modules, while PySide puts the finder of its helpers among them."""

    @override
    def insert(self, place: Any, finder: Any) -> None:
        """Let a finder that compiles the helpers do so when they are needed."""
        if type(finder).__name__ == "EmbeddableZipImporter":
            finder.exec_module = partial(_put_off, finder.exec_module)
        super().insert(place, finder)


class _Later(ModuleType):
    """A module that is made when something of it is asked for."""

    @override
    def __getattr__(self, name: str) -> Any:
        with _making:
            if (make := self.__dict__.pop(_MAKE, None)) is not None:
                cast("Callable[[], None]", make)()
        return super().__getattribute__(name)


def _put_off(make: Callable[[ModuleType], None], module: ModuleType) -> None:
    if module.__name__ not in LATER:
        make(module)
        return
    setattr(module, _MAKE, partial(_under_its_name, make, module))
    module.__class__ = _Later
    if module.__name__ == _MAPPING:  # its first function is looked up where no module is asked
        vars(module)["update_mapping"] = lambda: module.namespace and module.update_mapping()


def _under_its_name(make: Callable[[ModuleType], None], module: ModuleType) -> None:
    """Make it: its maker finds it by the name it came with, and PySide has renamed it since."""
    spec: Any = module.__spec__
    renamed, spec.name = spec.name, module.__name__
    make(module)
    spec.name = renamed
