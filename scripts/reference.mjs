// Writes the reference pages of the plugin contracts out of the TSDoc in core, by the compiler's own parser.
//
//   node scripts/reference.mjs           writes them
//   node scripts/reference.mjs --check   fails if what is committed is not what would be written
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { root } from './set-up.mjs';

/** By page: its title, what it says at its head, and the files whose exports it lists. */
const PAGES = {
  activator: [
    'Activator',
    'Writes the scripts with which one shell enters and leaves an environment.',
    ['activator.ts'],
  ],
  creator: ['Creator', 'Says if it can create an environment for an interpreter, and plans its files.', ['creator.ts']],
  seeder: ['Seeder', 'Puts the first packages in.', ['seeder.ts']],
  discoverer: [
    'Discoverer',
    'Finds executables that may be the Python that is asked for.',
    ['discoverer.ts', 'spec/spec.ts'],
  ],
  shared: [
    'What all kinds share',
    'Plugins, their options, environments, interpreters, steps and errors.',
    ['plugin.ts', 'settings/option.ts', 'context.ts', 'environment.ts', 'interpreter.ts', 'plan/step.ts', 'error.ts'],
  ],
};

const directory = join(root, 'docs/plugins/reference');
const isCheck = process.argv.includes('--check');
// Only what the package exports is anybody's contract.
const exported = new Set(readFileSync(join(root, 'packages/core/src/entries/plugin.ts'), 'utf8').match(/\w+/g));
const stale = Object.entries(PAGES).filter(([name, page]) => !writePage(join(directory, `${name}.md`), page));
if (stale.length > 0) {
  const names = stale.map(([name]) => `${name}.md`).join(', ');
  process.stderr.write(`docs/plugins/reference: ${names} not as the source has it; run node scripts/reference.mjs\n`);
  process.exit(1);
}

/** Whether the page stands as it should. */
function writePage(path, [title, purpose, files]) {
  const sections = files.flatMap((file) => sectionsOf(join(root, 'packages/core/src', file)));
  const head = `<!-- Made by scripts/reference.mjs from the TSDoc in packages/core/src. -->\n\n# ${title}\n\n${purpose}`;
  const others = Object.entries(PAGES).filter(([name]) => `${name}.md` !== basename(path));
  const links = others.map(([name, [other]]) => `[${other}](${name}.md)`).join(' · ');
  const text = `${[head, links, ...sections].join('\n\n')}\n`;
  if (isCheck) return existsSync(path) && readFileSync(path, 'utf8') === text;
  mkdirSync(directory, { recursive: true });
  writeFileSync(path, text);
  return true;
}

function sectionsOf(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements
    .filter((statement) => ts.canHaveModifiers(statement) && isExported(statement) && exported.has(nameOf(statement)))
    .map((statement) => section(statement, source));
}

function section(statement, source) {
  const members = ts.isInterfaceDeclaration(statement)
    ? statement.members.filter((member) => docOf(member) !== '')
    : [];
  return [
    `## ${nameOf(statement)}`,
    docOf(statement),
    `\`\`\`ts\n${signature(statement, source)}\n\`\`\``,
    members.map((member) => `- \`${memberName(member)}\`: ${docOf(member).replaceAll('\n', '\n  ')}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The declaration without its comments, and a function or a class without what is in it. */
function signature(statement, source) {
  const body = ts.isFunctionDeclaration(statement) ? statement.body : undefined;
  const text = source.text.slice(statement.getStart(source), body?.getStart(source) ?? statement.end);
  const bare = text
    .replace(/[ \t]*\/\*\*[\s\S]*?\*\/\n?/g, '')
    .replace(/^\s*\/\/.*\n/gm, '')
    .replace(/^\s*\n/gm, '');
  const short = ts.isClassDeclaration(statement) ? bare.replace(/\n {2}(static|constructor)[\s\S]*$/, '\n}') : bare;
  return short.replace(/^export /, '').trim();
}

function docOf(node) {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  if (comment === undefined) return '';
  const text = ts.getTextOfJSDocComment(comment.comment) ?? '';
  const tags = (comment.tags ?? []).map((tag) => {
    const said = ts.getTextOfJSDocComment(tag.comment) ?? '';
    const subject = ts.isJSDocParameterTag(tag) ? `\`${tag.name.getText()}\` ` : '';
    if (tag.tagName.text === 'example') return `\n\`\`\`ts\n${said}\n\`\`\``;
    const type = tag.typeExpression === undefined ? '' : `${tag.typeExpression.getText()} `;
    return `\n*${tag.tagName.text}* ${subject}${type}${said}`;
  });
  return [text, ...tags]
    .join('\n')
    .replace(/\{@link ([^}\s]+)[^}]*\}/g, '`$1`')
    .trim();
}

function memberName(member) {
  const name = member.name?.getText() ?? '';
  return ts.isMethodSignature(member) ? `${name}()` : name;
}

function nameOf(statement) {
  return statement.name?.getText() ?? statement.declarationList?.declarations[0]?.name.getText() ?? '';
}

function isExported(statement) {
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}
