#!/usr/bin/env node
import { loadCommand } from './start/load-command.ts';

void loadCommand().main(process.argv.slice(2));
