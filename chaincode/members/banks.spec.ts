import { z } from 'zod';
import { type Input, inputSchemas } from '../api.js';
import type { ErrorCode } from '../errors.js';
import type { LedgerFunction } from '../permissions.js';
import { dateOf, instantText } from '../rules/dates.js';
import { mspId } from '../schemas.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import { assign, buyer, insuredTrade } from '../testing/insured-trade.js';
import { application, authorise } from '../testing/loans.js';
import {
  claim,
  day,
  declaration,
  disburse,
  exporter,
  freshKey,
  invoice,
  otherExporter,
  people,
  record,
  refusal,
  usd,
} from '../testing/story.js';

interface Naming {
  readonly field: string;
  readonly code: ErrorCode;
  readonly person: Person;
  readonly input: (ledger: FakeLedger, bank: string) => object | Promise<object>;
}

/** Every function whose caller names a bank by itself, and that would succeed with one. */
const namings: Partial<Record<LedgerFunction, Naming>> = {
  offerTransfer: {
    field: 'to',
    code: 'TRANSFER_INVALID',
    person: people.bankA,
    input: async (ledger, to): Promise<Input<'offerTransfer'>> => {
      await record(ledger, declaration());
      const { id } = await disburse(ledger, claim(ledger, '60.00'));
      return { id, idempotencyKey: freshKey(), to };
    },
  },
  authoriseQuery: {
    field: 'bank',
    code: 'BANK_INVALID',
    person: people.exporter,
    input: ({ now }, bank): Input<'authoriseQuery'> => ({
      idempotencyKey: freshKey(),
      bank,
      categories: ['basic'],
      purpose: 'Micro loan',
      from: dateOf(now),
      to: dateOf(now + day),
      uses: 1,
    }),
  },
  giveConsent: {
    field: 'bank',
    code: 'BANK_INVALID',
    person: people.exporter,
    input: (_, bank): Input<'giveConsent'> => ({ idempotencyKey: freshKey(), bank }),
  },
  confirmDebt: {
    field: 'payTo',
    code: 'BANK_INVALID',
    person: people.otherExporter,
    input: async (ledger, payTo): Promise<Input<'confirmDebt'>> => {
      await record(ledger, invoice({ number: 'DEBT-1', buyer: otherExporter }));
      return {
        idempotencyKey: freshKey(),
        document: { type: 'tax-invoice', number: 'DEBT-1' },
        particulars: { seller: exporter, total: usd('100.00') },
        amount: usd('100.00'),
        payTo,
      };
    },
  },
  proposeTakeOnWindow: {
    field: 'banks.0',
    code: 'BANK_INVALID',
    person: people.regulator,
    input: ({ now }, bank): Input<'proposeTakeOnWindow'> => ({
      cutOff: dateOf(now - 30 * day),
      until: dateOf(now + 30 * day),
      banks: [bank],
    }),
  },
  applyForLoan: {
    field: 'bank',
    code: 'BANK_INVALID',
    person: people.exporter,
    input: async (ledger, bank) => application(await authorise(ledger, { bank: 'BankBMSP' }), { bank }),
  },
  amendFact: {
    field: 'changes.letterOfCredit.availableWith',
    code: 'BANK_INVALID',
    person: people.bankA,
    input: async (ledger, bank): Promise<Input<'amendFact'>> => {
      const days = { issuingBank: 'DEUTDEFF', expiresOn: '2027-12-31' };
      const { seller, total, date } = declaration();
      const credit = { type: 'letter-of-credit', number: 'LC1', seller, total, date } as const;
      const { id } = await record(ledger, { ...credit, letterOfCredit: days }, people.bankA);
      return { id, reason: 'Amended.', changes: { letterOfCredit: { ...days, availableWith: bank } } };
    },
  },
  postRequest: {
    field: 'banks.1',
    code: 'BANK_INVALID',
    person: people.exporter,
    input: (ledger, bank): Input<'postRequest'> => ({
      idempotencyKey: freshKey(),
      banks: ['BankAMSP', bank],
      amount: usd('60.00'),
      tenorDays: 90,
      product: 'invoice',
      purpose: 'Working capital',
      lines: claim(ledger, '60.00').lines,
      deadline: instantText(ledger.now + day),
    }),
  },
  proposeAssignment: {
    field: 'bank',
    code: 'BANK_INVALID',
    person: people.exporter,
    input: (_, bank): Input<'proposeAssignment'> => ({ idempotencyKey: freshKey(), bank, limit: 'LIM-1' }),
  },
  confirmIndemnity: {
    field: 'bank',
    code: 'BANK_INVALID',
    person: people.insurerApprover,
    input: async (ledger, bank): Promise<Input<'confirmIndemnity'>> => {
      await assign(ledger, 'BankBMSP');
      return {
        idempotencyKey: freshKey(),
        bank,
        policy: 'POL-1',
        buyer,
        amount: usd('1.00'),
        paidOn: '2026-03-01',
      };
    },
  },
};

const all = Object.entries(namings) as [LedgerFunction, Naming][];

describe.each(all)('%s', (name, { field, code, person, input }) => {
  const submit = async (bank: string) => {
    const { ledger } = await insuredTrade();
    const complete = (await input(ledger, bank)) as Input<LedgerFunction>;
    return { ledger, attempt: () => ledger.submit(name, person, complete) };
  };

  it.each(['NowhereMSP', 'OrdererMSP', 'CustomsMSP', 'InsurerMSP'])('refuses %s', async (bank) => {
    const { ledger, attempt } = await submit(bank);
    const refused = await refusal(ledger, attempt);
    expect([refused.code, refused.body.field]).toEqual([code, field]);
    expect(refused.message).toContain('bank');
  });

  it('takes a bank', async () => {
    const { attempt } = await submit('BankBMSP');
    expect((await attempt()).writes.size).toBeGreaterThan(0);
  });
});

it('covers every input that names an organisation, but for the owner whom a government node names', () => {
  const { pattern } = z.toJSONSchema(mspId);
  const named = Object.entries(inputSchemas).flatMap(([name, schema]) =>
    placesOf(pattern, z.toJSONSchema(schema)).map((place) => `${name}${place}`),
  );
  const inTable = all.map(([name, { field }]) => `${name}.${field.replace(/\.\d+$/, '')}`);
  // The register of members is about anybody.
  const register = ['changeMember.id', 'changeMember.successor', 'readMember.id', 'initialise.members.id'];
  // Who is no insurer has granted no limit: what is not found is refused.
  const insurers = ['proposeAssignment.insurer'];
  const others = named.filter((one) => !one.endsWith('.owner') && ![...register, ...insurers].includes(one));
  expect(others.sort()).toEqual(inTable.sort());
});

/** Where in a schema there is text of this pattern, by the names on the way. */
function placesOf(pattern: string | undefined, schema: z.core.JSONSchema._JSONSchema): string[] {
  if (typeof schema === 'boolean') return [];
  if (schema.pattern === pattern && pattern !== undefined) return [''];
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    placesOf(pattern, member).map((place) => `.${name}${place}`),
  );
  const { items, anyOf = [], oneOf = [] } = schema;
  const inside = [...(items === undefined ? [] : [items].flat()), ...anyOf, ...oneOf];
  return [...members, ...inside.flatMap((one) => placesOf(pattern, one))];
}
