import powershell from '@vivarium/activator-powershell';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { describe, expect, test } from 'vitest';
import type { Node } from 'web-tree-sitter';
import { environment } from './environments.ts';
import { assignments, every, functionAround, parse } from './parse.ts';

// There is no PowerShell to run the script in where these tests run: they hold on its syntax tree what can be held
// there.
const tcl = { tclLibrary: '/opt/tcl', tkLibrary: '/opt/tk' };
const root = parse(scriptOf(powershell, environment({ prompt: 'mine', tcl })));
const set = assignments(root);

const CHANGED = [
  'PATH',
  'PKG_CONFIG_PATH',
  'PYTHONHOME',
  'TCL_LIBRARY',
  'TK_LIBRARY',
  'VIRTUAL_ENV',
  'VIRTUAL_ENV_PROMPT',
  '_OLD_VIRTUAL_PATH',
  '_OLD_VIRTUAL_PYTHONHOME',
];

describe('the syntax tree of activate.ps1', () => {
  test('is that of one block, so that nothing in it becomes a variable of who sources it', () => {
    const statements = root.namedChildren
      .filter((node) => node?.type !== 'comment')
      .flatMap((node) => node?.namedChildren);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.text).toMatch(/^& \{.*\} @args$/s);
  });

  test('changes these variables of the environment and no others, and deactivate gives each back', () => {
    expect(changedIn(undefined)).toEqual(CHANGED);
    expect(changedIn('global:deactivate')).toEqual(CHANGED);
    expect(changedIn('global:prompt')).toEqual([]);
    expect(changedIn('global:pydoc')).toEqual([]);
  });

  test('leaves an active environment of virtualenv or of the venv module first, by its own function', () => {
    const script = scriptOf(powershell, environment({}));
    const ask = script.indexOf('if ($null -ne $env:_OLD_VIRTUAL_PATH) { $isTheirs = $true }');
    const call = script.indexOf('& $function:deactivate -NonDestructive');
    expect(script).toContain('Test-Path -LiteralPath Variable:_OLD_VIRTUAL_PATH');
    expect(ask).toBeGreaterThan(0);
    expect(call).toBeGreaterThan(ask);
    expect(call).toBeLessThan(script.indexOf('function global:deactivate'));
  });

  test('saves what each was before it is changed', () => {
    const saved = entries('$global:_VIVARIUM', undefined);
    expect(saved).toMatchObject({
      OldPath: '$outer.Path',
      OldVirtualEnv: '$outer.Place',
      OldVirtualEnvPrompt: '$outer.Prompt',
      OldPythonHome: '$env:PYTHONHOME',
      OldTcl: '$env:TCL_LIBRARY',
      OldTk: '$env:TK_LIBRARY',
    });
    const first = set.findIndex(({ target, within }) => target.startsWith('$env:') && within === undefined);
    const save = set.findIndex(({ target }) => target === '$global:_VIVARIUM');
    expect(save).toBeLessThan(first);
  });

  test('gives each variable that had one value back from where that was saved', () => {
    const given = new Map(
      set.filter(({ within }) => within === 'global:deactivate').map(({ target, value }) => [target, value.text]),
    );
    expect(given.get('$env:VIRTUAL_ENV')).toBe('$state.OldVirtualEnv');
    expect(given.get('$env:VIRTUAL_ENV_PROMPT')).toBe('$state.OldVirtualEnvPrompt');
    expect(given.get('$env:PYTHONHOME')).toBe('$state.OldPythonHome');
    expect(given.get('$env:TCL_LIBRARY')).toBe('$state.OldTcl');
    expect(given.get('$env:TK_LIBRARY')).toBe('$state.OldTk');
  });

  test('takes its entry out of the lists as they are then, and restores an old list only where nothing changed it', () => {
    const lists = set.filter(({ target, within }) => target === '$left' && within === 'global:deactivate');
    expect(lists.map(({ value }) => value.text)).toEqual([
      '& $undo $env:PATH $state.NewPath $state.OldPath $state.Entry',
      '$state.EmptyPath',
      '& $undo $env:PKG_CONFIG_PATH $state.NewPkgConfigPath $state.OldPkgConfigPath $state.PkgConfig',
      '$state.EmptyPkgConfigPath',
    ]);
    const saved = Object.values(entries('$global:_VIVARIUM', undefined));
    expect(saved).not.toContain('$env:PATH');
    expect(saved).not.toContain('$env:PKG_CONFIG_PATH');
  });

  test('defines these functions, all of them global', () => {
    expect(every(root, 'function_name').map((node) => node.text)).toEqual([
      'global:deactivate',
      'global:prompt',
      'global:pydoc',
    ]);
  });

  test('keeps two global variables, and deactivate removes both', () => {
    const globals = set.map(({ target }) => target).filter((target) => target.startsWith('$global:'));
    expect([...new Set(globals.map((target) => target.split('.')[0]))].sort()).toEqual([
      '$global:_VIVARIUM',
      '$global:_VIVARIUM_PROMPT',
    ]);
    const removed = commandsIn('global:deactivate').filter((text) => text.includes('Remove-Variable'));
    expect(removed).toEqual([
      'Microsoft.PowerShell.Utility\\Remove-Variable -Name _VIVARIUM_PROMPT -Scope Global',
      'Microsoft.PowerShell.Utility\\Remove-Variable -Name _VIVARIUM -Scope Global',
    ]);
  });

  test('names each command with its module, so that no alias and no function takes its place', () => {
    const names = every(root, 'command_name').map((node) => node.text);
    expect(names.length).toBeGreaterThan(8);
    expect(
      names.filter((name) => !/^Microsoft\.PowerShell\.(Management|Utility)\\[A-Z][a-z]+-[A-Z][a-z]+$/.test(name)),
    ).toEqual([]);
  });

  test('evaluates no text, and names no types but those of its parameters and of conversions to text', () => {
    expect(new Set(every(root, 'type_literal').map((node) => node.text))).toEqual(new Set(['[string]', '[switch]']));
    const started = every(root, 'command_name_expr').map((node) => (node.text.startsWith('{') ? 'a block' : node.text));
    expect(new Set(started)).toEqual(
      new Set(['a block', '$function:deactivate', '$without', '$undo', '$drawn.Users', '$global:_VIVARIUM.Python']),
    );
  });

  test('asks its records for nothing that they lack: in strict mode that would end the session', () => {
    const state = Object.keys(entries('$global:_VIVARIUM', undefined));
    const drawn = Object.keys(entries('$drawn', undefined));
    expect(members('$state')).not.toEqual([]);
    expect(members('$drawn')).not.toEqual([]);
    expect(members('$state').filter((name) => !state.includes(name))).toEqual([]);
    expect(members('$global:_VIVARIUM').filter((name) => !state.includes(name))).toEqual([]);
    expect(members('$drawn').filter((name) => !drawn.includes(name))).toEqual([]);
    expect(members('$state.Drawn').filter((name) => !drawn.includes(name))).toEqual([]);
  });

  test('reads no variable that isn’t given a value before: in strict mode that would end the session', () => {
    const automatic = ['$PSScriptRoot', '$null', '$true', '$false', '$args', '@args', '$?'];
    const read = every(root, 'variable').filter(({ text }) => !/^\$(env|function|alias|global):/.test(text));
    expect(read.length).toBeGreaterThan(50);
    expect(read.filter((node) => !automatic.includes(node.text) && !isKnown(node)).map(({ text }) => text)).toEqual([]);
  });

  test('draws its name first and then leaves the word to the user’s own prompt, which sees the last status', () => {
    const lines = set
      .filter(({ within }) => within === 'global:prompt')
      .map(({ target, value }) => `${target} = ${value.text}`);
    expect(lines[0]).toBe('$succeeded = $?');
    expect(commandsIn('global:prompt')).toEqual([
      'Microsoft.PowerShell.Utility\\Write-Host -Object $drawn.Prefix -NoNewline -ForegroundColor Green',
      'Microsoft.PowerShell.Utility\\Write-Error -Message failed -ErrorAction Ignore',
      '& $drawn.Users',
    ]);
    expect(entries('$drawn', undefined)).toMatchObject({ Prefix: '"($Prompt) "', Users: '$users' });
  });

  test('follows the directory that it is in', () => {
    const places = set.filter(({ target, within }) => target === '$destination' && within === undefined);
    expect(places.map(({ value }) => value.text)).toEqual([
      "'/srv/work/env'",
      '$VenvDir.TrimEnd($slash)',
      '$here.Substring(0, $length)',
    ]);
    expect(set.find(({ target }) => target === '$here')?.value.text).toBe('[string] $PSScriptRoot');
  });

  test('takes the path that programs understand, and refuses what is no directory before anything is left', () => {
    const asked = set.filter(({ target, within }) => target === '$asked' && within === undefined);
    expect(asked.map(({ value }) => value.text)).toEqual([
      'if ($VenvDir) { $VenvDir } else { $here }',
      '$found.ProviderPath',
    ]);
    expect(
      set.filter(({ target }) => target === '$here' || target === '$VenvDir').map(({ value }) => value.text),
    ).toEqual(['[string] $PSScriptRoot', '$asked', '$asked']);
    const [refusal] = every(root, 'flow_control_statement').filter(({ text }) => text.startsWith('throw'));
    const calls = every(root, 'command').filter(({ text }) => text === '& $function:deactivate -NonDestructive');
    expect(refusal?.startIndex).toBeGreaterThan(0);
    expect(refusal?.startIndex).toBeLessThan(Math.min(...calls.map(({ startIndex }) => startIndex)));
  });
});

