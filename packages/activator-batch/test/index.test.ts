import { createRequire } from 'node:module';
import batch from '@vivarium/activator-batch';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { describe, expect, test } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';

await Parser.init();
const parser = new Parser();
const grammar = createRequire(import.meta.url).resolve('tree-sitter-batch/tree-sitter-batch.wasm');
parser.setLanguage(await Language.load(grammar));

const tcl = { tclLibrary: 'C:\\Python312\\tcl\\tcl8.6', tkLibrary: 'C:\\Python312\\tcl\\tk8.6' };
const written = batch.scripts(windowsEnvironment('C:\\work\\env', { prompt: 'mine', tcl }), {});
const scripts = new Map(written.map(({ name, contents }) => [name, contents]));

describe('each script', () => {
  test('has the name that virtualenv gave it', () => {
    expect([...scripts.keys()]).toEqual(['activate.bat', 'deactivate.bat', 'pydoc.bat']);
  });

  test.each([...scripts])('%s ends its lines as Windows does, and begins with no byte order mark', (_name, text) => {
    expect(text).toMatch(/^@/);
    expect(text).toMatch(/\r\n$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test.each([...scripts])('%s is a batch file to a parser of that language', (_name, text) => {
    expect(parser.parse(text)?.rootNode.hasError).toBe(false);
  });

  test.each([...scripts])(
    '%s shows nothing of itself: each line begins with a sign for that, or is a label',
    (_name, text) => {
      expect(linesOf(text).filter((line) => !/^(?:@|:[a-z]+$|$)/.test(line))).toEqual([]);
      // What a loop does would be shown each time.
      expect(linesOf(text).filter((line) => / do (?!@)/.test(line) && !line.startsWith('@rem'))).toEqual([]);
      expect(text).not.toMatch(/echo o(?:n|ff)/i);
    },
  );

  test.each([...scripts])('%s goes to no label that it lacks', (_name, text) => {
    const labels = linesOf(text).filter((line) => line.startsWith(':'));
    const wanted = [...text.matchAll(/(?:call |goto )(:?)([a-z]+)/g)].map(([, , label]) => `:${label}`);
    expect(wanted.filter((label) => !labels.includes(label))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
    // The cmd.exe of wine shows a label that it comes to without a jump.
    const lines = linesOf(text).filter((line) => line !== '' && !line.startsWith('@rem'));
    const before = lines.filter((_line, index) => lines[index + 1]?.startsWith(':'));
    expect(before.filter((line) => !/^@(?:goto [a-z]+|exit \/b)$/.test(line))).toEqual([]);
  });

  test.each(['activate.bat', 'deactivate.bat'])(
    '%s sets just what it reads, and leaves as many scopes as it entered',
    (name) => {
      const text = scripts.get(name) ?? '';
      const read = [...text.matchAll(/^@if defined (\w+) set "v\1=%\1:"=""%"\r$/gm)].map(([, variable]) => variable);
      const given = [...text.matchAll(/& set %w(\w+):""=\^"%/g)].map(([, variable]) => variable);
      const prepared = [...text.matchAll(/^@set "value=%v(\w+)%"& call :word \1\r$/gm)].map(([, variable]) => variable);
      const shared = text.slice(text.indexOf('\n:load'));
      const cleared = [...shared.matchAll(/^@set "v(\w+)="\r$/gm)].map(([, variable]) => variable);
      expect(read).toHaveLength(20);
      expect(given).toEqual(read);
      expect(prepared).toEqual(read);
      expect(cleared.slice(0, read.length)).toEqual(read);
      const state = read.filter((variable) => variable?.startsWith('_VIVARIUM_'));
      expect(cleared.slice(read.length)).toEqual(expect.arrayContaining(state));
      expect(text.match(/^@setlocal /gm)).toHaveLength(2);
      expect(text.match(/endlocal/g)).toHaveLength(2);
    },
  );

  test('activate.bat asks for another code page only where a name needs it', () => {
    expect(scripts.get('activate.bat')).toContain('@set wide=\r\n');
    const [other] = batch.scripts(windowsEnvironment('C:\\work\\env', { prompt: 'café' }), {});
    expect(other?.contents).toContain('@set wide=1\r\n');
    expect(other?.contents).toContain('@set name=café\r\n');
  });

  test('pydoc.bat starts the interpreter that is next to it', () => {
    expect(scripts.get('pydoc.bat')).toContain('@set python=python.exe\r\n@"%~dp0%python%" -m pydoc %*\r\n');
  });
});

describe('supports', () => {
  test('interpreters for Windows', () => {
    expect(batch.supports(windowsEnvironment('C:\\work\\env'))).toBe(true);
  });

  test('no other, and says why', () => {
    expect(batch.supports(linuxEnvironment('/srv/work/env'))).toEqual({
      reason: 'cmd.exe is only on Windows, and this interpreter is for another system',
    });
  });

  test.each(["a%PATH%b!c^d&e(f)'g,h=i", '日本', 'a.b', '...c'])('a directory named %s', (directory) => {
    expect(batch.supports(windowsEnvironment(`C:\\work\\${directory}`))).toBe(true);
  });

  test.each(['a;b', 'a"b', 'a*', 'a|b', 'a:b', 'a.', 'a ', 'a\nb'])(
    'no directory named %j, and says why',
    (directory) => {
      const destination = `C:\\work\\${directory}`;
      expect(batch.supports(windowsEnvironment(destination))).toEqual({
        reason: expect.stringContaining(destination),
      });
    },
  );

  test.each(['two\nlines', 'carriage\rreturn', 'a\u001ab'])(
    'no prompt that a line can’t hold, %j, and says why',
    (prompt) => {
      expect(batch.supports(windowsEnvironment('C:\\work\\env', { prompt }))).toEqual({
        reason: `a batch file can't express a name with line breaks or other control characters: ${prompt}`,
      });
    },
  );
});

function linesOf(text: string): readonly string[] {
  return text.split('\r\n');
}
