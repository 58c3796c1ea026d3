import { doors } from './doors/part.js';
import { histories } from './histories/part.js';
import type { Part } from './part.js';
import { importers } from './importers/part.js';
import { kills } from './kills/part.js';
import { privacy } from './privacy/part.js';
import { properties } from './properties/part.js';
import { rest } from './rest/part.js';
import { simulation } from './simulation/part.js';

/** The parts by their names. */
export const parts: Readonly<Record<string, Part>> = {
  simulation,
  properties,
  importers,
  histories,
  kills,
  privacy,
  doors,
  rest,
};
