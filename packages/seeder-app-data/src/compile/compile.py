# Builds a second image out of a first one: the same files by hard link, and their byte code next to them. It runs on
# Python 2.7 and later, started by the interpreter that the byte code is for. The one argument is JSON:
#   {"image": directory, "staging": directory, "target": directory or null, "claim": directory or null}
# With a target, the staging directory is created here and renamed to the target when all is done.
import hashlib
import io
import json
import os
import py_compile
import shutil
import sys


def main(job):
    if job["target"] is not None:
        # Not with its parents: a cache that was removed in the meantime stays removed.
        os.mkdir(job["staging"], 0o700)
    try:
        copy_image(job["image"], job["staging"])
        compile_image(job["staging"])
        if job["target"] is not None:
            os.rename(job["staging"], job["target"])
    except BaseException:
        shutil.rmtree(job["staging"], True)
        # Another process was faster and has published the same.
        if job["target"] is None or not os.path.isdir(job["target"]):
            raise
    if job["claim"] is not None:
        shutil.rmtree(job["claim"], True)


def copy_image(image, staging):
    for directory, directories, files in os.walk(image):
        place = os.path.join(staging, os.path.relpath(directory, image))
        for name in directories:
            os.mkdir(os.path.join(place, name))
        for name in files:
            copy_file(os.path.join(directory, name), os.path.join(place, name))


def copy_file(source, path):
    try:
        os.link(source, path)
    except (AttributeError, OSError):
        # With its times: byte code of old versions is valid by them.
        shutil.copy2(source, path)


def compile_image(staging):
    manifest_path = os.path.join(staging, "manifest.json")
    with io.open(manifest_path, encoding="utf-8") as file:
        manifest = json.load(file)
    root = os.path.join(staging, native(manifest["tree"]))
    for tree in manifest["trees"]:
        if tree["scheme"] not in ("purelib", "platlib"):
            continue
        base = os.path.join(root, native(tree["scheme"]))
        made = [name for name in map(lambda name: compile_file(base, name), tree["files"]) if name]
        tree["files"] += made
        tree["directories"] = sorted(set(tree["directories"] + [parent for parent in map(directory_of, made) if parent]))
        if tree["scheme"] == manifest["root"]:
            record = manifest["distInfo"] + "/RECORD"
            replace(place_of(base, record), lambda text: text + "".join(quote(name) + ",,\n" for name in made))
            stamp(place_of(base, record), manifest)
        for name in made:
            stamp(place_of(base, name), manifest)
    describe(root, manifest)
    replace(manifest_path, lambda text: json.dumps(manifest))


def stamp(path, manifest):
    """Gives a file the time of all others, in whole seconds; what the file system made of it is looked at below."""
    if manifest["mtime"] is None:
        return
    seconds = manifest["mtime"] // 1000
    try:
        os.utime(path, (os.stat(path).st_atime, seconds))
    except OSError:
        pass


def describe(root, manifest):
    """Writes down what the files are, as is done when the image without byte code is built."""
    digest = hashlib.sha256()
    for scheme, tree in [(tree["scheme"], tree) for tree in manifest["trees"]] + [("linked", manifest["linked"])]:
        base = os.path.join(root, native(scheme))
        found = [os.lstat(place_of(base, name)) for name in tree["files"]]
        tree["sizes"] = [stats.st_size for stats in found]
        tree["modes"] = [stats.st_mode for stats in found]
        if any(stats.st_mtime * 1000 != manifest["mtime"] for stats in found):
            manifest["mtime"] = None
        for name in tree["files"]:
            with io.open(place_of(base, name), "rb") as file:
                contents = file.read()
            digest.update(("%s/%s\0%d\0" % (scheme, name, len(contents))).encode("utf-8"))
            digest.update(contents)
    manifest["digest"] = text_of(digest.hexdigest())


def compile_file(base, name):
    """Compiles one file and returns the name of what was created; a file that this version can't read has no byte code."""
    if not name.endswith(".py"):
        return None
    path = place_of(base, name)
    # A path that starts at site-packages: what the import system finds the file by, it puts in itself.
    options = {"dfile": native(name), "doraise": True}
    if hasattr(py_compile, "PycInvalidationMode"):
        # The source is immutable, so it need not be looked at (PEP 552).
        options["invalidation_mode"] = py_compile.PycInvalidationMode.UNCHECKED_HASH
    try:
        made = py_compile.compile(path, **options) or path + "c"
    except py_compile.PyCompileError:
        return None
    os.chmod(made, 0o644)
    return text_of(os.path.relpath(made, base)).replace(os.sep, "/")


def replace(path, change):
    with io.open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    # It is a link to the first image's file.
    os.unlink(path)
    with io.open(path, "w", encoding="utf-8", newline="") as file:
        changed = change(text)
        file.write(changed if isinstance(changed, type(text)) else changed.decode("utf-8"))
    os.chmod(path, 0o644)


def place_of(base, name):
    return os.path.join(base, *[native(part) for part in name.split("/")])


def directory_of(name):
    return name.rpartition("/")[0]


def quote(name):
    return '"' + name.replace('"', '""') + '"' if "," in name or '"' in name else name


def native(text):
    """Text as paths are in this version: bytes in Python 2."""
    return text if isinstance(text, str) else text.encode("utf-8")


def text_of(path):
    return path.decode("utf-8") if isinstance(path, bytes) else path


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    failed = False
    for item in json.loads(sys.argv[1]):
        try:
            main(dict((key, value if value is None else native(value)) for key, value in item.items()))
        except Exception as error:
            failed = True
            sys.stderr.write("%s: %s\n" % (type(error).__name__, error))
    sys.exit(1 if failed else 0)
