"""Runs CPython's own path logic for Windows over an environment that is described on standard input.

The interpreter's test suite carries the means to do so on any system. Prints what the interpreter would take for its
places and search for modules.
"""
import json
import sys
from test.test_getpath import SOURCE, MockNTNamespace

case = json.load(sys.stdin)
namespace = MockNTNamespace(
    argv0=case["started"],
    real_executable=case["started"],
    library=case["library"],
    PYWINVER="%d.%d" % sys.version_info[:2],
    VERSION_MAJOR=sys.version_info[0],
    VERSION_MINOR=sys.version_info[1],
    **({"ENV___PYVENV_LAUNCHER__": case["launcher"]} if "launcher" in case else {})
)
for path in case["executables"]:
    namespace.add_known_xfile(path)
for path, lines in case["files"].items():
    namespace.add_known_file(path, lines)
exec(SOURCE, namespace)
keys = ("executable", "base_executable", "base_prefix", "module_search_paths")
print(json.dumps({key: namespace["config"].get(key) for key in keys}))
