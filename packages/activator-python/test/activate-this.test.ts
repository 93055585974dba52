import { cp, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeEnvironment, openLab } from './lab.ts';
import { extremes, newest, pythons } from './pythons.ts';

const modules = {
  'only_here.py': 'place = __file__\n',
  'more.pth': 'extra\nimport os; os.environ["PTH_RUNS"] = os.environ.get("PTH_RUNS", "") + "*"\n',
};

describe.each(pythons)('Python $name', (python) => {
  test('enters the environment, in the process and for what it starts', async () => {
    const lab = await openLab(python);
    const environment = await makeEnvironment(lab, { name: 'env' }, modules);
    const { before, after, child } = await lab.observe([environment.script], {
      variables: { PYTHONHOME: join(python.executable, '../..') },
    });
    const [state] = after;
    const expected = {
      ...lab.variables,
      PATH: `${environment.scripts}:${lab.variables.PATH}`,
      PKG_CONFIG_PATH: join(environment.root, 'lib/pkgconfig'),
      PTH_RUNS: '*',
      VIRTUAL_ENV: environment.root,
      VIRTUAL_ENV_PROMPT: 'env',
    };
    expect(state?.variables).toMatchObject(expected);
    expect(child).toMatchObject(expected);
    expect(child).not.toHaveProperty('PYTHONHOME');
    expect(child).not.toHaveProperty('TCL_LIBRARY');
    expect(state?.path).toEqual([environment.library, ...before.path]);
    expect(state).toMatchObject({ prefix: environment.root, execPrefix: environment.root, realPrefix: before.prefix });
  });

  test('imports what is installed there, and what its .pth files add, before its own', async () => {
    const lab = await openLab(python);
    const environment = await makeEnvironment(lab, { name: 'env' }, { ...modules, 'json.py': 'mine = True\n' });
    await cp(join(environment.library, 'only_here.py'), join(environment.library, 'extra', 'in_extra.py'));
    const { stdout, stderr } = await lab.run([
      '-c',
      `import runpy; runpy.run_path(${JSON.stringify(environment.script)})
import json, only_here, in_extra; print(json.mine, only_here.place, in_extra.place)`,
    ]);
    expect(stderr).toBe('');
    expect(stdout).toContain('True');
    expect(stdout).toContain(environment.library);
    expect(stdout).toContain(join(environment.library, 'extra'));
  });

  test('changes nothing more when it runs again', async () => {
    const lab = await openLab(python);
    const environment = await makeEnvironment(lab, { name: 'env', tcl: '/opt/tcl' }, modules);
    const { after } = await lab.observe([environment.script, environment.script], {
      variables: { PKG_CONFIG_PATH: '/old' },
    });
    expect(after[0]?.variables).toMatchObject({
      PKG_CONFIG_PATH: `${environment.root}/lib/pkgconfig:/old`,
      TCL_LIBRARY: '/opt/tcl/tcl',
      TK_LIBRARY: '/opt/tcl/tk',
    });
    expect(after[1]).toEqual(after[0]);
  });

  test('puts another environment on top, and the first again', async () => {
    const lab = await openLab(python);
    const first = await makeEnvironment(lab, { name: 'first', prompt: 'the first' });
    const second = await makeEnvironment(lab, { name: 'second' });
    const { before, after } = await lab.observe([first.script, second.script, first.script]);
    expect(after[1]?.variables.PATH).toBe(`${second.scripts}:${first.scripts}:${lab.variables.PATH}`);
    expect(after[1]?.path).toEqual([second.library, first.library, ...before.path]);
    expect(after[1]).toMatchObject({ prefix: second.root, realPrefix: before.prefix });
    expect(after[2]?.variables).toMatchObject({
      PATH: `${first.scripts}:${second.scripts}:${lab.variables.PATH}`,
      VIRTUAL_ENV: first.root,
      VIRTUAL_ENV_PROMPT: 'the first',
    });
    expect(after[2]?.path).toEqual([first.library, second.library, ...before.path]);
    expect(after[2]).toMatchObject({ prefix: first.root, realPrefix: before.prefix });
  });

  test('follows an environment that was moved, also through a link and in a plain locale', async () => {
    const lab = await openLab(python);
    const first = await makeEnvironment(lab, { name: 'first', prompt: 'é日本🐍' });
    const root = join(lab.directory, 'moved "à" \'x\' $(pwned) 🐍');
    await rename(first.root, root);
    const link = join(lab.directory, 'activate_this.py');
    await symlink(join(root, 'bin/activate_this.py'), link);
    for (const [script, variables] of [
      [join(root, 'bin/activate_this.py'), {}],
      [join(root, 'bin/activate_this.py'), { LC_ALL: 'C', PYTHONCOERCECLOCALE: '0', PYTHONUTF8: '0' }],
      [link, {}],
    ] as const) {
      const { after, child } = await lab.observe([script], { variables });
      expect(after[0]).toMatchObject({ prefix: root });
      expect(child).toMatchObject({
        PATH: `${root}/bin:${lab.variables.PATH}`,
        VIRTUAL_ENV: root,
        VIRTUAL_ENV_PROMPT: 'é日本🐍',
      });
    }
  });

  test('names runpy when it is executed as a text, without the place that it came from', async () => {
    const lab = await openLab(python);
    const { script } = await makeEnvironment(lab, { name: "it's" });
    const asText = `exec(open(${JSON.stringify(script)}).read())`;
    const bare = await lab.run(['-c', asText]);
    expect(bare.status).toBe(1);
    expect(bare.stderr).toContain("RuntimeError: without __file__, activate_this.py can't tell where it is");
    expect(bare.stderr).toContain(`import runpy; runpy.run_path("${script}")`);

    await writeFile(join(lab.directory, 'elsewhere.py'), asText);
    const inScript = await lab.run(['elsewhere.py']);
    expect(inScript.status).toBe(1);
    expect(inScript.stderr).toContain('elsewhere.py');
    expect(inScript.stderr).toContain(`import runpy; runpy.run_path("${script}")`);
  });

  test('says what to type when it is started as a program', async () => {
    const lab = await openLab(python);
    const { script } = await makeEnvironment(lab, { name: 'env' });
    const { status, stdout, stderr } = await lab.run([script]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      `activate_this.py changes the Python that runs it, and this one ends now. Type in it: import runpy; runpy.run_path('${script}')\n`,
    );
  });
});

