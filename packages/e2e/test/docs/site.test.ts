import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findProgram } from '@vivarium/test-utils/programs';
import { source as axe } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const site = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-site-')));
const browserPath = findProgram('chromium');
// The set-up installs it where it can, so in CI its absence is a failure and no reason to skip.
const isMissing = browserPath === undefined && process.env.CI !== 'true';

beforeAll(() => {
  execFileSync(process.execPath, [join(REPOSITORY, 'scripts/docs.mjs'), '--out', site]);
});
afterAll(() => rmSync(site, { recursive: true, force: true }));

const pages = (): readonly string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));

test('every address in every page is that of something in the site', () => {
  const files = new Set(readdirSync(site, { recursive: true, encoding: 'utf8' }));
  const dead = pages().flatMap((page) => {
    const html = readFileSync(join(site, page), 'utf8');
    const addresses = [...html.matchAll(/(?:href|src)="(?!https:|#|data:|mailto:)([^"#]+)/g)].map(
      ([, found = '']) => found,
    );
    return addresses
      .filter((address) => !files.has(normalize(join(dirname(page), decodeURI(address)))))
      .map((address) => `${page}: ${address}`);
  });
  expect(dead).toEqual([]);
  expect(pages().length).toBeGreaterThan(50);
});

const title = `in a browser${isMissing ? ' (skipped because chromium is not on PATH)' : ''}`;

// From the directory itself, as someone has it who has unpacked the site.
describe.skipIf(isMissing)(title, { timeout: 240_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath ?? 'chromium', args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  test('no page complains, none is wider than a phone, and all have contrast, dark and light', async () => {
    const problems: string[] = [];
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const phone = await context.newPage();
    let current = '';
    phone.on('console', (message) => message.type() === 'error' && problems.push(`${current}: ${message.text()}`));
    phone.on('pageerror', (error) => problems.push(`${current}: ${error.message}`));
    for (const file of pages()) {
      current = file;
      await open(phone, file);
      const width = await phone.evaluate('document.documentElement.scrollWidth');
      if (width !== 360) problems.push(`${file}: ${width} px wide`);
    }
    await context.close();
    for (const colorScheme of ['light', 'dark'] as const) {
      const themed = await browser.newContext({ colorScheme });
      for (const file of ['index.html', 'tutorial.html', 'reference/library.html']) {
        const page = await themed.newPage();
        await open(page, file);
        problems.push(...(await violations(page)).map((violation) => `${file}, ${colorScheme}: ${violation}`));
      }
      await themed.close();
    }
    expect(problems).toEqual([]);
  });

  test.each(['in a directory', 'under a sub-path of a server'])(
    '%s, a search leads to the page, and a session is copied without prompts and output',
    async (place) => {
      const { address, close } = place === 'in a directory' ? inDirectory() : await underSubPath();
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.addInitScript(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } });",
      );
      const missing: string[] = [];
      page.on('requestfailed', (request) => missing.push(request.url()));
      page.on('response', (response) => response.status() >= 400 && missing.push(response.url()));
      await page.goto(`${address}/index.html`);
      await page.keyboard.press('/');
      await page.keyboard.type('container');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${address}/how-to/build-a-container.html`);
      await page.getByRole('link', { name: 'Your first environment' }).first().click();
      await page.waitForURL(`${address}/tutorial.html`);
      const session = page.locator('.code', { hasText: 'source .venv/bin/activate' }).first();
      await session.hover();
      await session.getByRole('button').click();
      expect(await page.evaluate('window.copied')).toBe(
        'source .venv/bin/activate\ncommand -v python\npython -c "import sys; print(sys.prefix)"',
      );
      expect(missing).toEqual([]);
      await context.close();
      close();
    },
  );
});

interface Place {
  /** Of the site's root, without a slash at the end. */
  readonly address: string;
  close(): void;
}

/** As someone has it who has unpacked the site. */
function inDirectory(): Place {
  return { address: pathToFileURL(site).href, close: () => {} };
}

/** As a host of many projects serves it. */
async function underSubPath(): Promise<Place> {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html',
    '.css': 'text/css',
    '.js': 'text/javascript',
  };
  const server = createServer(({ url = '' }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    const file = join(site, path.slice(SUB_PATH.length));
    if (!path.startsWith(`${SUB_PATH}/`) || !existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': types[extname(file)] ?? 'image/svg+xml' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}${SUB_PATH}`, close: () => server.close() };
}

const SUB_PATH = '/projects/vivarium';

async function open(page: Page, file: string): Promise<void> {
  await page.goto(pathToFileURL(join(site, file)).href);
}

/** What breaks the rules of accessibility that axe knows, contrast among them. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()');
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
