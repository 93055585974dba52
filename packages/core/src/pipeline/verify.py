"""Asks the Python of a new environment what it is, and compares that with what was planned.

Runs on Python 2.7 and on every 3.x. Ends with 1 and a line for each difference.
"""
import sys

# Where isolated mode isn't known, that is the working folder: whatever lies there is not to be imported.
if sys.path[:1] == [""]:
    del sys.path[0]

import json
import os
import subprocess
import sysconfig

planned = json.loads(sys.argv[1])
place = sys.argv[2]
differences = []


def same(what, planned_value, value):
    if planned_value != value:
        differences.append("%s is %s and not %s" % (what, value, planned_value))


def can_import(module):
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def base_can_import(module):
    code = "import " + module
    return subprocess.call([planned["base"], "-I" if sys.version_info[0] > 2 else "-E", "-c", code]) == 0


same("sys.prefix", os.path.realpath(place), os.path.realpath(sys.prefix))
same("the version", planned["version"], list(sys.version_info[:3]))
same("free-threaded", planned["isFreeThreaded"], bool(sysconfig.get_config_var("Py_GIL_DISABLED")))
for name in planned["modules"]:
    if not can_import(name) and base_can_import(name):
        differences.append("the module %s can't be imported, though the base can" % name)
for name in planned["packages"]:
    if not can_import(name):
        differences.append("the package %s can't be imported" % name)

for difference in differences:
    print(difference)
sys.exit(1 if differences else 0)
