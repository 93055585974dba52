"""Makes this directory a virtual environment of Python 2.7, which does not know `pyvenv.cfg` (PEP 405) by itself.

The interpreter takes the environment for an installation, since `os.py` is next to this file, and imports this `site`.
Here the standard library is looked for in the base again, as `pyvenv.cfg` names it. Then the base's own `site` takes
over this module; it finds the packages of the environment, because `sys.prefix` stays what it is.
"""
import imp
import sys

import _vivarium_base


def _read_configuration(path):
    keys = {}
    with open(path) as lines:
        for line in lines:
            key, _, value = line.partition("=")
            keys[key.strip().lower()] = value.strip()
    return keys


def _use_standard_library_of_base():
    """Leaves the entries of PYTHONPATH alone, also those that are in the environment."""
    library = __file__.rpartition("/")[0]
    own = [library.rpartition("/")[0] + "/python27.zip", library, library + "/lib-tk", library + "/lib-old"]
    for index, entry in enumerate(sys.path):
        if entry in own or entry.startswith(library + "/plat-"):
            sys.path[index] = sys.base_prefix + entry[len(sys.prefix) :]
        elif entry == library + "/lib-dynload":
            sys.path[index] = sys.base_exec_prefix + entry[len(sys.exec_prefix) :]
    return sys.base_prefix + library[len(sys.prefix) :]


class _FlagsWithoutUserSite(object):
    no_user_site = 1

    def __init__(self, flags):
        self._flags = flags

    def __getattr__(self, name):
        return getattr(self._flags, name)


def _become_site_of_base(library, sees_system):
    """It takes no parameters; it looks into `sys` for where packages lie and whether those of the user count."""
    flags, exec_prefix = sys.flags, sys.exec_prefix
    if sees_system:
        sys.exec_prefix = sys.base_prefix
    else:
        sys.flags = _FlagsWithoutUserSite(flags)
    try:
        return imp.load_module("site", *imp.find_module("site", [library]))
    finally:
        sys.flags, sys.exec_prefix = flags, exec_prefix


def _put_environment_first(library):
    """Before the packages of the user and of the base, as in an environment by PEP 405."""
    last = sys.base_exec_prefix + library[len(sys.base_prefix) :] + "/lib-dynload"
    if last in sys.path:
        start = sys.path.index(last) + 1
        sys.path[start:] = sorted(sys.path[start:], key=lambda entry: not entry.startswith(sys.prefix + "/"))


def _main():
    configuration = _read_configuration(sys.prefix + "/pyvenv.cfg")
    sys.base_prefix = configuration.get("base-prefix") or configuration["home"].rpartition("/")[0]
    sys.base_exec_prefix = configuration.get("base-exec-prefix") or sys.base_prefix
    # What tools of Python 2 look for.
    sys.real_prefix = sys.base_prefix
    library = _use_standard_library_of_base()

    import os

    sys.prefix, sys.exec_prefix = os.path.abspath(sys.prefix), os.path.abspath(sys.exec_prefix)
    _vivarium_base.install()
    sees_system = configuration.get("include-system-site-packages") == "true"
    site = _become_site_of_base(library, sees_system)
    # Debian's looks for packages in directories of another name.
    packages = sys.prefix + library[len(sys.base_prefix) :] + "/site-packages"
    if packages not in sys.path:
        site.addsitedir(packages)
    _put_environment_first(library)


_main()
