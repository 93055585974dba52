# Prints, as one JSON document between two marks, what this interpreter is. It runs on Python 2.7 and on every Python 3.
import sys

# Where there is no -I (before 3.4) the working directory is searched for modules first.
if sys.path and sys.path[0] == "":
    del sys.path[0]

import os
import struct
import sysconfig


# The first of these is what releases of virtualenv before 20 set.
base_prefix = getattr(sys, "real_prefix", None) or getattr(sys, "base_prefix", sys.prefix)
base_exec_prefix = getattr(sys, "real_prefix", None) or getattr(sys, "base_exec_prefix", sys.exec_prefix)


def text(value):
    """A path by its bytes: the locale, which may be "C", has no say in it."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8" if os.name == "posix" else sys.getfilesystemencoding(), "replace")
    if os.name == "posix" and hasattr(os, "fsencode"):
        return os.fsencode(value).decode("utf-8", "surrogateescape")
    return value


def absolute(value):
    return text(os.path.abspath(value)) if value else None


def implementation():
    name = getattr(getattr(sys, "implementation", None), "name", None)
    if name:
        return name
    if "__pypy__" in sys.builtin_module_names:
        return "pypy"
    return {"java": "jython", "cli": "ironpython"}.get(sys.platform[:4].rstrip("0123456789"), "cpython")


def implementation_version():
    version = getattr(sys, "pypy_version_info", None) or getattr(getattr(sys, "implementation", None), "version", None)
    return list(version) if version else None


def default_scheme():
    ask = getattr(sysconfig, "get_default_scheme", None) or getattr(sysconfig, "_get_default_scheme", None)
    return ask() if ask else None


def scheme():
    """The layout of an environment. What Debian puts first is for what an administrator installs, below "local"."""
    names = sysconfig.get_scheme_names()
    foreign = ("_local", "-local", "_user", "_library", "-deb", "deb_system")
    plain = ("pypy_nt", "nt") if os.name == "nt" else ("pypy", "posix_prefix")
    for name in ("venv", default_scheme()) + plain:
        if name in names and not name.endswith(foreign):
            break
    root = os.path.join(os.path.abspath(os.sep), "vivarium-root")
    bases = ("base", "platbase", "installed_base", "installed_platbase")
    paths = sysconfig.get_paths(name, dict.fromkeys(bases, root))
    # Some old releases of PyPy name a directory that does not exist.
    if not os.path.isdir(os.path.join(base_prefix, os.path.relpath(paths["stdlib"], root))):
        if os.path.isdir(stdlib()) and stdlib().startswith(base_prefix + os.sep):
            paths["stdlib"] = os.path.join(root, os.path.relpath(stdlib(), base_prefix))
    keys = ("scripts", "purelib", "platlib", "stdlib", "include")
    return dict((key, text(os.path.relpath(paths[key], root).replace(os.sep, "/"))) for key in keys)


def stdlib():
    loaded = os.path.dirname(os.path.abspath(os.__file__))
    return loaded if os.path.exists(loaded) else sysconfig.get_path("stdlib")


def can_import_venv():
    try:
        from importlib.util import find_spec
    except ImportError:
        try:
            from importlib import find_loader as find_spec
        except ImportError:
            return False
    try:
        return find_spec("venv") is not None
    except (ImportError, ValueError):
        return False


def is_externally_managed():
    directory = sysconfig.get_path("stdlib", default_scheme()) if default_scheme() else sysconfig.get_path("stdlib")
    return bool(directory) and os.path.isfile(os.path.join(directory, "EXTERNALLY-MANAGED"))


def shared_library():
    """The library that this process runs from. The build's configuration is no proof: Debian's says "shared" of both."""
    if sys.platform == "win32":
        debug = "_d" if hasattr(sys, "gettotalrefcount") else ""
        gil = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
        name = "python%d%d%s%s.dll" % (sys.version_info[0], sys.version_info[1], gil, debug)
        directory = os.path.dirname(getattr(sys, "_base_executable", None) or sys.executable)
        return [name, text(directory)] if os.path.isfile(os.path.join(directory, name)) else None
    paths = mapped_libraries()
    if paths is None:
        return configured_library()
    for path in paths:
        directory, name = os.path.split(path)
        if name.startswith((b"libpython", b"libpypy")) and b".so" in name and os.path.isfile(path):
            return [text(name if str is bytes else os.fsdecode(name)), text(directory if str is bytes else os.fsdecode(directory))]
    return None


def mapped_libraries():
    """The libraries in this process, by the bytes of their paths, where the system tells."""
    try:
        with open("/proc/self/maps", "rb") as maps:
            return [line.split(None, 5)[5].strip() for line in maps if b"/lib" in line]
    except (IOError, OSError, IndexError):
        return None


def libc():
    """Linux has two C libraries. The one in this process counts before the one that a static build was made for."""
    if not sys.platform.startswith("linux"):
        return None
    for path in mapped_libraries() or ():
        name = os.path.basename(path)
        if name.startswith((b"ld-musl-", b"libc.musl-")):
            return "musl"
        if name == b"libc.so.6" or name.startswith(b"libc-2."):
            return "glibc"
    built_for = str(config("HOST_GNU_TYPE"))
    return "musl" if "musl" in built_for else "glibc" if "gnu" in built_for else None


def libc_version():
    """Major and minor, of the C library in this process: the newest wheels for Linux that it can load."""
    if libc() == "glibc":
        try:
            said = os.confstr("CS_GNU_LIBC_VERSION") or ""
        except (AttributeError, OSError, ValueError):
            said = ""
        return numbers(said.split(" ")[-1])
    if libc() != "musl":
        return None
    for path in mapped_libraries() or ():
        if os.path.basename(path).startswith((b"ld-musl-", b"libc.musl-")):
            import subprocess

            try:
                told = subprocess.Popen([path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT).communicate()[0]
            except OSError:
                continue
            for line in told.decode("ascii", "replace").splitlines():
                if line.startswith("Version "):
                    return numbers(line[8:])
    return None


def system_version():
    """That of macOS: wheels for it name the oldest one that they run on."""
    if sys.platform != "darwin":
        return libc_version()
    import platform

    return numbers(platform.mac_ver()[0])


def numbers(version):
    parts = version.split(".")[:2]
    return [int(part) for part in parts] if len(parts) == 2 and all(part.isdigit() for part in parts) else None


def configured_library():
    shared, name, directory = sysconfig.get_config_vars("Py_ENABLE_SHARED", "INSTSONAME", "LIBDIR")
    found = shared and name and directory and os.path.isfile(os.path.join(directory, name))
    return [text(name), text(directory)] if found else None


def running_file():
    """The file that this process runs, where the system tells: a wrapper can make sys.executable another one."""
    try:
        return text(os.path.realpath("/proc/self/exe")) if os.path.islink("/proc/self/exe") else None
    except (IOError, OSError):
        return None


def tcl():
    """Tcl's and Tk's scripts, when they are in the interpreter's own directory and Tcl was built to look elsewhere."""
    directory = os.path.join(base_prefix, "lib")
    try:
        names = os.listdir(directory)
    except OSError:
        return None
    if os.name == "nt" or not any(os.path.isfile(os.path.join(directory, n, "init.tcl")) for n in names if n[:3] == "tcl"):
        return None
    try:
        import _tkinter

        interpreter = _tkinter.create(None, "", "Tk", 0, 0, 0)
        found = str(interpreter.eval("info library"))
        built_for = str(interpreter.eval("::tcl::pkgconfig get scriptdir,runtime"))
        set_by_python = str(interpreter.eval("info exists ::env(TCL_LIBRARY)")) == "1"
    except Exception:
        return None
    tk = os.path.join(os.path.dirname(found), "tk" + os.path.basename(found)[3:])
    if set_by_python or os.path.isfile(os.path.join(built_for, "init.tcl")) or not os.path.isdir(tk):
        return None
    return [absolute(found), absolute(tk)]


