import type { Chapter } from './chapter.js';
import { exportFinancing } from './export-financing.js';

/** All chapters, in the order in which `--all` tells them. */
export const chapters: readonly Chapter[] = [exportFinancing];
