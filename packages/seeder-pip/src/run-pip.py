# Runs a pip that is in a wheel so that it installs into this Python's environment and nowhere else, with a name for the
# Python that commands are to be started with: the environment is not yet where it will be. On Python 2.7 and later.
#   executable=PATH  WHEEL/pip  ARGUMENTS...
import sys

# With `-c` that is the cwd: what is in there is not to be imported.
if sys.path[:1] == [""]:
    del sys.path[0]

import os  # noqa: E402
import runpy  # noqa: E402
import shutil  # noqa: E402
import tempfile  # noqa: E402


def forget_settings(home):
    """Takes away every setting that pip could take from its surroundings."""
    # pip asks other programs for their versions, and those create files in the home directory.
    os.environ["HOME"] = home
    # `--isolated` comes too late for some: PIP_PYTHON, for one, makes pip start itself with another Python.
    for name in list(os.environ):
        if name.upper().startswith(("PIP_", "_PIP_", "PYTHON", "DIST_EXTRA_CONFIG", "__PYVENV_LAUNCHER__", "XDG_")):
            del os.environ[name]
    # This value is documented to switch off all of pip's configuration files.
    os.environ["PIP_CONFIG_FILE"] = os.devnull


def main():
    # Older pips ask distutils where to install to, and that reads a setup.cfg in the cwd.
    cwd = tempfile.mkdtemp(prefix="vivarium-pip-")
    os.chdir(cwd)
    forget_settings(cwd)
    try:
        sys.executable = sys.argv[1][len("executable=") :]
        sys.argv = sys.argv[2:]
        runpy.run_path(sys.argv[0], run_name="__main__")
    finally:
        # Windows removes no directory that a process is in.
        os.chdir(os.path.dirname(cwd))
        shutil.rmtree(cwd, True)


main()
