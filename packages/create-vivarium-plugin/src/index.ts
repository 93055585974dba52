export { type PluginRequest, writePlugin } from './write-plugin.ts';
