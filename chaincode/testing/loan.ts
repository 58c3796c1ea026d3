import { jest } from '@jest/globals';
import type { Input } from '../api.js';
import type { FakeLedger } from './fake-ledger.js';
import {
  claim,
  day,
  declaration,
  disburse,
  freshKey,
  openLedger,
  people,
  record,
  remainingOf,
  usd,
} from './story.js';

type Source = Input<'repayClaim'>['source'];

/** A loan of 60.00 on a declaration of 100.00, and what its people do with it. */
export async function loanOnDeclaration() {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const { id } = await disburse(ledger, claim(ledger, '60.00'));
  return { ledger, id, ...actsOn(ledger, id) };
}

/** What the two people of bank A do with a claim. */
export function actsOn(ledger: FakeLedger, id: string) {
  const command = () => ({ id, idempotencyKey: freshKey() });
  return {
    command,
    repay: (amount: string, source: Source = 'proceeds') =>
      ledger.submit('repayClaim', people.bankA, { ...command(), amount: usd(amount), source }),
    reverse: (entry: Input<'reverseEntry'>['entry'], repayment?: number) =>
      ledger.submit('reverseEntry', people.bankA, {
        ...command(),
        entry,
        ...(repayment !== undefined && { repayment }),
        reason: 'Entered on the wrong claim.',
      }),
    confirm: (person: Parameters<FakeLedger['submit']>[1] = people.approverA) =>
      ledger.submit('confirmStep', person, command()),
    giveBack: (reason = 'The advice says otherwise.') =>
      ledger.submit('returnStep', people.approverA, { ...command(), reason }),
    sweep: () => ledger.submit('sweepClaims', people.bankA, { claims: [{ id }] }),
    read: async () => (await ledger.endorse('readClaim', people.bankA, { id })).answer,
    left: () => remainingOf(ledger, declaration()),
  };
}

/** Moves the proposal's time and the endorser's clock together; the spec restores the clock. */
export function advance(ledger: FakeLedger, days: number): void {
  ledger.now += days * day;
  jest.spyOn(Date, 'now').mockReturnValue(ledger.now);
}
