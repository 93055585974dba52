/** A list of packages that environments are created with. */
export interface PackageList {
  /** A part of the names of its cases. */
  readonly name: string;
  readonly title: string;
  /** All of it, pinned, so that every run installs the same. */
  readonly requirements: readonly string[];
  /** What a program imports that works with the packages. */
  readonly imports: readonly string[];
}

// `uv pip compile` of the packages that people name, taken on 28 November 2026.
export const LISTS = {
  /** django, djangorestframework, requests, psycopg[binary], gunicorn. */
  django: {
    name: 'django',
    title: 'Django',
    requirements: pinned(`
    asgiref==3.13.0 certifi==2026.10.19.post1 charset-normalizer==3.5.3 django==6.1.3 djangorestframework==3.18.3
    gunicorn==27.0.1 idna==3.20 psycopg==3.3.9 psycopg-binary==3.3.9 requests==2.34.2 sqlparse==0.6.1
    urllib3==2.8.0`),
    imports: ['django', 'rest_framework', 'requests', 'psycopg', 'gunicorn.app.wsgiapp'],
  },
  jupyterlab: {
    name: 'jupyterlab',
    title: 'JupyterLab',
    requirements: pinned(`
    anyio==4.16.0 argon2-cffi==25.1.0 argon2-cffi-bindings==26.2.0 arrow==1.4.0 asttokens==3.0.2 async-lru==2.4.0
    attrs==26.1.0 babel==2.19.0 beautifulsoup4==4.15.0 bleach==6.4.0 certifi==2026.10.19.post1 cffi==2.1.1
    charset-normalizer==3.5.3 comm==0.2.3 debugpy==1.8.22 defusedxml==0.7.1 executing==2.3.0 fastjsonschema==2.22.3
    fqdn==1.6.0 h11==0.16.0 httpcore==1.0.9 httpx==0.28.1 idna==3.20 ipykernel==7.4.0 ipython==9.18.1
    ipython-pygments-lexers==1.1.1 isoduration==20.11.0 jedi==0.20.1 jinja2==3.1.6 json5==0.17.3 jsonpointer==3.12
    jsonschema==4.26.0 jsonschema-specifications==2025.9.1 jupyter-builder==1.3.0 jupyter-client==8.10.0
    jupyter-core==5.9.1 jupyter-events==0.12.1 jupyter-lsp==2.3.1 jupyter-server==2.21.1
    jupyter-server-terminals==0.5.4 jupyterlab==4.6.6 jupyterlab-pygments==0.3.0 jupyterlab-server==2.28.1
    lark==1.3.1 markupsafe==3.0.4 matplotlib-inline==0.2.2 mistune==3.4.0 nbclient==0.11.0 nbconvert==7.17.2
    nbformat==5.11.1 nest-asyncio2==1.7.4 notebook-shim==0.2.4 packaging==26.4 pandocfilters==1.5.1 parso==0.8.7
    pexpect==4.9.0 platformdirs==4.14.8 prometheus-client==0.26.0 prompt-toolkit==3.0.53 psutil==7.2.2
    ptyprocess==0.7.0 pure-eval==0.2.4 pycparser==3.12 pygments==2.21.0 python-dateutil==4.0.0
    python-json-logger==4.2.0 pyyaml==6.0.4 pyzmq==27.3.0 referencing==0.37.0 requests==2.34.2
    rfc3339-validator==0.1.4 rfc3986-validator==0.1.1 rfc3987-syntax==1.1.0 rpds-py==2026.9.1 send2trash==2.2.0
    six==1.17.0 soupsieve==4.1.3 stack-data==0.6.3 terminado==0.18.1 tinycss2==1.5.1 tornado==6.6.1
    traitlets==5.16.1 typing-extensions==4.16.0 tzdata==2026.6 uri-template==1.3.0 urllib3==2.8.0 wcwidth==0.9.4
    webcolors==25.10.0 webencodings==0.6.1 websocket-client==1.9.2`),
    imports: ['jupyterlab.labapp', 'IPython', 'nbconvert', 'ipykernel'],
  },
} as const satisfies Readonly<Record<string, PackageList>>;

function pinned(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
