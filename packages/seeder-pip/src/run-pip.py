# Runs a pip that is in a wheel, with a name for the Python that commands are to be started with: the environment is not
# yet where it will be. On Python 2.7 and later.
#   executable=PATH  WHEEL/pip  ARGUMENTS...
import sys

# With `-c` that is the working folder: whatever lies there is not to be imported.
if sys.path[:1] == [""]:
    del sys.path[0]

import runpy  # noqa: E402

sys.executable = sys.argv[1][len("executable=") :]
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
