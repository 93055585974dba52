import type { Context } from '@vivarium/core/plugin';
import type { Started } from './start.ts';

/** Tells what a Python lacks on this system, and what helps. */
export function warnOfSystem(
  { hasCertificates, hasTerminals }: Started,
  { destination, context: { warn } }: { readonly destination: string; readonly context: Pick<Context, 'warn'> },
): void {
  if (!hasCertificates) {
    const remedy = "install the system's certificates (the package ca-certificates), or name some with SSL_CERT_FILE";
    warn(`this Python finds no certificates of authorities on this system; ${remedy}`, 'PYTHON_CERTIFICATES_MISSING');
  }
  if (!hasTerminals) {
    const remedy = `install the system's (ncurses-base, ncurses-terminfo-base), or set TERMINFO_DIRS=${destination}/share/terminfo`;
    warn(
      `curses of this Python finds no descriptions of terminals on this system; ${remedy}`,
      'PYTHON_TERMINALS_MISSING',
    );
  }
}
