import { alerts } from './alerts.js';
import { fields } from './fields.js';
import { firms } from './firms.js';
import { hints } from './hints.js';
import { loanRules } from './loan-rules.js';
import { machines } from './machines.js';
import { members } from './members.js';
import { monthEnd } from './month-end.js';
import { oversight } from './oversight.js';
import { own } from './own.js';
import { ownData } from './own-data.js';
import { takeOn } from './take-on.js';
import { texts } from './texts.js';
import { webhooks } from './webhooks.js';
import { words } from './words.js';

export const zh = {
  ...alerts,
  ...words,
  ...texts,
  ...fields,
  ...firms,
  ...hints,
  ...loanRules,
  ...machines,
  ...members,
  ...monthEnd,
  ...oversight,
  ...own,
  ...ownData,
  ...takeOn,
  ...webhooks,
};
