# Prints as JSON what an interpreter's wheel tags follow from. It runs on Python 2.7 and on every Python 3.
import json
import os
import platform
import sys
import sysconfig

NAMES = ("EXT_SUFFIX", "SOABI", "Py_DEBUG", "Py_GIL_DISABLED", "WITH_PYMALLOC", "Py_UNICODE_SIZE", "py_version_nodot")
pypy = "__pypy__" in sys.builtin_module_names


def libc():
    try:
        return os.confstr("CS_GNU_LIBC_VERSION")
    except (AttributeError, ValueError):
        # Python 2.7 does not know the name.
        return " ".join(platform.libc_ver())


print(
    json.dumps(
        {
            "implementation": getattr(getattr(sys, "implementation", None), "name", "pypy" if pypy else "cpython"),
            "version": list(sys.version_info),
            "config": dict((name, sysconfig.get_config_var(name)) for name in NAMES),
            "platform": sysconfig.get_platform(),
            "libc": libc(),
            "maxunicode": sys.maxunicode,
            "machine": platform.machine(),
            "release": platform.release(),
            "system": platform.system(),
            "systemVersion": platform.version(),
        }
    )
)
