"""Keeps packages in this environment although the base's distutils is configured to put them elsewhere.

Before Python 3.10, distutils reads a `distutils.cfg` that belongs to the base Python and one in the home directory. An
`[install]` section there (Homebrew, some Linux distributions and corporate set-ups write one) applies in environments
as well. Once such a file was read, its places are replaced by this environment's; a project's own `setup.py` and
`setup.cfg` and the command line keep their say.

Runs whenever the interpreter starts, so it imports nothing but `sys`. It serves Python 2.7 and 3.3 to 3.9.
"""
import sys

MODULES = ("distutils.dist", "setuptools.dist")
DROPPED = ("install_lib", "install_purelib", "install_platlib", "install_headers", "install_scripts", "install_data")


def keep_inside(module):
    """Wraps what reads configuration files in a module that was just loaded."""
    distribution = getattr(module, "Distribution", None)
    read = vars(distribution).get("parse_config_files") if distribution is not None else None
    if read is None:
        return

    def parse_config_files(self, *args, **kwargs):
        result = read(self, *args, **kwargs)
        options = self.get_option_dict("install")
        for name, (origin, _) in list(options.items()):
            if origin == "setup script" or origin.endswith("setup.cfg"):
                continue
            if name in ("prefix", "exec_prefix"):
                options[name] = (origin, getattr(sys, name))
            elif name in DROPPED:
                del options[name]
        return result

    distribution.parse_config_files = parse_config_files


class SpecFinder(object):
    """Sees the modules pass by on Python 3.4 and later (PEP 451)."""

    def find_spec(self, name, path=None, target=None):
        if name not in MODULES:
            return None
        for finder in list(sys.meta_path):
            find_spec = None if finder is self else getattr(finder, "find_spec", None)
            spec = find_spec and find_spec(name, path, target)
            if spec:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = Loader(spec)
                return spec
        return None


class Loader(object):
    """Stands in for a loader during one import. Loaders may be shared or read-only, so they aren't changed."""

    def __init__(self, spec):
        self.spec = spec
        self.loader = spec.loader

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.spec.loader = module.__loader__ = self.loader
        self.loader.exec_module(module)
        keep_inside(module)


class ModuleFinder(object):
    """The same by the protocol before that (PEP 302)."""

    def find_module(self, name, path=None):
        if name not in MODULES:
            return None
        import imp

        try:
            self.found = imp.find_module(name.rpartition(".")[2], path)
        except ImportError:
            return None
        return self

    def load_module(self, name):
        import imp

        file = self.found[0]
        try:
            module = imp.load_module(name, *self.found)
        finally:
            if file is not None:
                file.close()
        keep_inside(module)
        return module


sys.meta_path.insert(0, SpecFinder() if sys.version_info >= (3, 4) else ModuleFinder())
