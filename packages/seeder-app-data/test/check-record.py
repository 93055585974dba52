# Compares each RECORD of an environment with what is there: files that are listed and missing, listed with another
# hash or size, there and not listed, or listed twice. Prints one line for each.
import base64, csv, hashlib, os, sys

root, site = sys.argv[1:]
listed = set()
for entry in sorted(os.listdir(site)):
    record = os.path.join(site, entry, "RECORD")
    if not entry.endswith(".dist-info"):
        continue
    with open(record) as file:
        for path, digest, size in csv.reader(file):
            full = os.path.normpath(os.path.join(site, path))
            if full in listed:
                print("twice: %s" % path)
            listed.add(full)
            if not os.path.isfile(full):
                print("missing: %s" % path)
                continue
            with open(full, "rb") as content:
                data = content.read()
            if digest:
                name, _, value = digest.partition("=")
                actual = base64.urlsafe_b64encode(hashlib.new(name, data).digest()).decode().rstrip("=")
                if actual != value or len(data) != int(size):
                    print("differs: %s" % path)
for directory, _, files in os.walk(site):
    for name in files:
        full = os.path.join(directory, name)
        if full not in listed and "_distutils_hook" not in name and not name.startswith(("_vivarium", "_virtualenv", "distutils_")):
            print("unlisted: %s" % os.path.relpath(full, site))
