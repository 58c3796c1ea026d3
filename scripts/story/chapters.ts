import { audit } from './audit.js';
import type { Chapter } from './chapter.js';
import { creditQuery } from './credit-query.js';
import { exportFinancing } from './export-financing.js';
import { matchmaking } from './matchmaking.js';

/** All chapters, in the order in which `--all` tells them. */
export const chapters: readonly Chapter[] = [exportFinancing, creditQuery, matchmaking, audit];
