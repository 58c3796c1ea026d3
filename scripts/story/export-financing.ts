import { assemble, dismiss } from './cast.js';
import type { Chapter } from './chapter.js';
import { play } from './play.js';
import { recordTrade } from './record.js';
import { freshTrade } from './samples.js';

/** Scenario S1: one receivable, two banks. */
export const exportFinancing: Chapter = {
  name: 'export-financing',
  title: 'One receivable, two banks',
  tell: async (teller, stack) => {
    const cast = await assemble(stack);
    try {
      await play(teller, cast, await recordTrade(teller, cast, freshTrade(new Date())));
    } finally {
      dismiss(cast);
    }
  },
};