def listings():
    """What is in the directories that an environment may have to take files from, next to the executable."""
    directories = []
    if os.name == "nt":
        executable = getattr(sys, "_base_executable", None) or sys.executable
        directories += [os.path.dirname(executable), os.path.join(base_prefix, "DLLs")]
        directories += [os.path.join(stdlib(), "venv", "scripts", "nt")]
    if implementation() == "pypy" and base_prefix != "/usr":
        directories += [os.path.join(base_prefix, "lib")]
    if implementation().startswith("graal"):
        directories += [base_prefix, os.path.join(base_prefix, "lib")]
    return [[absolute(directory), sorted(text(name) for name in names_in(directory))] for directory in directories]


def names_in(directory):
    try:
        return os.listdir(directory)
    except OSError:
        return []


def written(value):
    """A value as JSON in ASCII. Debian's smallest Python has no json."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "{%s}" % ",".join("%s:%s" % (written(key), written(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "[%s]" % ",".join(written(item) for item in value)
    if isinstance(value, (str, type(u""))):
        return '"%s"' % "".join(escaped(character) for character in value)
    return str(int(value))


def escaped(character):
    number = ord(character)
    if 32 <= number < 127 and character not in '"\\':
        return character
    if number > 0xFFFF:
        number -= 0x10000
        return "\\u%04x\\u%04x" % (0xD800 + (number >> 10), 0xDC00 + (number & 0x3FF))
    return "\\u%04x" % number


config = sysconfig.get_config_var
answer = {
    "implementation": implementation(),
    "version": list(sys.version_info),
    "implementation_version": implementation_version(),
    "platform": sys.platform,
    "os": os.name,
    # By the width of a pointer: GraalPy's sys.maxsize is that of 32 bits.
    "bits": 8 * struct.calcsize("P"),
    "build_platform": sysconfig.get_platform(),
    "system_machine": os.uname()[4] if hasattr(os, "uname") else None,
    "libc": libc(),
    "system_version": system_version(),
    "soabi": text(config("SOABI")) or None,
    "is_free_threaded": bool(config("Py_GIL_DISABLED")),
    "is_debug": bool(config("Py_DEBUG")) or hasattr(sys, "gettotalrefcount"),
    "executable": absolute(sys.executable),
    "base_executable": absolute(getattr(sys, "_base_executable", None)),
    "running_file": running_file(),
    "prefix": absolute(sys.prefix),
    "base_prefix": absolute(base_prefix),
    "base_exec_prefix": absolute(base_exec_prefix),
    "stdlib": absolute(stdlib()),
    "scheme": scheme(),
    "shared_library": shared_library(),
    "framework": text(config("PYTHONFRAMEWORK")) or None,
    "abi_flags": getattr(sys, "abiflags", ""),
    "cache_tag": getattr(getattr(sys, "implementation", None), "cache_tag", None),
    "has_venv": can_import_venv(),
    "is_externally_managed": is_externally_managed(),
    "listings": listings(),
    "tcl": tcl(),
}

sys.stdout.flush()
document = (sys.argv[1][::-1] + written(answer) + sys.argv[2][::-1]).encode("ascii")
while document:
    document = document[os.write(1, document) :]
