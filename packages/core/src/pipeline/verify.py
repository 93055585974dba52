"""Asks the Python of a new environment what it is, and compares that with what was planned.

Runs on Python 2.7 and on every 3.x. Ends with 1 and a line for each difference; or with a last line that is the first
argument read backwards.
"""
import sys

# Where isolated mode isn't known, that is the working directory: whatever is there is not to be imported.
if sys.path[:1] == [""]:
    del sys.path[0]

import json
import os
import struct
import subprocess
import sysconfig

mark, prefix = sys.argv[1:3]
planned = json.loads(sys.argv[3])
differences = []


def same(what, planned_value, value):
    if planned_value != value:
        differences.append("%s is %s and not %s" % (what, value, planned_value))


def imported(module):
    """A module; of one that fails, however it does, the failure."""
    try:
        return __import__(module)
    except Exception as failure:
        return failure


def base_can_import(module):
    code = "import " + module
    return subprocess.call([planned["base"], "-I" if sys.version_info[0] > 2 else "-E", "-c", code]) == 0


same("sys.prefix", os.path.realpath(prefix), os.path.realpath(sys.prefix))
same("the version", planned["version"], list(sys.version_info[:3]))
same("free-threaded", planned["isFreeThreaded"], bool(sysconfig.get_config_var("Py_GIL_DISABLED")))
same("the width of a pointer", planned["bits"], 8 * struct.calcsize("P"))
for name in planned["modules"]:
    outcome = imported(name)
    if isinstance(outcome, Exception) and base_can_import(name):
        differences.append("the module %s can't be imported, though the base can: %s" % (name, outcome))
for name, version in planned["packages"]:
    outcome = imported(name)
    if isinstance(outcome, Exception):
        differences.append("the package %s can't be imported: %s" % (name, outcome))
    else:
        same("the version of " + name, version, outcome.__version__)

for difference in differences:
    print(difference)
if differences:
    sys.exit(1)
print(mark[::-1])
