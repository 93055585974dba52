import type { Comparison } from './inventory.ts';

/** Something in which an environment differs from one that `python -m venv` makes, on purpose. */
interface Difference {
  /** What a reader of `docs/differences-from-venv.md` is told, in Markdown. */
  readonly what: string;
  readonly why: string;
  /** The names, as in an inventory, of what differs. */
  readonly name: RegExp;
  /** Who has it: both, each something else, or one alone, or, as versions go, this or that. */
  readonly where: 'vivarium' | 'venv' | 'both' | 'any';
}

/** All of them. The documents list the same, and nothing else may differ. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: '`.gitignore`, which `venv` writes since Python 3.13 only; its first line names who made it',
    why: 'repositories leave the environment out',
    name: /^\.gitignore$/,
    where: 'any',
  },
  {
    what: '`CACHEDIR.TAG`',
    why: 'backups leave the environment out',
    name: /^CACHEDIR\.TAG$/,
    where: 'vivarium',
  },
  {
    what: '`bin/python3.Y` before Python 3.9, too',
    why: 'what later versions have',
    name: /^bin\/python3\.[678]$/,
    where: 'vivarium',
  },
  {
    what: '`bin/python3.Yt`, `bin/python3.Yd`, `bin/python3.Ytd`, and the name that the base was called by',
    why: 'anyone who asks for the build by its name gets it',
    name: /^bin\/(?:python3\.\d+(?:t?d?|-dbg)|pypy3[\d.]*|graalpy|rustpython)$/,
    where: 'vivarium',
  },
  {
    what: '`bin/python` is the link to the base and the others lead to it, also where `venv` has it the other way round',
    why: 'one link to look at and to repair, whatever name the base was called by',
    name: /^bin\/(?:python[\d.td]*(?:-dbg)?|pypy[\d.]*|graalpy|rustpython)$/,
    where: 'both',
  },
  {
    what: 'with `--copies`, the shared library in `lib` (PyPy: in `bin`)',
    why: 'builds that look for it next to the executable would not start',
    name: /^(?:lib|bin)\/lib(?:python|pypy)[\w.-]+$/,
    where: 'vivarium',
  },
  {
    what: 'no empty `include/python3.Y` since Python 3.11',
    why: "nothing looks for it: headers are the base's, and packages make `include/site`",
    name: /^include\/(?:python|pypy|graalpy)[\d.td]+\/$/,
    where: 'venv',
  },
  {
    what: '`_vivarium_distutils.py` and `.pth` among the packages up to Python 3.9',
    why: "an `[install]` section in the base's or the user's distutils configuration would send packages elsewhere",
    name: /^lib\/[\w.]+\/site-packages\/_vivarium_distutils\.(?:py|pth)$/,
    where: 'vivarium',
  },
  {
    what: 'no `bin/𝜋thon` in Python 3.14',
    why: 'a joke, and a name that some archives and file systems refuse',
    name: /^bin\/𝜋thon$/,
    where: 'venv',
  },
  {
    what: '`implementation`, `version_info`, `python-version`, `base-prefix`, `base-exec-prefix`, `base-executable` and `vivarium` in `pyvenv.cfg`',
    why: "virtualenv's keys, which tools read, the key of the draft PEP 838, and who made it",
    name: /^pyvenv\.cfg: (?:implementation|version_info|python-version|base-prefix|base-exec-prefix|base-executable|vivarium)$/,
    where: 'vivarium',
  },
  {
    what: '`executable` and `command` in `pyvenv.cfg` before Python 3.11, too; `command` is the one that made it again',
    why: 'what later versions have',
    name: /^pyvenv\.cfg: (?:executable|command)$/,
    where: 'any',
  },
  {
    what: '`prompt` in `pyvenv.cfg` stands in double quotes',
    why: 'as from virtualenv: blanks at its ends are part of it',
    name: /^pyvenv\.cfg: prompt$/,
    where: 'both',
  },
  {
    what: "our own scripts in place of `venv`'s `activate`, `activate.csh`, `activate.fish`, `Activate.ps1` (here `activate.ps1`), and `activate.nu`, `activate.xsh`, `activate_this.py`",
    why: 'more shells, names that hold anything, and a `deactivate` that undoes just what activation did',
    name: /^bin\/(?:[Aa]ctivate(?:\.(?:csh|fish|ps1|nu|xsh|bat))?|deactivate\.bat|activate_this\.py)$/,
    where: 'any',
  },
  {
    what: 'no `bin/easy_install`',
    why: 'setuptools itself has given it up',
    name: /^bin\/easy_install(?:-\d\.\d+)?$/,
    where: 'venv',
  },
];

/**
 * What of a comparison between an environment of ours and one of `venv` is not among {@link DIFFERENCES}, in sentences.
 */
export function unlisted(found: Comparison): readonly string[] {
  return [...found]
    .filter(([name, [ours, theirs]]) => {
      const where = theirs === undefined ? 'vivarium' : ours === undefined ? 'venv' : 'both';
      return !DIFFERENCES.some((it) => it.name.test(name) && (it.where === 'any' || it.where === where));
    })
    .map(([name, [ours, theirs]]) => `${name}: ${ours ?? 'nothing'} here, ${theirs ?? 'nothing'} there`);
}
