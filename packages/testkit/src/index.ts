export { type SuiteOptions, testActivator } from './activator/suite.ts';
export { type CreatorAbility, type CreatorSuite, testCreator } from './creator/suite.ts';
export { type Arrangement, type DiscovererPlace, type DiscovererSuite, testDiscoverer } from './discoverer/suite.ts';
export { HOSTILE_NAMES, hostileNames, isDirectoryName, NAMES_WITH_LINE_BREAKS } from './hostile-names.ts';
export { type SeederPlace, type SeederSuite, testSeeder } from './seeder/suite.ts';
export type { Ability, Helpers, HostileNames, InteractivePrompt, Note, Shell } from './shell.ts';
export { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';
