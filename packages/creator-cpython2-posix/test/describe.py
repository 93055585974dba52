"""Prints as JSON what a Python 2.7 knows of itself and of its surroundings."""
import ctypes
import distutils.sysconfig
import json
import os
import site
import sqlite3
import ssl
import sys
import sysconfig

print(
    json.dumps(
        {
            "prefixes": [sys.prefix, sys.exec_prefix],
            "base_prefixes": [sys.base_prefix, sys.base_exec_prefix, sys.real_prefix],
            "executable": sys.executable,
            "path": sys.path[1:],
            "os": os.__file__.replace(".pyc", ".py"),
            "site": site.__file__.replace(".pyc", ".py"),
            "paths": sysconfig.get_paths(),
            "makefile": [sysconfig._get_makefile_filename(), distutils.sysconfig.get_makefile_filename()],
            "header": [sysconfig.get_config_h_filename(), distutils.sysconfig.get_config_h_filename()],
            "python_lib": distutils.sysconfig.get_python_lib(),
            "standard_lib": distutils.sysconfig.get_python_lib(standard_lib=1),
            "site_packages": site.getsitepackages(),
            "user_site": site.ENABLE_USER_SITE,
            "no_user_site": sys.flags.no_user_site,
        }
    )
)
