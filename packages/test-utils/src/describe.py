"""Prints as JSON what a Python knows of itself and of its surroundings."""
import json
import site
import sys
import sysconfig


def version_of(module, attribute):
    try:
        return str(getattr(__import__(module, fromlist=[attribute]), attribute))
    except ImportError as error:
        return "none: %s" % error


print(
    json.dumps(
        {
            "prefix": sys.prefix,
            "exec_prefix": sys.exec_prefix,
            "base_prefix": sys.base_prefix,
            "base_exec_prefix": sys.base_exec_prefix,
            "executable": sys.executable,
            "base_executable": getattr(sys, "_base_executable", None),
            "version": sys.version,
            "abiflags": getattr(sys, "abiflags", ""),
            "path": sys.path,
            "paths": sysconfig.get_paths(),
            "makefile": sysconfig.get_makefile_filename(),
            "header": sysconfig.get_config_h_filename(),
            "library": sysconfig.get_config_var("LIBDIR"),
            "site_packages": site.getsitepackages(),
            "user_site": site.ENABLE_USER_SITE,
            "ssl": version_of("ssl", "OPENSSL_VERSION"),
            "ctypes": version_of("ctypes", "sizeof"),
            "sqlite3": version_of("sqlite3", "sqlite_version"),
        }
    )
)