describe.each(extremes)('Python $name also', (python) => {
  test('adds the directory of extension modules too where that is another', async () => {
    const lab = await openLab(python);
    const platlib = python.library.replace('lib/', 'lib64/');
    const environment = await makeEnvironment(lab, { name: 'env', platlib });
    const { before, after } = await lab.observe([environment.script]);
    expect(after[0]?.path).toEqual([environment.library, join(environment.root, platlib), ...before.path]);
  });

  test('may be named by a relative path, by text or by bytes', async () => {
    const lab = await openLab(python);
    const { root } = await makeEnvironment(lab, { name: 'été' });
    const script = 'été/bin/../bin/activate_this.py';
    for (const call of [
      `runpy.run_path("./${script}")`,
      `exec(open("${script}").read(), {"__file__": u"${script}"})`,
      `exec(open("${script}").read(), {"__file__": u"${script}".encode("utf-8")})`,
    ]) {
      const text = `# -*- coding: utf-8 -*-\nimport os, runpy; ${call}; os.execv("/usr/bin/env", ["env", "-0"])\n`;
      await writeFile(join(lab.directory, 'caller.py'), text);
      const { stdout, stderr } = await lab.run(['caller.py']);
      expect({ call, stderr }).toEqual({ call, stderr: '' });
      expect(stdout.split('\0')).toContain(`VIRTUAL_ENV=${root}`);
    }
  });

  test('takes a namespace that says where it came from', async () => {
    const lab = await openLab(python);
    const { root, script } = await makeEnvironment(lab, { name: 'env' });
    const path = JSON.stringify(script);
    const { stdout, stderr } = await lab.run([
      '-c',
      `exec(open(${path}).read(), {"__file__": ${path}})
def inside():
    __file__ = ${path}
    exec(open(__file__).read(), dict(globals(), __file__=__file__), {})
inside()
import sys; print(sys.prefix)`,
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: `${root}\n`, stderr: '' });
  });

  test('is silent where every warning is an error', async () => {
    const lab = await openLab(python);
    const { script } = await makeEnvironment(lab, { name: 'back\\slash \\d' });
    const strict = python.major === 2 ? ['-3', '-tt', '-W', 'error'] : ['-bb', '-W', 'error'];
    const run = await lab.run([...strict, '-c', `import runpy; runpy.run_path(${JSON.stringify(script)})`]);
    expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('The variables', () => {
  test('keep the entries that the user has made, empty ones too', async () => {
    const lab = await openLab(newest);
    const { scripts, script, root } = await makeEnvironment(lab, { name: 'env' });
    const { after } = await lab.observe([script], { variables: { PATH: `/a::${scripts}:/b:`, PKG_CONFIG_PATH: '' } });
    expect(after[0]?.variables.PATH).toBe(`${scripts}:/a::/b:`);
    expect(after[0]?.variables.PKG_CONFIG_PATH).toBe(`${root}/lib/pkgconfig`);
  });

  test('lose PYTHONHOME, so that the environment’s Python starts', async () => {
    const lab = await openLab(newest);
    const { root, script } = await makeEnvironment(lab, { name: 'env' });
    const home = join(newest.executable, '../..');
    const program = `import runpy, subprocess; runpy.run_path(${JSON.stringify(script)})
subprocess.check_call(["python", "-c", "import sys; print(sys.prefix)"])`;
    const { stdout, stderr } = await lab.run(['-c', program], { variables: { PYTHONHOME: home } });
    expect({ stdout, stderr }).toEqual({ stdout: `${root}\n`, stderr: '' });
  });
});

test('The environment’s own Python keeps its order of modules', async () => {
  const lab = await openLab(newest);
  const { root, script } = await makeEnvironment(lab, { name: 'env' }, modules);
  const own = await openLab({ ...newest, executable: join(root, 'bin/python') });
  const { before, after } = await own.observe([script]);
  expect(before.prefix).toBe(root);
  expect(after[0]?.variables.VIRTUAL_ENV).toBe(root);
  expect({ ...after[0], variables: {} }).toEqual({ ...before, variables: {} });
});
