import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { HostileNames } from '../shell.ts';
import { type CheckContext, type CheckTarget, check, has } from './check.ts';
import { atTerminal } from './drawing.ts';
import { keptDirectory } from './kept-directory.ts';

/** Locales in which text in UTF-8 is read wrongly, by the names of their character sets. */
const CHARMAPS = { 'zh_CN.GBK': 'GBK', 'zh_TW.BIG5': 'BIG5', 'zh_CN.GB18030': 'GB18030' };

// Each ends a character of such a locale that what comes next is taken into: a backslash, a quote, a backtick.
const NAMES = [
  ...['\u3042$(pwned)', '\u3042`pwned`', '\u30a2$(pwned)', "\u00e9'$(pwned)'", '\u3042$x', "\u3042';pwned;'"],
  ...["\u30a2';pwned;'", '\u3042\\;pwned;', '\u30a2\\;pwned;', '\u3042\\', '\u3000\\n', '\u3042\\u', '\u30a2\\u'],
  ...['\u00e9%n\\', 'x\u3042!', '\u3042\u3044\\h\\w', '\u3042"x"', "\u3042'x"],
];

/** What happens where the shell takes the bytes of UTF-8 for characters of another encoding. */
export function testEncodings(target: CheckTarget): void {
  const locales = Object.keys(CHARMAPS);
  const prompts = NAMES.map((prompt): HostileNames => ({ directory: 'env', prompt }));
  const directories = NAMES.map((directory): HostileNames => ({ directory }));
  const names = has(target.shell, 'foreignPath') ? [...prompts, ...directories] : prompts;
  check(target, 'reads every name as it is, and runs none, in GBK, Big5 and GB18030', {
    needs: ['foreignLocale'],
    environments: locales.length * names.length,
    body: async (context) => {
      const LOCPATH = await madeLocales(context);
      const borne = names.filter((name) => context.shell.cannotBear?.(name, 'enter') === undefined);
      const made = await Promise.all(
        borne.map((name, index) => context.make({ ...name, directory: `${index}/${name.directory}` })),
      );
      for (const locale of locales) {
        const run = await context.run(
          made.flatMap((environment, index) => [
            context.activate(environment),
            context.report(`during-${index}`),
            ...(has(context.shell, 'deactivate')
              ? [context.deactivate(environment), context.report(`after-${index}`)]
              : []),
          ]),
          { environments: made.length, env: { LC_ALL: locale, LOCPATH } },
        );
        const seen = made.map((_, index) => {
          const { VIRTUAL_ENV, VIRTUAL_ENV_PROMPT, PATH } = run.report(`during-${index}`);
          const after = has(context.shell, 'deactivate') ? run.report(`after-${index}`) : {};
          return { place: VIRTUAL_ENV, prompt: VIRTUAL_ENV_PROMPT, path: PATH, left: after.VIRTUAL_ENV };
        });
        const expected = made.map(({ destination, prompt, scripts }) => {
          return { place: destination, prompt, path: context.list(scripts, context.userPath), left: undefined };
        });
        expect({ locale, seen }).toEqual({ locale, seen: expected });
        expect(run.notes.filter(({ kind }) => kind === 'pwned')).toEqual([]);
        if (has(context.shell, 'quiet'))
          expect({ locale, said: run.stdout + run.stderr }).toEqual({ locale, said: '' });
      }
    },
  });

  const drawings = [
    ...locales.map((locale) => ({ locale, variant: '', line: '' })),
    ...Object.entries(target.shell.prompt?.variants ?? {}).map(([variant, line]) => {
      return { locale: 'zh_CN.GB18030', variant: ` with ${variant}`, line };
    }),
  ];
  for (const { locale, variant, line } of drawings) {
    check(target, `draws every name in ${locale}${variant}, and runs none`, {
      needs: ['foreignLocale', 'prompt', 'deactivate'],
      environments: names.length,
      body: async (context) => {
        const LOCPATH = await madeLocales(context);
        const borne = names.filter((name) => context.shell.cannotBear?.(name, 'draw') === undefined);
        const foreign = { ...context, env: { ...context.env, LC_ALL: locale, LOCPATH } };
        // What is drawn is exact where the shell passes the bytes on, and in its usual state.
        const isExact = has(context.shell, 'foreignDrawing') && variant === '';
        await atTerminal(foreign, line, async (user) => {
          for (const [index, name] of borne.entries()) {
            const environment = await context.make({ ...name, directory: `${index}/${name.directory}` });
            await user.enter(environment, isExact ? user.expected(environment.prompt) : undefined);
            await user.leave(isExact ? user.expected() : undefined);
          }
        });
        expect((await context.notes()).filter(({ kind }) => kind === 'pwned')).toEqual([]);
      },
    });
  }
}

let made: Promise<string> | undefined;

/** The value of `LOCPATH` by which programs find the locales. */
async function madeLocales({ skip }: CheckContext): Promise<string> {
  made ??= keptDirectory('locales', makeLocales);
  return made.catch((error: unknown) => skip(`the locales could not be made: ${error}`));
}

async function makeLocales(directory: string): Promise<void> {
  for (const [name, charmap] of Object.entries(CHARMAPS)) {
    const args = ['-i', name.slice(0, 5), '-f', charmap, join(directory, name)];
    // It may complain and make them all the same.
    const error = await promisify(execFile)('localedef', args).then(() => undefined, String);
    if (!existsSync(join(directory, name))) throw new Error(error);
  }
}
