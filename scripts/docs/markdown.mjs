// Markdown to HTML: headings get GitHub's anchors, code is coloured when the site is built, and images of the repository
// become part of the page, so that their colours follow its theme.
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import hljs from 'highlight.js';
import MarkdownIt from 'markdown-it';
import { root } from '../set-up.mjs';

/**
 * @typedef {object} Page
 * @property {string} file - from the root of the repository
 * @property {string} title
 * @property {string} html
 * @property {readonly Heading[]} headings
 * @property {string} text - without markup, for the search
 */
/** @typedef {{ readonly id: string, readonly level: number, readonly text: string }} Heading */

/**
 * Renders one file.
 *
 * @param {string} file - from the root of the repository
 * @param {(target: string) => string | undefined} linkTo - the address of a file or directory of the repository;
 *   what has none is named and not linked
 * @returns {Page}
 */
export function render(file, linkTo) {
  /** @type {Heading[]} */
  const headings = [];
  const markdown = new MarkdownIt({ html: true, highlight });
  markdown.core.ruler.push('anchors', (state) => {
    for (const [index, token] of state.tokens.entries()) {
      if (token.type !== 'heading_open') continue;
      const text = textOf(state.tokens[index + 1]?.children ?? []);
      const id = freeId(text, headings);
      token.attrSet('id', id);
      headings.push({ id, level: Number(token.tag.slice(1)), text });
    }
  });
  markdown.core.ruler.push('links', (state) => {
    let tag = 'a';
    for (const token of state.tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') {
        const address = resolve(String(token.attrGet('href') ?? ''));
        tag = address === undefined ? 'span' : 'a';
        token.attrs = address === undefined ? null : [['href', address]];
      }
      if (token.type === 'link_open' || token.type === 'link_close') token.tag = tag;
    }
  });
  markdown.renderer.rules.image = (tokens, index) => {
    const token = tokens[index];
    const source = String(token?.attrGet('src') ?? '');
    const label = markdown.utils.escapeHtml(token?.content ?? '');
    if (!source.endsWith('.svg') || /^\w+:/.test(source))
      throw new Error(`${file}: ${source} is not an SVG file of ours`);
    const svg = readFileSync(join(root, dirname(file), source), 'utf8').replace(/^<\?xml.*?\?>\s*/, '');
    return `<figure role="img" aria-label="${label}">${svg}</figure>`;
  };
  // Wide tables scroll by themselves and leave the page where it is.
  markdown.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>';
  markdown.renderer.rules.table_close = () => '</table></div>';
  const source = readFileSync(join(root, file), 'utf8').replace(/<!--[\s\S]*?-->\n?/g, '');
  const html = markdown.render(source);
  return { file, html, headings, title: headings[0]?.text ?? file, text: plain(html) };

  /** @param {string} href */
  function resolve(href) {
    if (/^(?:\w+:|#)/.test(href)) return href;
    const [path = '', fragment] = href.split('#');
    const target = posix.normalize(posix.join(posix.dirname(file), decodeURI(path))).replace(/\/$/, '');
    const address = linkTo(target);
    return address === undefined || fragment === undefined ? address : `${address}#${fragment}`;
  }
}

/**
 * @param {string} code
 * @param {string} info - what is behind the fence, as in `sh title="x"`
 */
function highlight(code, info) {
  const [name = ''] = info.split(/\s/);
  const language = hljs.getLanguage(ALIASES[name] ?? name) === undefined ? undefined : (ALIASES[name] ?? name);
  const html = language === undefined ? escapeHtml(code) : hljs.highlight(code, { language }).value;
  return `<pre><code class="language-${escapeHtml(name || 'text')}" tabindex="0">${html}</code></pre>`;
}

/**
 * Languages that the highlighter calls by another name.
 * @type {Readonly<Record<string, string>>}
 */
const ALIASES = { console: 'shell', 'sh-session': 'shell', elvish: 'bash', nu: 'bash' };

/** @param {readonly { readonly type: string, readonly content: string }[]} tokens */
function textOf(tokens) {
  return tokens
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('');
}

/**
 * The anchor that GitHub gives a heading.
 *
 * @param {string} text
 * @param {readonly Heading[]} taken
 */
function freeId(text, taken) {
  const id = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  const count = taken.filter((one) => one.id === id || new RegExp(`^${id}-\\d+$`).test(one.id)).length;
  return count === 0 ? id : `${id}-${count}`;
}

/** @param {string} html */
function plain(html) {
  return html
    .replace(/<figure[\s\S]*?<\/figure>|<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** @param {string} text */
export function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
