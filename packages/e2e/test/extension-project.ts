import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a package is built: by the setuptools of the environment, or, where there is none, by a module of its own. */
export type Builder = 'setuptools' | 'own';

/** Writes the sources of a package with an extension module in C and a command `ask`, and returns their directory. */
export function extensionProject(directory: string, builder: Builder): string {
  const project = join(directory, 'project');
  mkdirSync(project);
  const files = { 'ask.py': ASK, 'answer.c': ANSWER, ...(builder === 'own' ? OWN : { 'setup.py': SETUP }) };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  return project;
}

const ASK = `import sys

def main():
    import answer
    print("%d in %s" % (answer.answer(), sys.prefix))
`;

// The limited interface has what Python 2.7, 3.6 to 3.15 and PyPy have in common, but for the start.
const ANSWER = `#include <Python.h>

static PyObject *answer(PyObject *self, PyObject *unused) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

#if PY_MAJOR_VERSION == 2
PyMODINIT_FUNC initanswer(void) { Py_InitModule("answer", methods); }
#else
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "answer", NULL, -1, methods};
PyMODINIT_FUNC PyInit_answer(void) { return PyModule_Create(&module); }
#endif
`;

const SETUP = `from setuptools import setup, Extension

setup(
    name="answer",
    version="1.0",
    py_modules=["ask"],
    ext_modules=[Extension("answer", ["answer.c"])],
    entry_points={"console_scripts": ["ask = ask:main"]},
)
`;

// What PEP 517 asks of a backend, and no more.
const OWN = {
  'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'backend.py': `import os, subprocess, sysconfig, zipfile

def build_wheel(directory, config_settings=None, metadata_directory=None):
    module = "answer" + sysconfig.get_config_var("EXT_SUFFIX")
    subprocess.check_call(["cc", "-shared", "-fPIC", "-I" + sysconfig.get_path("include"), "answer.c", "-o", module])
    info = "answer-1.0.dist-info/"
    texts = {
        info + "METADATA": "Metadata-Version: 2.1\\nName: answer\\nVersion: 1.0\\n",
        info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: false\\nTag: py3-none-any\\n",
        info + "entry_points.txt": "[console_scripts]\\nask = ask:main\\n",
    }
    names = ["ask.py", module] + list(texts) + [info + "RECORD"]
    texts[info + "RECORD"] = "".join(name + ",,\\n" for name in names)
    with zipfile.ZipFile(os.path.join(directory, "answer-1.0-py3-none-any.whl"), "w") as wheel:
        for name in ("ask.py", module):
            wheel.write(name)
        for name, text in texts.items():
            wheel.writestr(name, text)
    return "answer-1.0-py3-none-any.whl"
`,
};
