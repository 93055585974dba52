/**
 * Whether a directory has an access control list. Node can't read extended attributes, so `ls` is asked, which puts a
 * `+` behind the permissions (POSIX.1-2017, `ls`, "optional alternate access method flag"). Where it can't be asked, none
 * is found.
 */
export function hasAccessList(directory: string): boolean {
  try {
    const args = ['-ld', '--', directory];
    // A static import would be loaded by every run, and most write nothing.
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    const line = execFileSync('/bin/ls', args, { encoding: 'latin1', env: {}, stdio: ['ignore', 'pipe', 'ignore'] });
    return line.charAt(PERMISSIONS.length) === '+';
  } catch {
    return false;
  }
}

const PERMISSIONS = 'drwxrwxrwx';
