import { openTerminal, type Terminal } from '@vivarium/testkit';
import { expect, onTestFinished, test } from 'vitest';

function open(script: string, columns = 40): Terminal {
  const terminal = openTerminal({
    program: '/bin/sh',
    arguments: ['-c', script],
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    cwd: '/',
    columns,
  });
  onTestFinished(() => terminal.close());
  return terminal;
}

test('gives what stands on the screen, not what was sent to it', async () => {
  const terminal = open("printf 'wrong\\rright\\n\\033[31mred\\033[0m  \\n'; sleep 9");
  expect(await terminal.wait((drawn) => drawn.includes('red'))).toBe('right\nred');
});

test('joins the lines that the terminal has wrapped', async () => {
  const terminal = open("printf '%s' 1234567890 abcdefghij; sleep 9", 12);
  expect(await terminal.wait((drawn) => drawn.includes('j'))).toBe('1234567890abcdefghij');
});

test('answers the queries that shells send', async () => {
  const terminal = open("stty raw -echo; printf '\\033[6n'; head -c 6 | od -c; stty sane; sleep 9");
  expect(await terminal.wait((drawn) => drawn.includes('0000006'))).toContain('[   1   ;   1   R');
});

test('shows only what was drawn since a line was entered', async () => {
  const terminal = open('read line; echo "got $line"; read line; echo "then $line"; sleep 9');
  terminal.enter('one');
  await terminal.wait((drawn) => drawn.includes('got one'));
  terminal.enter('two');
  expect(await terminal.wait((drawn) => drawn.includes('then'))).toBe('two\nthen two');
});

test('says what is on the screen when it waited in vain', async () => {
  const terminal = open('echo something else; sleep 9');
  await expect(terminal.wait(() => false, 300)).rejects.toThrow('something else');
});
