import { limits } from '../api.js';
import { catalogue } from '../catalogue.js';
import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { checkCodeText } from '../facts/store.js';
import { openingAt } from '../ledger/addresses.js';
import { type Call, fingerprints } from '../ledger/call.js';
import type { Verb } from '../ledger/execute.js';
import type { FactHead } from '../ledger/kinds.js';
import { overdrawnFacts, remaining } from '../rules/balances.js';
import { checkAll } from '../rules/check-all.js';
import { documentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { formatMoney } from '../rules/money.js';
import { canonicalParty, partyText } from '../rules/parties.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { isLocked, openingOf } from './access.js';

/**
 * A bank shows the check code that its customer handed over, and sees the document. A wrong code commits too: the
 * attempt is counted by consensus, and after a few of them the bank is locked out.
 */
export const openDocument: Verb<'openDocument'> = async (call, { document, payer, checkCode }) => {
  const { work } = call;
  const keys = await fingerprints(work);
  const { holder, key } = checkAll({
    holder: () => canonicalParty(payer, 'payer'),
    key: () => documentKey(document, canonicalParty(payer, 'payer'), 'document.'),
    type: () => {
      if (!catalogue[document.type].checkCode) {
        throw new LedgerError('NOT_FINANCEABLE', {
          detail: 'Documents of this type have no check code.',
          field: 'document.type',
        });
      }
    },
  });
  const head = await findFact(work, keys, key);
  const version = head?.version ?? 0;
  const opening = await openingOf(call, keys, key, version);
  if (isLocked(opening)) throw new LedgerError('CHECK_CODE_LOCKED');
  const { id, failures } = opening;
  if (head === undefined || partyText(head.holder) !== partyText(holder) || !opens(keys, head, checkCode)) {
    work.write(openingAt(id), { version, failures: failures + 1, opened: opening.opened });
    return { result: 'refused', attemptsLeft: limits.checkCodeAttempts - failures - 1 };
  }
  if (!opening.opened) work.write(openingAt(id), { version, failures, opened: true });
  return shown(call, head);
};

function opens(keys: Fingerprints, { id, checkCode }: FactHead, given: string): boolean {
  return (
    checkCode !== undefined && keys.candidates('check-code', checkCodeText(id, given)).includes(checkCode)
  );
}

async function shown({ work, now }: Call, { id, version, underlying, currency, status }: FactHead) {
  const { type, number, date, total, filing } = await latestContent(work, { id, version });
  if (total === undefined) throw new Error(`fact ${id} states no total`);
  const trade = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const row = trade.rows.find(({ fact }) => fact === id);
  // The trade of such a document has one document and one currency: no rate is needed.
  const left = row && remaining(trade, row, new Map());
  const none = left === undefined || left < 0n || overdrawnFacts(trade, new Map()).length > 0;
  return {
    result: 'opened' as const,
    fact: id,
    type,
    number,
    date,
    total,
    status,
    remaining: formatMoney(none ? 0n : left, currency),
    livePayments: new Set(trade.draws.map(({ claim }) => claim)).size,
    validUntil: filing?.validUntil,
  };
}
