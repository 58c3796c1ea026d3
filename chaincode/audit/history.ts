import { LedgerError } from '../errors.js';
import { ownerMeant } from '../claims/load.js';
import { readableFact } from '../facts/read.js';
import { claimVersions } from '../claims/records.js';
import { factLine, factVersionAt } from '../facts/records.js';
import type { Verb } from '../ledger/verb.js';
import { paymentVersions } from '../payments/records.js';
import { payingBank } from '../payments/read.js';
import { loadPayment } from '../payments/store.js';
import { timeline } from './timeline.js';

/** Every version of a document with its transaction, and its private record with the hash that all peers hold. */
export const readFactHistory: Verb<'readFactHistory'> = async (call, { id }) => {
  await readableFact(call, id);
  return { id, versions: await timeline(call, factLine.at(id).key, (seq) => factVersionAt(id, seq)) };
};

/** Every version of a claim, likewise. */
export const readClaimHistory: Verb<'readClaimHistory'> = async (call, { id, owner }) => {
  const meant = await ownerMeant(call, owner);
  const first = await call.work.read(claimVersions.at(meant, id, 1));
  if (first === undefined) throw new LedgerError('CLAIM_NOT_FOUND', { field: 'id' });
  return {
    id,
    versions: await timeline(call, claimVersions.line.at(id).key, (seq) => claimVersions.at(meant, id, seq)),
  };
};

/** Every version of a payment, likewise. */
export const readPaymentHistory: Verb<'readPaymentHistory'> = async (call, { id, owner }) => {
  const meant = await payingBank(call, owner);
  await loadPayment(call.work, meant, id);
  return {
    id,
    versions: await timeline(call, paymentVersions.line.at(id).key, (seq) =>
      paymentVersions.at(meant, id, seq),
    ),
  };
};
