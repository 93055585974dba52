# -*- coding: utf-8 -*-
"""Lets the Python that is running use this environment, without starting another.

    import runpy
    runpy.run_path("path/to/activate_this.py")

What it changes lasts until the process ends. Running it again changes nothing more.
"""


def _activate(file, is_main):
    # All names are local: who executes this text in a namespace of their own finds nothing of theirs overwritten.
    import os
    import site
    import sys

    call = "import runpy; runpy.run_path(%r)"
    as_made = call % os.path.join(__VIVARIUM_DESTINATION__, __VIVARIUM_SCRIPTS__, "activate_this.py")
    if file is None:
        raise RuntimeError("without __file__, activate_this.py can't tell where it is. Run it so: " + as_made)
    if not isinstance(file, str):
        file = os.fsdecode(file) if hasattr(os, "fsdecode") else file.encode(sys.getfilesystemencoding() or "utf-8")
    file = os.path.abspath(file)

    # The place of this file decides, so that an environment may be moved.
    for place in (file, os.path.realpath(file)):
        root = os.path.normpath(os.path.join(os.path.dirname(place), __VIVARIUM_ROOT__))
        if os.path.isfile(os.path.join(root, "pyvenv.cfg")):
            break
    else:
        raise RuntimeError("%r is in no environment. To run activate_this.py of one: %s" % (file, as_made))
    if is_main and os.path.basename(file) == "activate_this.py" and os.path.abspath(sys.argv[0]) == file:
        sys.exit("activate_this.py changes the Python that runs it, and this one ends now. Type in it: " + call % file)

    prompt = __VIVARIUM_PROMPT__
    if hasattr(os, "fsdecode") and os.name != "nt":
        # Also in a locale that can't express it.
        prompt = os.fsdecode(prompt.encode("utf-8"))

    variables = os.environ
    variables["VIRTUAL_ENV"] = root
    variables["VIRTUAL_ENV_PROMPT"] = prompt or os.path.basename(root)
    scripts = os.path.normpath(os.path.join(root, __VIVARIUM_SCRIPTS__))
    for name, own in (("PATH", scripts), ("PKG_CONFIG_PATH", os.path.join(root, "lib", "pkgconfig"))):
        value = variables.get(name)
        others = value.split(os.pathsep) if value else []
        variables[name] = os.pathsep.join([own] + [entry for entry in others if entry != own])
    variables.pop("PYTHONHOME", None)
    for name, directory in (("TCL_LIBRARY", __VIVARIUM_TCL__), ("TK_LIBRARY", __VIVARIUM_TK__)):
        if directory:
            variables[name] = directory

    if sys.prefix == root:
        return
    libraries = []
    for library in (__VIVARIUM_PURELIB__, __VIVARIUM_PLATLIB__):
        library = os.path.normpath(os.path.join(root, library))
        if library not in libraries:
            libraries.append(library)
    sys.path[:] = [entry for entry in sys.path if entry not in libraries]
    known = list(sys.path)
    for library in libraries:
        site.addsitedir(library)
    sys.path[:] = [entry for entry in sys.path if entry not in known] + known

    if not hasattr(sys, "real_prefix"):
        sys.real_prefix = sys.prefix
    sys.prefix = sys.exec_prefix = root


_activate(globals().get("__file__"), __name__ == "__main__")
