import { assignedTrade, buyer } from '../../testing/insured-trade.js';
import { day, freshKey, people, refuses, usd } from '../../testing/story.js';
import { dateOf } from '../../rules/dates.js';
import type { FakeLedger } from '../../testing/fake-ledger.js';

const other = { ...people.insurerApprover, id: 'approver-2' } as const;

const indemnity = (ledger: FakeLedger, more: object = {}) => ({
  idempotencyKey: freshKey(),
  bank: 'BankAMSP',
  policy: 'pol 1',
  buyer,
  amount: usd('60.00'),
  paidOn: dateOf(ledger.now),
  ...more,
});

describe('an indemnity', () => {
  it('is confirmed by the insurer to the assignee, with a copy for each', async () => {
    const { ledger, limit } = await assignedTrade();
    const input = indemnity(ledger);
    const { answer, writes } = await ledger.submit('confirmIndemnity', people.insurerApprover, input);
    expect(answer).toMatchObject({
      state: 'confirmed',
      policy: 'POL1',
      limit: limit.number,
      amount: usd('60.00'),
      left: usd('60.00'),
    });
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/IN~#~1',
      'InsurerMSP/IN~#~1',
      'public/indemnity~#',
    ]);
    const again = await ledger.submit('confirmIndemnity', people.insurerApprover, input);
    expect([again.answer, again.writes.size]).toEqual([answer, 0]);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('confirmIndemnity', people.insurerApprover, { ...input, amount: usd('61.00') }),
    );
  });

  it('is confirmed by nobody else, for no other bank, buyer or policy, and not for tomorrow', async () => {
    const { ledger } = await assignedTrade();
    const attempt =
      (more: object, person: Parameters<FakeLedger['submit']>[1] = people.insurerApprover) =>
      () =>
        ledger.submit('confirmIndemnity', person, indemnity(ledger, more));
    await refuses(ledger, 'WRONG_ORGANISATION', attempt({}, people.approverA));
    await refuses(ledger, 'PERMISSION_DENIED', attempt({}, people.insurer));
    await refuses(ledger, 'NOT_ASSIGNEE', attempt({ bank: 'BankBMSP' }));
    await refuses(ledger, 'NOT_ASSIGNEE', attempt({ buyer: { scheme: 'VAT', id: 'FR40303265045' } }));
    await refuses(ledger, 'NOT_ASSIGNEE', attempt({ policy: 'POL-2' }));
    await refuses(ledger, 'DATE_INVALID', attempt({ paidOn: dateOf(ledger.now + 3 * day) }));
    await refuses(ledger, 'BANK_INVALID', attempt({ bank: 'CarrierMSP' }));
  });

  it('is withdrawn by a second person of the insurer, while nobody quotes it', async () => {
    const { ledger } = await assignedTrade();
    const { answer } = await ledger.submit('confirmIndemnity', people.insurerApprover, indemnity(ledger));
    const input = { id: answer.id, reason: 'Another policy was meant.' };
    await refuses(ledger, 'FOUR_EYES', () =>
      ledger.submit('withdrawIndemnity', people.insurerApprover, input),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('withdrawIndemnity', people.approverA, input),
    );
    expect((await ledger.submit('withdrawIndemnity', other, input)).answer).toMatchObject({
      state: 'withdrawn',
      seq: 2,
    });
  });
});
