# Has the pip of an environment do several things, one after the other, in one process: its argument is a list of command
# lines as JSON. The first that fails ends it.
import json
import sys

from pip._internal.cli.main import main

for arguments in json.loads(sys.argv[1]):
    code = main([str(argument) for argument in arguments])
    if code:
        sys.exit(code)
