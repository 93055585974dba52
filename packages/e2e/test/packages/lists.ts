/** Who writes a lock. */
export type LockWriter = 'pip' | 'uv' | 'pdm' | 'hashes';

/** Packages that people install together. */
export interface RealList {
  readonly name: string;
  readonly requirements: readonly string[];
  /** Which Pythons, each with the writer of its lock. */
  readonly pythons: Readonly<Record<string, LockWriter>>;
  readonly imports: readonly string[];
  /** Commands that are asked for their version, with the word that does it. */
  readonly commands: Readonly<Record<string, string>>;
}

export const REAL_LISTS: readonly RealList[] = [
  {
    name: 'django and psycopg',
    requirements: ['django', 'djangorestframework', 'requests', 'psycopg[binary]', 'gunicorn'],
    pythons: { '3.13': 'pip', '3.12': 'uv', '3.11': 'pdm' },
    imports: ['django', 'rest_framework', 'requests', 'psycopg', 'gunicorn'],
    commands: { 'django-admin': '--version', gunicorn: '--version', normalizer: '--version' },
  },
  {
    name: 'numpy, pandas, scipy, matplotlib and pillow',
    requirements: ['numpy', 'pandas', 'scipy', 'matplotlib', 'pillow'],
    pythons: { '3.13': 'uv', '3.12': 'pdm', '3.11': 'pip' },
    imports: ['numpy', 'pandas', 'scipy.linalg', 'matplotlib.pyplot', 'PIL.Image'],
    commands: { f2py: '-v', fonttools: '--help' },
  },
  {
    name: 'fastapi and sqlalchemy',
    requirements: ['fastapi', 'uvicorn[standard]', 'pydantic', 'httpx', 'sqlalchemy'],
    pythons: { '3.13': 'pdm', '3.12': 'pip', '3.11': 'uv' },
    imports: ['fastapi', 'uvicorn', 'pydantic', 'httpx', 'sqlalchemy', 'uvloop', 'watchfiles'],
    commands: { uvicorn: '--version', dotenv: '--version', watchfiles: '--version' },
  },
  {
    name: 'jupyterlab',
    requirements: ['jupyterlab'],
    pythons: { '3.13': 'pip', '3.12': 'uv', '3.11': 'pdm' },
    imports: ['jupyterlab', 'IPython', 'notebook_shim', 'nbconvert', 'zmq'],
    commands: { jupyter: '--version', 'jupyter-lab': '--version', ipython: '--version', pygmentize: '-V' },
  },
  {
    name: 'test tools and linters',
    requirements: ['pytest', 'black', 'mypy', 'ruff', 'tox'],
    pythons: { '3.13': 'uv', '3.12': 'pip', '3.11': 'pdm' },
    imports: ['pytest', 'black', 'mypy.api', 'tox'],
    commands: { pytest: '--version', black: '--version', mypy: '--version', ruff: '--version', tox: '--version' },
  },
  {
    name: 'for Python 3.8',
    requirements: ['requests', 'numpy', 'flask', 'pytest', 'sqlalchemy'],
    pythons: { '3.8': 'uv' },
    imports: ['requests', 'numpy', 'flask', 'pytest', 'sqlalchemy'],
    commands: { flask: '--version', pytest: '--version', f2py: '-v' },
  },
  {
    // Of pytest's own needs some have no wheel for it.
    name: 'for Python 2.7',
    requirements: ['requests', 'six', 'attrs', 'jinja2', 'click'],
    pythons: { '2.7': 'hashes' },
    imports: ['requests', 'six', 'attr', 'jinja2', 'click', 'markupsafe._speedups'],
    commands: { chardetect: '--version' },
  },
];
