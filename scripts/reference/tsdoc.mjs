// Sections of reference pages from the TSDoc of a file, by the compiler's own parser.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The sections of a file: one for each export, or for those with some names.
 *
 * @param {string} path
 * @param {(name: string) => boolean} isWanted
 */
export function sectionsOf(path, isWanted) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements
    .filter((statement) => ts.canHaveModifiers(statement) && isExported(statement) && isWanted(nameOf(statement)))
    .map((statement) => section(statement, source));
}

/**
 * @param {ts.Statement} statement
 * @param {ts.SourceFile} source
 */
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

/**
 * The declaration without its comments, and a function or a class without what is in it.
 *
 * @param {ts.Statement} statement
 * @param {ts.SourceFile} source
 */
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

/** @param {ts.Node} node */
function docOf(node) {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  if (comment === undefined) return '';
  const text = ts.getTextOfJSDocComment(comment.comment) ?? '';
  const tags = (comment.tags ?? []).map((tag) => {
    const said = ts.getTextOfJSDocComment(tag.comment) ?? '';
    const subject = ts.isJSDocParameterTag(tag) ? `\`${tag.name.getText()}\` ` : '';
    if (tag.tagName.text === 'example') return `\n\`\`\`ts\n${said}\n\`\`\``;
    const { typeExpression } = /** @type {{ typeExpression?: ts.Node }} */ (tag);
    const type = typeExpression === undefined ? '' : `${typeExpression.getText()} `;
    return `\n*${tag.tagName.text}* ${subject}${type}${said}`;
  });
  return [text, ...tags]
    .join('\n')
    .replace(/\{@link ([^}\s]+)[^}]*\}/g, '`$1`')
    .trim();
}

/** @param {ts.TypeElement} member */
function memberName(member) {
  const name = member.name?.getText() ?? '';
  return ts.isMethodSignature(member) ? `${name}()` : name;
}

/** @param {ts.Statement} statement */
function nameOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? '';
  const { name } = /** @type {{ name?: ts.Node }} */ (/** @type {unknown} */ (statement));
  return name?.getText() ?? '';
}

/** @param {ts.Statement & ts.HasModifiers} statement */
function isExported(statement) {
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}
