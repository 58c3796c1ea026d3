#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { keptFile, pageWithTable, reliabilityPage } from './page.js';
import { readKept } from './results.js';

// Part of `npm run docs`: the sum of what campaigns have found.
writeFileSync(
  reliabilityPage,
  await pageWithTable(readFileSync(reliabilityPage, 'utf8'), readKept(keptFile)),
);
