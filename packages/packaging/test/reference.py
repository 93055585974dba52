# Answers questions with PyPI's packaging, which is in the wheel that is the first argument. Standard input is one JSON
# list of questions, [kind, argument …]; standard output is one JSON list of answers.
import collections
import json
import os
import sys

sys.path.insert(0, sys.argv[1])


def attempt(answer, *arguments):
    try:
        return answer(*arguments)
    except (RecursionError, ImportError):
        raise
    except Exception as error:
        return {"error": type(error).__name__}


def version(text):
    from packaging.utils import canonicalize_version
    from packaging.version import Version

    read = Version(text)
    return [str(read), canonicalize_version(text), read.public, read.is_prerelease]


def compare(left, right):
    from packaging.version import Version

    a, b = Version(left), Version(right)
    return -1 if a < b else 1 if a > b else 0


def satisfies(specifiers, text, prereleases):
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(specifiers).contains(text, prereleases=prereleases)


def choose(specifiers, texts, prereleases):
    from packaging.specifiers import SpecifierSet

    return list(SpecifierSet(specifiers).filter(texts, prereleases=prereleases))


def specifiers(text):
    from packaging.specifiers import SpecifierSet

    return sorted(str(clause) for clause in SpecifierSet(text))


def requirement(text):
    from packaging.requirements import Requirement

    read = Requirement(text)
    clauses = sorted(str(clause) for clause in read.specifier)
    return [read.name, sorted(read.extras), clauses, read.url, read.marker is not None]


def marker(text, environment, context):
    from packaging.markers import Marker

    values = dict(environment)
    for field in ("extras", "dependency_groups"):
        if field in values:
            values[field] = frozenset(values[field])
    return Marker(text).evaluate(values, context=context)


def environment():
    from packaging.markers import default_environment

    return default_environment()


def wheel(name):
    from packaging.utils import parse_wheel_filename

    project, number, build, tags = parse_wheel_filename(name)
    return [project, str(number), [str(part) for part in build], sorted(str(tag) for tag in tags)]


def sdist(name):
    from packaging.utils import parse_sdist_filename

    project, number = parse_sdist_filename(name)
    return [project, str(number)]


def tags():
    from packaging.tags import sys_tags

    return [str(tag) for tag in sys_tags()]


def platforms(family, *arguments):
    from packaging import tags

    lists = {"macos": tags.mac_platforms, "ios": tags.ios_platforms, "android": tags.android_platforms}
    return list(lists[family](*[tuple(each) if isinstance(each, list) else each for each in arguments]))


def tags_as(facts):
    """The tags that an interpreter with these facts has, as packaging finds them in the standard library."""
    import platform
    import struct
    import sysconfig

    Version = collections.namedtuple("Version", "major minor micro releaselevel serial")
    bits, config = facts.get("bits", 64), facts["config"]
    system = {"linux": "Linux", "macosx": "Darwin", "win": "Windows", "win32": "Windows"}
    replaced = [
        (struct, "calcsize", lambda _: bits // 8),
        (sysconfig, "get_config_var", config.get),
        (sysconfig, "get_platform", lambda: facts["platform"]),
        (platform, "system", lambda: system.get(facts["platform"].split("-")[0], "Other")),
        (platform, "mac_ver", lambda: (facts.get("macos"), ("", "", ""), facts.get("machine"))),
        (os, "confstr", lambda _: facts.get("libc")),
        (sys, "implementation", collections.namedtuple("Implementation", "name cache_tag")(facts["implementation"], "x")),
        (sys, "maxunicode", facts.get("maxunicode", 0x10FFFF)),
        (sys, "version_info", Version(*facts["version"])),
    ]
    forget()
    if bits == 32:
        # The width of a pointer is looked at when the module is loaded.
        original, struct.calcsize = struct.calcsize, lambda _: 4
        import packaging.tags

        struct.calcsize = original
    from packaging.tags import sys_tags

    originals = [getattr(holder, name) for holder, name, _ in replaced]
    try:
        for holder, name, value in replaced[1:]:
            setattr(holder, name, value)
        if facts.get("windowsDebug"):
            sys.gettotalrefcount = lambda: 0
        return [str(tag) for tag in sys_tags()]
    finally:
        for (holder, name, _), value in zip(replaced, originals):
            setattr(holder, name, value)
        if facts.get("windowsDebug"):
            del sys.gettotalrefcount
        forget()


def forget():
    for name in [name for name in sys.modules if name.split(".")[0] == "packaging"]:
        del sys.modules[name]


KINDS = dict(
    version=version,
    compare=compare,
    satisfies=satisfies,
    choose=choose,
    specifiers=specifiers,
    requirement=requirement,
    marker=marker,
    environment=environment,
    wheel=wheel,
    sdist=sdist,
    tags=tags,
    platforms=platforms,
    tags_as=tags_as,
)
questions = json.load(sys.stdin)
json.dump([attempt(KINDS[question[0]], *question[1:]) for question in questions], sys.stdout)
