import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { creditRecordAt, queryVersions } from './records.js';
import { queryView } from './view.js';

/** What an allowed query opened, for the bank that made it: the versions of then, whatever was recorded since. */
export const readCreditReport: Verb<'readCreditReport'> = async ({ work, caller }, { query }) => {
  const entry = await queryVersions.latest(work, caller.mspId, query);
  if (entry?.state !== 'allowed') throw new LedgerError('QUERY_NOT_FOUND', { field: 'query' });
  const records = await Promise.all(
    entry.opened.map(async ({ record, version }) => {
      const found = await work.read(creditRecordAt(record, version));
      if (found === undefined) throw new Error(`version ${version} of credit record ${record} is missing`);
      return found;
    }),
  );
  return { query: queryView(entry), records };
};
