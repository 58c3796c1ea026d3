import { fields } from './fields.js';
import { monthEnd } from './month-end.js';
import { texts } from './texts.js';
import { words } from './words.js';

export const zh = { ...words, ...texts, ...fields, ...monthEnd };
