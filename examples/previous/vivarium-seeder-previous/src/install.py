"""Unpacks wheels into the site-packages of the Python that runs this, and writes the commands that they declare."""
import configparser
import os
import sys
import sysconfig
import zipfile

COMMAND = """#!{python}
import sys
from {module} import {name}
sys.exit({function}())
"""

scripts, library, *wheels = sys.argv[1:]
for wheel in wheels:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(library)
        listed = [name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt")]
        entry_points = configparser.ConfigParser(delimiters=("=",))
        entry_points.optionxform = str
        for name in listed:
            entry_points.read_string(archive.read(name).decode("utf-8"))
    for command, target in entry_points["console_scripts"].items() if "console_scripts" in entry_points else ():
        module, function = target.split("[")[0].strip().split(":")
        path = os.path.join(scripts, command)
        name = function.split(".")[0]
        with open(path, "w", encoding="utf-8") as file:
            file.write(COMMAND.format(python=sys.executable, module=module, name=name, function=function))
        os.chmod(path, 0o755)
