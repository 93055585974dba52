// Builds the documentation site from the Markdown files of the repository; the options are those of `scripts/docs.mjs`.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import MiniSearch from 'minisearch';
import { root } from '../set-up.mjs';
import { CONTENTS, LINKED } from './contents.mjs';
import { render } from './markdown.mjs';
import { SEARCH_OPTIONS } from './search-options.mjs';
import { pageHtml } from './template.mjs';

const { values } = parseArgs({
  options: { serve: { type: 'boolean', default: false }, out: { type: 'string', default: join(root, 'site') } },
});
const out = resolve(values.out);

build();
if (values.serve) serve();

function build() {
  const packages = readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}/README.md`)
    .filter((file) => existsSync(join(root, file)));
  const inMenu = CONTENTS.flatMap(({ files }) => files);
  const files = [...inMenu, ...LINKED, ...packages];
  refuseForgotten(inMenu);
  /** @type {Set<string>} */
  const copied = new Set();
  const pages = files.map((file) => ({
    path: pathOf(file),
    page: render(file, (target) => {
      const address = addressOf(target, files, copied);
      return address === undefined || /^https:/.test(address) ? address : relativeTo(pathOf(file), address);
    }),
  }));
  const menu = CONTENTS.map(({ title, files: own }) => ({
    title,
    pages: own.map((file) => {
      const { page, path } = pages.find((one) => one.page.file === file) ?? refuse(`${file} does not exist`);
      return { title: page.title, path };
    }),
  }));
  const problems = brokenAnchors(pages);
  if (problems.length > 0) refuse(problems.join('\n'));

  rmSync(out, { recursive: true, force: true });
  for (const { page, path } of pages) write(path, pageHtml({ page, path, menu }));
  for (const file of copied) write(`files/${file}`, readFileSync(join(root, file)));
  for (const name of ['site.css', 'site.js', 'theme.js']) write(name, readFileSync(join(root, 'scripts/docs', name)));
  const umd = join(dirname(createRequire(import.meta.url).resolve('minisearch')), '../umd/index.js');
  copyFileSync(umd, join(out, 'minisearch.js'));
  write('search-index.js', searchIndex(pages));
  process.stdout.write(`${pages.length} pages in ${out}\n`);
}

/**
 * Where a file of the repository is in the site.
 *
 * @param {string} file
 */
function pathOf(file) {
  return file
    .replace(/^docs\//, '')
    .replace(/^packages\/([^/]+)\/README\.md$/, 'packages/$1.html')
    .replace(/README\.md$/, 'index.html')
    .replace(/\.md$/, '.html');
}

/**
 * The address, from the root of the site, of what a link leads to. Files that are not Markdown are copied into it. The
 * rest is in the repository, as far as its address is known.
 *
 * @param {string} target - from the root of the repository
 * @param {readonly string[]} files
 * @param {Set<string>} copied
 * @returns {string | undefined}
 */
function addressOf(target, files, copied) {
  const page = [target, `${target}/README.md`].find((file) => files.includes(file));
  if (page !== undefined) return pathOf(page);
  if (target === 'README.md') return 'index.html';
  const path = join(root, target);
  if (!existsSync(path)) return refuse(`there is no ${target}`);
  if (statSync(path).isDirectory() || target.endsWith('.md')) {
    const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return repository && `${repository.url.replace(/^git\+|\.git$/g, '')}/tree/main/${target}`;
  }
  copied.add(target);
  return `files/${target}`;
}

/**
 * @param {string} from
 * @param {string} to
 */
function relativeTo(from, to) {
  return relative(dirname(from), to).split(sep).join('/');
}

/** No reader would find a page that no menu has. @param {readonly string[]} inMenu */
function refuseForgotten(inMenu) {
  const all = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.split(sep).join('/')}`);
  const forgotten = all.filter((file) => !inMenu.includes(file));
  if (forgotten.length > 0) refuse(`${forgotten.join(', ')} must be listed in scripts/docs/contents.mjs`);
}

/** @param {readonly { readonly path: string, readonly page: import('./markdown.mjs').Page }[]} pages */
function brokenAnchors(pages) {
  return pages.flatMap(({ page, path }) =>
    [...page.html.matchAll(/href="([^":]*)#([^"]+)"/g)].flatMap(([, address = '', id = '']) => {
      const target = address === '' ? path : join(dirname(path), address).split(sep).join('/');
      const found = pages.find((one) => one.path === target);
      const anchor = decodeURIComponent(id);
      const exists = found === undefined || found.page.html.includes(`id="${anchor}"`);
      return exists ? [] : [`${page.file}: ${target} has no #${anchor}`];
    }),
  );
}

/** @param {readonly { readonly path: string, readonly page: import('./markdown.mjs').Page }[]} pages */
function searchIndex(pages) {
  const index = new MiniSearch(SEARCH_OPTIONS);
  index.addAll(
    pages.map(({ page, path }) => ({
      id: path,
      title: page.title,
      headings: page.headings.map(({ text }) => text).join(' · '),
      text: page.text,
    })),
  );
  return `window.searchIndex = ${JSON.stringify({ options: SEARCH_OPTIONS, index: JSON.stringify(index) })};\n`;
}

/**
 * @param {string} path
 * @param {string | Buffer} content
 */
function write(path, content) {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/**
 * @param {string} reason
 * @returns {never}
 */
function refuse(reason) {
  process.stderr.write(`docs: ${reason}\n`);
  process.exit(1);
}

function serve() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(out, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    if (!file.startsWith(out + sep) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    const type = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript' }[extname(file)];
    response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end(readFileSync(file));
  });
  server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
    const address = server.address();
    process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/\n`);
  });
  /** @type {NodeJS.Timeout | undefined} */
  let waiting;
  for (const directory of ['docs', 'scripts/docs']) {
    watch(join(root, directory), { recursive: true }, () => {
      clearTimeout(waiting);
      waiting = setTimeout(build, 100);
    });
  }
}
