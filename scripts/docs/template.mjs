// The frame around the text of each page.
import { escapeHtml } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {{ readonly title: string, readonly pages: readonly { readonly title: string, readonly path: string }[] }} MenuSection */

/**
 * One page of the site. All addresses are relative, so that it works below any path and from a directory.
 *
 * @param {object} what
 * @param {Page} what.page
 * @param {string} what.path - of the page in the site
 * @param {readonly MenuSection[]} what.menu
 */
export function pageHtml({ page, path, menu }) {
  const up = '../'.repeat(path.split('/').length - 1) || './';
  const flat = menu.flatMap(({ pages }) => pages);
  const place = flat.findIndex((one) => one.path === path);
  const [before, after] = place === -1 ? [] : [flat[place - 1], flat[place + 1]];
  const title = page.title === 'vivarium' ? page.title : `${page.title} · vivarium`;
  return `<!doctype html>
<html lang="en" data-root="${up}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(descriptionOf(page))}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}site.css">
<script src="${up}theme.js"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<a class="name" href="${up}index.html">vivarium</a>
<div class="search" role="search">
<input type="search" id="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off" hidden>
<ul id="results" hidden></ul>
</div>
<button type="button" id="theme" aria-label="Dark or light" hidden>◐</button>
</header>
<div class="columns">
<nav aria-label="Pages">
<details id="menu" open>
<summary>Pages</summary>
${menu.map((section) => menuSection(section, path, up)).join('\n')}
</details>
</nav>
<main id="content">
${page.html.replace(/<pre>/g, '<div class="code"><pre>').replace(/<\/pre>/g, '</pre></div>')}
<footer>
${before === undefined ? '' : `<a rel="prev" href="${up}${before.path}">← ${escapeHtml(before.title)}</a>`}
${after === undefined ? '' : `<a rel="next" href="${up}${after.path}">${escapeHtml(after.title)} →</a>`}
</footer>
</main>
${contents(page)}
</div>
<script src="${up}minisearch.js" defer></script>
<script src="${up}search-index.js" defer></script>
<script src="${up}site.js" defer></script>
</body>
</html>
`;
}

/**
 * @param {MenuSection} section
 * @param {string} path
 * @param {string} up
 */
function menuSection({ title, pages }, path, up) {
  const links = pages.map((page) => {
    const current = page.path === path ? ' aria-current="page"' : '';
    return `<li><a href="${up}${page.path}"${current}>${escapeHtml(page.title)}</a></li>`;
  });
  return `<p>${title}</p>\n<ul>\n${links.join('\n')}\n</ul>`;
}

/** @param {Page} page */
function contents({ headings }) {
  const second = headings.filter(({ level }) => level === 2);
  if (second.length < 3) return '';
  const links = second.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`);
  return `<aside aria-label="On this page"><p>On this page</p>\n<ul>\n${links.join('\n')}\n</ul></aside>`;
}

/** @param {Page} page */
function descriptionOf({ html }) {
  const first = /<p>([\s\S]*?)<\/p>/.exec(html)?.[1] ?? '';
  return first
    .replace(/<[^>]*>/g, '')
    .replace(/&\w+;/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 160);
}
