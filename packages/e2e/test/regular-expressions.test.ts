import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import ts from 'typescript';
import { expect, test } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

test('no regular expression takes more than linear time, whatever text it is given', { timeout: 600_000 }, async () => {
  const all = sources().flatMap(literalsIn);
  expect(all.length).toBeGreaterThan(50);
  const slow: string[] = [];
  const different = new Map(all.map((one) => [`/${one.source}/${one.flags}`, one]));
  for (const { source, flags, place } of different.values()) {
    const proved = await check(source, flags, { timeout: 1000 });
    // Of a long one that is not decided in this time, the dangerous texts are searched for.
    const found = proved.status === 'unknown' ? await check(source, flags, { checker: 'fuzz' }) : proved;
    if (found.status !== 'safe') slow.push(`${place}: /${source}/${flags} is ${found.status}`);
  }
  expect(slow).toEqual([]);
});

interface Literal {
  readonly source: string;
  readonly flags: string;
  readonly place: string;
}

function sources(): readonly string[] {
  return readdirSync(`${REPOSITORY}/packages`)
    .flatMap((name) => listBelow(`packages/${name}/src`))
    .filter((path) => path.endsWith('.ts'));
}

function listBelow(directory: string): readonly string[] {
  try {
    const names = readdirSync(`${REPOSITORY}/${directory}`, { recursive: true, encoding: 'utf8' });
    return names.map((name) => `${directory}/${name}`);
  } catch {
    // A package that is data alone.
    return [];
  }
}

function literalsIn(path: string): readonly Literal[] {
  const file = ts.createSourceFile(path, readFileSync(`${REPOSITORY}/${path}`, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const constants = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      const text = textOf(node.initializer, constants);
      if (text !== undefined) constants.set(node.name.text, text);
    }
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const place = `${path}:${line}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), place });
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
      const [source = '', flags = ''] = (node.arguments ?? []).map((argument) => textOf(argument, constants) ?? '');
      found.push({ source, flags, place });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** What a text is that is made of literals and of constants above it. */
function textOf(node: ts.Expression, constants: ReadonlyMap<string, string>): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isIdentifier(node)) return constants.get(node.text);
  const isRaw = ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw';
  const template = isRaw ? node.template : node;
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.rawText;
  if (!ts.isTemplateExpression(template)) return undefined;
  const part = (literal: ts.TemplateLiteralToken): string => (isRaw ? (literal.rawText ?? '') : literal.text);
  const parts = template.templateSpans.map(
    ({ expression, literal }) => (textOf(expression, constants) ?? '') + part(literal),
  );
  return [part(template.head), ...parts].join('');
}
