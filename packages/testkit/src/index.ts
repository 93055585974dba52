export { type SuiteOptions, testActivator } from './activator/suite.ts';
export { HOSTILE_NAMES, hostileNames, isFolderName, NAMES_WITH_LINE_BREAKS } from './hostile-names.ts';
export type { Ability, Helpers, HostileNames, InteractivePrompt, Note, Shell } from './shell.ts';
export { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';
