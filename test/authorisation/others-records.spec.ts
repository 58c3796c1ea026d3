import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { type LedgerFunction, permissions } from '@pledgeonce/chaincode/permissions.js';
import type { Person } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import { aboutNobodys, agreedOnOthers, emptyForOthers } from './others-records.js';
import type { Call, Calls } from './calls.js';
import { claimCalls, paymentCalls } from './records-of-banks.js';
import { documentCalls, marketCalls } from './records-of-enterprises.js';
import { insuranceCalls, loanCalls } from './records-of-loans.js';

describe("another's record", () => {
  let calls: Calls;
  beforeAll(async () => {
    const made = [claimCalls, documentCalls, loanCalls, insuranceCalls, marketCalls, paymentCalls];
    calls = Object.assign({}, ...(await Promise.all(made.map((make) => make())))) as Calls;
  });

  /** What somebody is told: the refusal, or the answer. */
  async function told(name: LedgerFunction, person: Person): Promise<unknown> {
    const { ledger, input } = callOf(name);
    try {
      return (await ledger.endorse(name, person, input)).answer;
    } catch (error) {
      if (error instanceof LedgerError) return error.code;
      throw error;
    }
  }

  function callOf(name: LedgerFunction): Call {
    const call = calls[name];
    if (call === undefined) throw new Error(`Nobody has made a record for ${name}.`);
    return call;
  }

  it('is thought of in every function of the ledger, once', () => {
    const thoughtOf = [...agreedOnOthers.keys(), ...emptyForOthers, ...aboutNobodys];
    expect(thoughtOf.sort()).toEqual(Object.keys(permissions).sort());
  });

  it.each([...agreedOnOthers])(
    'is refused by %s, in its owner’s role, and one’s own is not',
    async (name, rule) => {
      const called = name as LedgerFunction;
      const { ledger, own, other } = callOf(called);
      const before = ledger.snapshot();
      expect(own.role).toBe(other.role);
      expect(await told(called, other)).toBe(rule.roles[0]);
      expect(await told(called, own)).not.toBe(rule.roles[0]);
      expect(ledger.snapshot()).toEqual(before);
    },
  );

  it.each(emptyForOthers)('has an empty place in the answer of %s, and one’s own has not', async (name) => {
    const called = name as LedgerFunction;
    const { own, other } = callOf(called);
    const [theirs, mine] = [await told(called, other), await told(called, own)];
    expect(typeof theirs).toBe('object');
    expect(JSON.stringify(theirs)).not.toBe(JSON.stringify(mine));
    expect(JSON.stringify(theirs)).toMatch(/null|\[\]/);
  });
});
