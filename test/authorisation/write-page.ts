#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { format, resolveConfig } from 'prettier';
import { withOthersTable } from './page.js';

// Part of `npm run docs`: the table that tests have, and the code has not.
const path = join(projectRoot, 'docs/authorisation.md');
const page = withOthersTable(readFileSync(path, 'utf8'));
writeFileSync(path, await format(page, { ...(await resolveConfig(path)), filepath: path }));
