# Enter:  source bin/activate.xsh
# Leave:  deactivate
#
# It runs among its reader's own names, any of which may hide one of Python's. What does the work is therefore read by
# Python itself, apart from those. That is also what makes it fast: Python reads it in a twentieth of the time that xonsh
# takes for its own grammar. No value is part of the text.

def _vivarium_activate(*values):
    import builtins

    names = {}
    builtins.exec(r'''
def activate(file, is_program, root, prompt, tcl_library, tk_library, scripts_name, root_name, python_name):
    import builtins
    import os
    import sys

    session = builtins.__xonsh__
    env = session.env
    aliases = session.aliases

    # The place of this file decides, so that an environment may be moved.
    made = os.path.join(root, scripts_name, "activate.xsh")
    if not (os.path.exists(made) and os.path.samefile(made, file)):
        place = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(file)), root_name))
        if os.path.isfile(os.path.join(place, "pyvenv.cfg")):
            root = place
    if is_program:
        sys.stderr.write("activate.xsh changes the xonsh that reads it. Type there:  source @(%r)\n" % os.path.abspath(file))
        sys.exit(33)

    # Whatever is active in this shell, of ours or of another tool's, is deactivated first. Ours can be below that.
    if "VIRTUAL_ENV" in env and "deactivate" in aliases and callable(aliases["deactivate"]):
        aliases["deactivate"]([])
    if "_vivarium_leave" in session.__dict__:
        session._vivarium_leave()

    prompt = prompt or os.path.basename(root)
    lists = {
        "PATH": os.path.normpath(os.path.join(root, scripts_name)),
        "PKG_CONFIG_PATH": os.path.join(root, "lib", "pkgconfig"),
    }
    values = {"VIRTUAL_ENV": root, "VIRTUAL_ENV_PROMPT": prompt, "PYTHONHOME": None}
    if tcl_library:
        values.update(TCL_LIBRARY=tcl_library, TK_LIBRARY=tk_library)
    inherited = env.detype().get("VIRTUAL_ENV")
    if inherited and os.path.realpath(inherited) == os.path.realpath(root):
        # A shell above has activated this very environment: what it did is this activation's to take back.
        for name, own in lists.items():
            if name in env.detype():
                gone = (own, own + os.sep, os.path.join(inherited, os.path.relpath(own, root)))
                env[name] = [entry for entry in env[name] if entry not in gone]
                if name != "PATH" and not env[name]:
                    del env[name]
        for name in ("VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT"):
            if name in env.detype():
                del env[name]
    before = env.detype().copy()
    old = {name: [entry for entry in env[name]] if name in before else [] for name in lists}

    def put(name, value):
        if value is not None:
            env[name] = value
        elif name in env.detype():
            del env[name]

    def show_name():
        if env.get("VIRTUAL_ENV_DISABLE_PROMPT"):
            return ""
        fields = env["PROMPT_FIELDS"]
        # What a field gives is read once more, for colours in braces.
        shown = prompt.replace("{", "{{").replace("}", "}}")
        return fields.get("env_prefix", "(") + shown + fields.get("env_postfix", ") ")

    def leave(args=None):
        for name, own in lists.items():
            if name in env.detype():
                entries = env[name]
                texts = [entry for entry in entries]
                length = len(new[name])
                starts = [index for index, entry in enumerate(texts) if texts[index:index + length] == new[name]]
                if starts and old[name]:
                    # In one piece it becomes what it was: whatever removes duplicates has lost an equal entry there.
                    for index in reversed(range(starts[0], starts[0] + length)):
                        del entries[index]
                    for entry in reversed(kept[name]):
                        entries.insert(starts[0], entry)
                elif own in texts:
                    del entries[texts.index(own)]
                    if own in old[name] and texts.count(own) == 1:
                        entries.append(own)
                put(name, entries if name in before or entries else None)
        # What was inherited counts only if it names another environment, which commands are still found in.
        outer = before.get("VIRTUAL_ENV")
        scripts = [os.path.join(outer, part) for part in (scripts_name, "bin")] if outer else []
        if not [entry for entry in env.get("PATH", []) if entry.rstrip(os.sep) in scripts]:
            before.pop("VIRTUAL_ENV", None)
            before.pop("VIRTUAL_ENV_PROMPT", None)
        # What was changed in the meantime stays.
        for name, own in values.items():
            if env.detype().get(name) == own:
                put(name, before.get(name))
        if env["PROMPT_FIELDS"].get("env_name") is show_name:
            env["PROMPT_FIELDS"]["env_name"] = their_name
        for name, own in own_aliases.items():
            if name in aliases and aliases[name] is own:
                del aliases[name]
                if name in their_aliases:
                    aliases[name] = their_aliases[name]
        del session._vivarium_leave

    kept = {}
    new = {}
    # In the shell's own thread.
    leave.__xonsh_threadable__ = False

    for name, own in lists.items():
        entries = env[name] if name in before else []
        # In the form in which the user has written them: xonsh expands what it gives.
        kept[name] = [entry for entry in getattr(entries, "_l", entries)]
        entries.insert(0, own)
        env[name] = entries
        new[name] = [entry for entry in env[name]]
    for name, own in values.items():
        put(name, own)

    their_name = env["PROMPT_FIELDS"].get("env_name")
    env["PROMPT_FIELDS"]["env_name"] = show_name

    their_aliases = {name: aliases[name] for name in ("deactivate", "pydoc") if name in aliases}
    aliases["deactivate"] = leave
    if "pydoc" not in their_aliases:
        aliases["pydoc"] = [os.path.normpath(os.path.join(root, python_name)), "-m", "pydoc"]
    own_aliases = {name: aliases[name] for name in ("deactivate", "pydoc")}
    session._vivarium_leave = leave

''', names)
    names["activate"](*values)


try:
    _vivarium_activate(
        __file__,
        __name__ == "__main__",
        __VIVARIUM_DESTINATION__,
        __VIVARIUM_PROMPT__,
        __VIVARIUM_TCL__,
        __VIVARIUM_TK__,
        __VIVARIUM_SCRIPTS__,
        __VIVARIUM_ROOT__,
        __VIVARIUM_PYTHON__,
    )
finally:
    del _vivarium_activate
