"""Stands in for PyPA's virtualenv where a tool runs ``python -m virtualenv``.

There is no Python API here: vivarium, which does the work, is a program for Node. Where PyPA's virtualenv is installed as
well, what is imported from this package is that one's; only ``python -m virtualenv`` is ours.
"""

import os
import pkgutil
import sys

# This directory first, so that ``virtualenv.__main__`` is ours; then that of an installed virtualenv.
__path__ = pkgutil.extend_path(__path__, __name__)

_HINT = (
    "this stand-in for virtualenv has no %r: it serves `python -m virtualenv` only; "
    "what imports virtualenv needs PyPA's own (python -m pip install virtualenv)"
)
_HAS_GETATTR = sys.version_info >= (3, 7)
# While Python looks for the module that `-m` names, there is no other word yet.
_IS_COMMAND = getattr(sys, "argv", ["-m"])[:1] == ["-m"]


def _installed():
    """The ``__init__.py`` of an installed virtualenv."""
    for directory in __path__[1:]:
        path = os.path.join(directory, "__init__.py")
        if os.path.isfile(path):
            return path
    return None


def _load(path):
    """Runs the ``__init__.py`` of an installed virtualenv as this package's own."""
    own = dict((name, globals()[name]) for name in ("__file__", "__path__", "__doc__"))
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec", dont_inherit=True)
    exec(code, globals())
    globals().update(own)


class _Hint(object):
    """Asked for submodules that are nowhere: says what is missing."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        cls._refuse(name, ImportError if sys.version_info < (3, 6) else ModuleNotFoundError)

    @classmethod
    def find_module(cls, name, path=None):  # Asked by Python 2.
        cls._refuse(name, ImportError)

    @staticmethod
    def _refuse(name, kind):
        package, _, module = name.partition(".")
        if package == __name__ and module and not module.startswith("__"):
            raise kind(_HINT % name)


_REAL = _installed()
if _REAL is None:
    # The release whose command line is spoken. `python -m virtualenv --version` also tells which vivarium does the work.
    __version__ = "21.15.11+vivarium"
    if not _IS_COMMAND:
        sys.meta_path.append(_Hint)
elif not _HAS_GETATTR and not _IS_COMMAND:
    _load(_REAL)


def __getattr__(name):  # Asked from Python 3.7 on.
    if _REAL is not None and not globals().get("_is_loaded"):
        globals()["_is_loaded"] = True
        _load(_REAL)
        if name in globals():
            return globals()[name]
    # `from virtualenv import cli_run` turns an AttributeError into an error without our words.
    raise (ImportError if name in ("cli_run", "session_via_cli") else AttributeError)(_HINT % name)
