import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const grammar = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

/** The root of the syntax tree of a script, without its byte order mark. */
export function parse(script: string): Node {
  const tree = parser.parse(script.replace(/^\uFEFF/, ''));
  if (tree === null) throw new Error('The parser was given no language');
  return tree.rootNode;
}

/** An assignment: `$a = 'b'`. */
export interface Assignment {
  /** With its `$`, and with what is before the colon. */
  readonly target: string;
  readonly value: Node;
  /** The function that it is in, as it is defined: `global:deactivate`; undefined outside. */
  readonly within: string | undefined;
}

/** Every assignment to a variable, or to something in one, in the order in which they stand. */
export function assignments(root: Node): readonly Assignment[] {
  return every(root, 'assignment_expression').map((node) => {
    const value = node.lastNamedChild;
    if (value === null) throw new Error(`Nothing is assigned: ${node.text}`);
    return { target: node.firstNamedChild?.text ?? '', value, within: functionAround(node) };
  });
}

/** The node of the one string literal that an expression consists of, however many layers there are around it. */
export function onlyLiteral(value: Node): Node | undefined {
  let node: Node | null = value;
  while (node !== null && node.type !== 'string_literal') {
    node = node.namedChildCount === 1 && node.firstNamedChild?.text === node.text ? node.firstNamedChild : null;
  }
  return node ?? undefined;
}

/** All nodes of that type. */
export function every(root: Node, type: string): readonly Node[] {
  return root.descendantsOfType(type).filter((node) => node !== null);
}

/** The name of the innermost function around a node. */
export function functionAround(node: Node): string | undefined {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.type === 'function_statement') return every(outer, 'function_name')[0]?.text;
  }
  return undefined;
}

/**
 * What a word in single quotes stands for, by the rule of the language (Windows PowerShell Language Specification 3.0,
 * 2.3.5.2): any of five characters is a quote, and two in a row stand for the second. Throws if it ends before its end.
 */
export function readLiteral(word: string): string {
  const isQuote = (character: string | undefined): boolean =>
    character !== undefined && /['\u2018-\u201b]/.test(character);
  const characters = [...word];
  if (!isQuote(characters[0])) throw new Error(`It begins with no quote: ${word}`);
  let text = '';
  for (let index = 1; index < characters.length; index += 1) {
    if (isQuote(characters[index])) {
      if (index === characters.length - 1) return text;
      index += 1;
      if (!isQuote(characters[index])) throw new Error(`It ends early: ${characters.slice(0, index).join('')}`);
    }
    text += characters[index];
  }
  throw new Error(`It doesn't end: ${word}`);
}
