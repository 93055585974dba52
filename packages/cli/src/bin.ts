#!/usr/bin/env node
import { loadCommand } from './start/load-command.ts';

const args = process.argv.slice(2);
void loadCommand(args).main(args);
