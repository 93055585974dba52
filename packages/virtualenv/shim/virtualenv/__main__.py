"""``python -m virtualenv``: hands its arguments to vivarium's ``virtualenv`` command. For Python 2.7 and 3.6 upwards."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    command = find_command()
    if command is None:
        sys.stderr.write(
            "virtualenv: error: there is no vivarium-virtualenv on PATH "
            "(npm install --global @vivarium/virtualenv, or set VIVARIUM_VIRTUALENV to the command)\n"
        )
        return 1
    # As virtualenv does, the Python that runs this is taken unless another is asked for.
    environment = dict(os.environ, VIVARIUM_HOST_PYTHON=sys.executable)
    arguments = command + sys.argv[1:]
    if os.name == "nt":  # There exec starts a second process, and the caller would not wait for it.
        return subprocess.call(arguments, env=environment)
    os.execvpe(arguments[0], arguments, environment)


def find_command():
    """The words that start the command: named by a variable, or in whose package this file is, or from PATH.

    Never a ``virtualenv`` from PATH: that one may be PyPA's, and would import this very package.
    """
    named = os.environ.get("VIVARIUM_VIRTUALENV")
    if named:
        return [named]
    script = os.path.join(os.path.dirname(os.path.dirname(HERE)), "dist", "bin.cjs")
    node = find_program("node")
    if node is not None and os.path.isfile(script):
        return [node, script]
    program = find_program("vivarium-virtualenv")
    return None if program is None else [program]


def find_program(name):
    names = [name + ".exe", name + ".cmd"] if os.name == "nt" else [name]
    for directory in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for each in names:
            path = os.path.join(directory, each)
            if directory and os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


if __name__ == "__main__":
    sys.exit(main())
