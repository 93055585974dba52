"""Lets `sysconfig` and `distutils` find in the base what an environment has none of: the standard library, the headers
and the configuration of the build. Python 3 does so in environments by itself.
"""
import imp
import sys


def install():
    # Every start imports `sysconfig` for the packages of the user, and it keeps what the prefixes are at that time.
    import sysconfig

    change_sysconfig(sysconfig)
    sys.meta_path.insert(0, Finder())


def change_sysconfig(sysconfig):
    """The names are those of Python 3."""
    variables = sysconfig.get_config_vars()
    variables["installed_base"], variables["installed_platbase"] = sys.base_prefix, sys.base_exec_prefix
    for scheme in sysconfig._INSTALL_SCHEMES.values():
        for key in {"stdlib", "platstdlib", "include", "platinclude"}.intersection(scheme):
            scheme[key] = scheme[key].replace("{base}", "{installed_base}").replace("{platbase}", "{installed_platbase}")


def change_distutils(sysconfig):
    get_python_inc, get_python_lib = sysconfig.get_python_inc, sysconfig.get_python_lib

    def base(is_of_platform):
        return sys.base_exec_prefix if is_of_platform else sys.base_prefix

    def python_inc(plat_specific=0, prefix=None):
        return get_python_inc(plat_specific, prefix or base(plat_specific))

    def python_lib(plat_specific=0, standard_lib=0, prefix=None):
        if standard_lib and prefix is None:
            prefix = base(plat_specific)
        return get_python_lib(plat_specific, standard_lib, prefix)

    sysconfig.get_python_inc, sysconfig.get_python_lib = python_inc, python_lib


class Finder(object):
    """Sees `distutils.sysconfig` pass by when it is imported (PEP 302)."""

    def find_module(self, name, path=None):
        return self if name == "distutils.sysconfig" else None

    def load_module(self, name):
        found = imp.find_module("sysconfig", sys.modules["distutils"].__path__)
        try:
            module = imp.load_module(name, *found)
        finally:
            found[0].close()
        change_distutils(module)
        return module
