"""Runs commands, one at a time, and says what each took: a line of JSON in, a line of JSON out.

Node can't tell what its child processes used; wait4 can. What a command leaves running is handed to this process (Linux
alone can do that), so that it can be waited for before the next command starts.
"""
import ctypes
import json
import os
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(argv, env, cwd, stderr):
    os.chdir(cwd)
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, stderr, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    start = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, env, file_actions=files)
    while True:
        ended, status, usage = os.wait4(pid, 0)
        if ended == pid:
            break
    wall = time.perf_counter() - start
    return {
        "status": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status),
        "wall": wall * 1000,
        "cpu": (usage.ru_utime + usage.ru_stime) * 1000,
        # Kilobytes, but for macOS, which has bytes.
        "memory": usage.ru_maxrss / (1000 if sys.platform != "darwin" else 1_000_000),
        "behind": wait_for_the_rest(),
    }


def wait_for_the_rest():
    behind = 0
    while True:
        try:
            _, _, usage = os.wait3(0)
        except ChildProcessError:
            return behind * 1000
        behind += usage.ru_utime + usage.ru_stime


for line in sys.stdin:
    try:
        answer = run(**json.loads(line))
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps(answer), flush=True)