function changedIn(within: string | undefined): readonly string[] {
  const targets = set.filter((assignment) => assignment.within === within).map(({ target }) => target);
  const variables = targets
    .filter((target) => target.startsWith('$env:'))
    .map((target) => target.slice('$env:'.length));
  return [...new Set(variables)].sort();
}

// The keys and values of the table that is assigned to a variable.
function entries(target: string, within: string | undefined): Readonly<Record<string, string>> {
  const table = set.find((assignment) => assignment.target === target && assignment.within === within);
  if (table === undefined) throw new Error(`Nothing is assigned to ${target}`);
  const pairs = every(table.value, 'hash_entry').map((node) => {
    const [key, value] = node.text.replace(/;$/, '').split(/ = (.*)/s);
    return [key ?? '', value ?? ''] as const;
  });
  return Object.fromEntries(pairs);
}

function commandsIn(within: string): readonly string[] {
  return every(root, 'command')
    .filter((node) => functionAround(node) === within)
    .map((node) => node.text);
}

// The names that are asked of a variable: `Entry` of `$state.Entry`.
function members(variable: string): readonly string[] {
  const asked = every(root, 'member_access').map((node) => node.text.replace(/\s/g, ''));
  const own = asked.filter((text) => text.startsWith(`${variable}.`)).map((text) => text.slice(variable.length + 1));
  return [...new Set(own.filter((name) => /^\w+$/.test(name)))];
}

// Whether a variable is a parameter, a loop's variable or assigned to before, in its block or in one around it.
function isKnown(variable: Node): boolean {
  for (let block: Node | null = variable.parent; block !== null; block = block.parent) {
    if (block.type !== 'script_block') continue;
    if (every(block, 'script_parameter').some((node) => node.text.endsWith(variable.text))) return true;
    if (every(block, 'assignment_expression').some((node) => isAssignedBefore(node, variable))) return true;
    const loops = every(block, 'foreach_statement');
    if (loops.some((node) => node.namedChildren.some((child) => child?.text === variable.text))) return true;
    if (block.parent?.type === 'function_statement') return false;
  }
  return false;
}

function isAssignedBefore(assignment: Node, variable: Node): boolean {
  const target = assignment.firstNamedChild;
  return target?.text === variable.text && target.startIndex <= variable.startIndex;
}
