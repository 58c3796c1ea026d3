import type { Verb } from '../ledger/verb.js';
import { policyAt } from './records.js';
import { instantText } from '../rules/dates.js';

/** The regulator records what the consortium has decided on; without it the strictest rule holds. */
export const setPolicy: Verb<'setPolicy'> = ({ work, now }, { ownDocuments }) => {
  work.write(policyAt, { ownDocuments, since: instantText(now) });
  return Promise.resolve({ ownDocuments });
};

/** What the consortium has decided on. */
export const readPolicy: Verb<'readPolicy'> = async ({ work }) => {
  const policy = await work.read(policyAt);
  return { ownDocuments: policy?.ownDocuments ?? 'refused' };
};
