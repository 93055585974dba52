"""Stands in for PyPA's virtualenv where a tool runs ``python -m virtualenv``.

There is no Python API here: vivarium, which does the work, is a program for Node.
"""

# The release whose command line is spoken. `python -m virtualenv --version` also tells which vivarium does the work.
__version__ = "21.15.11+vivarium"


def __getattr__(name):  # Asked from Python 3.7 on.
    raise AttributeError(
        "this stand-in for virtualenv has no %r: it serves `python -m virtualenv` only; "
        "what imports virtualenv needs PyPA's own (python -m pip install virtualenv)" % (name,)
    )
