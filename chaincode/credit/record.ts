import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { findFirst } from '../ledger/find-first.js';
import { checkAll } from '../rules/check-all.js';
import { instantText } from '../rules/dates.js';
import { parseMoney } from '../rules/money.js';
import { canonicalParty } from '../rules/parties.js';
import type { CreditContent, CreditRecordView } from './api.js';
import { creditIds, creditLine, creditRecordAt } from './records.js';

/** The regulator records what it knows of an enterprise in one category; every version is kept. */
export const recordCredit: Verb<'recordCredit'> = async ({ work, now }, { enterprise, content }) => {
  const { party } = checkAll({
    party: () => canonicalParty(enterprise, 'enterprise'),
    amounts: () => {
      assertAmounts(content);
    },
  });
  const keys = await fingerprints(work);
  const { id, record } = await findFirst(work, creditIds(keys, party, content.category), creditLine.at);
  const version = (record?.seq ?? 0) + 1;
  const view: CreditRecordView = {
    id,
    enterprise: party,
    category: content.category,
    version,
    content,
    recordedAt: instantText(now),
  };
  work.write(creditRecordAt(id, version), view);
  creditLine.announce(work, { id, state: 'recorded', seq: version });
  return view;
};

/** @throws LedgerError when an amount is not money. */
function assertAmounts(content: CreditContent): void {
  if (content.category === 'trade-credit') {
    for (const [index, year] of content.years.entries()) {
      for (const name of ['receipts', 'payments', 'exports', 'imports'] as const) {
        parseMoney(year[name], `content.years.${index}.${name}`, 'allow-zero');
      }
    }
  }
  if (content.category === 'regulatory') {
    for (const [index, { fine }] of content.penalties.entries()) {
      if (fine !== undefined) parseMoney(fine, `content.penalties.${index}.fine`);
    }
  }
}
