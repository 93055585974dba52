"""Runs scripts, one after the other, and prints what the process looks like before them and after each."""
import json
import os
import runpy
import subprocess
import sys


def native(text):
    return text.encode("utf-8") if str is bytes else os.fsdecode(text.encode("utf-8"))


def readable(value):
    if not isinstance(value, bytes):
        value = os.fsencode(value)
    return value.decode("utf-8")


def state():
    pairs = getattr(os, "environb", os.environ).items()
    return {
        "variables": dict((readable(name), readable(value)) for name, value in pairs),
        "path": [readable(entry) for entry in sys.path],
        "prefix": readable(sys.prefix),
        "execPrefix": readable(sys.exec_prefix),
        "realPrefix": readable(sys.real_prefix) if hasattr(sys, "real_prefix") else None,
    }


with open(sys.argv[1], "rb") as file:
    scripts = json.loads(file.read().decode("utf-8"))
states = [state()]
for script in scripts:
    runpy.run_path(native(script))
    states.append(state())
child = subprocess.Popen(["/usr/bin/env", "-0"], stdout=subprocess.PIPE).communicate()[0].decode("utf-8")
print(json.dumps({"states": states, "child": child}))
