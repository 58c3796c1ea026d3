import { governmentMsps } from '../roles.js';
import type { Person } from '../testing/fake-ledger.js';
import { check } from '../testing/offshore-trade.js';
import {
  claim,
  declaration,
  exporter,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const approver: Person = { ...people.regulator, role: 'approver', id: 'approver' };

// Neither the ledger of the tests nor the network has a collection of a government node or of somebody who does not exist:
// to look into one would be no refusal.
const noBanks = [...governmentMsps, 'InsurerMSP', 'NowhereMSP'];

describe.each(noBanks)("%s, named as the owner of what is a bank's", (owner) => {
  it('owns no claim', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await reserve(ledger, claim(ledger, '60.00'));
    const command = () => ({ id, owner, idempotencyKey: freshKey(), reason: 'It is said to be false.' });
    const attempts = [
      () => ledger.submit('disputeClaim', people.regulator, command()),
      () => ledger.submit('resolveDispute', approver, { ...command(), outcome: 'upheld' }),
      ...[people.customs, people.tax, people.regulator].map(
        (person) => () => ledger.submit('sweepClaims', person, { claims: [{ id, owner }] }),
      ),
      () => ledger.endorse('readClaim', people.auditor, { id, owner }),
      () => ledger.endorse('readClaimHistory', people.auditor, { id, owner }),
    ];
    for (const attempt of attempts) await refuses(ledger, 'CLAIM_NOT_FOUND', attempt);
  });

  it('owns no payment and no offshore check', async () => {
    const ledger = await openLedger();
    const payment = {
      idempotencyKey: freshKey(),
      reference: 'TT-1',
      payer: exporter,
      payee: 'Hamburg Consult',
      purpose: 'service-trade',
      amount: usd('100.00'),
      paidOn: '2026-03-02',
      lines: [],
    };
    const { answer } = await ledger.submit('markPayments', people.bankA, { payments: [payment] });
    const [marked] = answer.items;
    if (marked?.status !== 'marked') throw new Error('not marked');
    const reference = { id: marked.payment.id, owner };
    for (const name of ['readPayment', 'readPaymentHistory'] as const) {
      await refuses(ledger, 'PAYMENT_NOT_FOUND', () => ledger.endorse(name, people.auditor, reference));
    }
    const { id } = await check(ledger);
    await refuses(ledger, 'CHECK_NOT_FOUND', () =>
      ledger.endorse('readOffshoreCheck', people.auditor, { id, owner }),
    );
  });
});
