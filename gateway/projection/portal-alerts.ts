import { type Claim, claim } from '@pledgeonce/chaincode/claims/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { objection } from '@pledgeonce/chaincode/objections/records.js';
import { payment } from '@pledgeonce/chaincode/payments/records.js';
import { decoded } from './decoded.js';
import type { Happened } from './feed-by-enterprise.js';
import type { PrivateValue } from './read-block.js';
import type { Viewpoint } from './viewpoint.js';

const nothing = { claims: [], payments: [], facts: [] };

type Read = (stored: string, mspId: string) => { alert: string; account?: string | undefined } & object;

/** What a copy that the portal gets for the first time says to its enterprise. */
const firsts: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    claim.letters,
    (stored) => {
      const record = decoded(claim, stored);
      return { alert: alertOf(record), account: record.account, claims: [record.id] };
    },
  ],
  [
    payment.letters,
    (stored) => {
      const { id, seq, account } = decodeRecord(payment, stored);
      return { alert: seq > 1 ? '' : 'drawn-on', account, payments: [id] };
    },
  ],
  [
    objection.letters,
    (stored, mspId) => {
      const { id, seq, account, objector, decision, state } = decodeRecord(objection, stored);
      const isDecided = decision !== undefined && state !== 'withdrawn';
      const isRaised = seq === 1 && objector !== mspId;
      return {
        alert: isRaised ? 'objected-to' : isDecided ? 'objection-decided' : '',
        account,
        objections: [id],
      };
    },
  ],
]);

/** What an enterprise hears of a claim on its documents. Of one that waited for the paper it hears when that comes. */
function alertOf({ seq, transferredFrom, shareOf, takenOn }: Claim): string {
  if (seq > 1) return '';
  if (transferredFrom !== undefined) return 'claim-transferred';
  if (shareOf !== undefined) return 'claim-shared';
  return takenOn === undefined ? 'drawn-on' : 'taken-on';
}

/**
 * What the people of an enterprise hear at once, beside the alerts of the ledger: a bank has drawn on its documents or paid
 * for it, somebody objects to its trade. An alert of the ledger would tell the bank itself what it has just done.
 */
export function portalAlerts(values: readonly PrivateValue[], { mspId, kind }: Viewpoint): Happened[] {
  if (kind !== 'enterprise') return [];
  return values.flatMap(({ key, value }) => {
    const told = firsts.get(readKey(key).letters)?.(value, mspId);
    if (told === undefined || told.alert === '' || told.account === undefined) return [];
    const { account, ...content } = told;
    return [{ kind: 'alert' as const, content: { ...nothing, ...content }, enterprise: account }];
  });
}
