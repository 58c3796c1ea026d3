import type { FactInput, Input } from '../api.js';
import { FakeLedger, type Person } from '../testing/fake-ledger.js';
import { admit } from '../testing/further-members.js';
import { dateOf, instantText } from '../rules/dates.js';
import { commitmentOf } from '../rules/offer-commitment.js';
import {
  claim,
  day,
  declaration,
  exporter,
  freshKey,
  openLedger,
  otherExporter,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const first = 'EnterpriseMSP';
const second = 'SecondPortalMSP';
/** Where the exporter is registered, by its USCC. */
const city = exporter.id.slice(0, 6);
const minute = 60_000;
const salt = Buffer.alloc(32, 3).toString('base64');
const systemClock = Date.now;
const tax: Person = { ...people.tax, role: 'approver' };
const customs: Person = { ...people.customs, role: 'approver' };
const atSecond: Person = { ...people.exporter, mspId: second };
const portal = (more: Partial<Input<'changeMember'>> = {}): Input<'changeMember'> => ({
  ...{ id: second, title: second, kind: 'enterprise', state: 'admitted' },
  ...more,
});

async function serves(ledger: FakeLedger, accounts: string[]): Promise<void> {
  for (const person of [tax, customs]) await ledger.submit('changeMember', person, portal({ accounts }));
}

/** A ledger with a portal beside the first, which serves the exporter's city. */
async function openWithSecond(accounts = [city]): Promise<FakeLedger> {
  const ledger = await openLedger();
  await admit(ledger, second, 'enterprise');
  await serves(ledger, accounts);
  return ledger;
}

/** Whose copies of these letters a transaction has written. */
const holders = (writes: ReadonlyMap<string, string>, letters: string) =>
  [...writes.keys()].filter((key) => key.includes(`/${letters}~`)).map((key) => key.split('/')[0]);

const authorisation = ({ now }: FakeLedger): Input<'authoriseQuery'> => ({
  idempotencyKey: freshKey(),
  bank: 'BankAMSP',
  categories: ['basic'],
  purpose: 'Micro loan',
  from: dateOf(now),
  to: dateOf(now + day),
  uses: 2,
});

describe('a second portal', () => {
  afterEach(() => {
    Date.now = systemClock;
  });

  it('is told of the documents, claims and payments of its enterprises, and the first one is not', async () => {
    const ledger = await openWithSecond();
    const recorded = await ledger.submit('recordFacts', people.customs, { facts: [declaration()] });
    expect(holders(recorded.writes, 'OD')).toEqual([second]);
    const reserved = await ledger.submit('reserveClaims', people.bankA, { claims: [claim(ledger, '60.00')] });
    expect(holders(reserved.writes, 'C').sort()).toEqual(['BankAMSP', second]);
    const others = declaration({
      number: '310120260516789099',
      seller: { ...otherExporter, name: 'Another' },
    });
    const foreign = await ledger.submit('recordFacts', people.customs, { facts: [others] });
    expect(holders(foreign.writes, 'OD')).toEqual([first]);
    const paid = {
      purpose: 'service-trade',
      amount: usd('5.00'),
      paidOn: dateOf(ledger.now),
      lines: [],
    } as const;
    const payment = {
      idempotencyKey: freshKey(),
      reference: 'TT-1',
      payer: exporter,
      payee: 'A firm',
      ...paid,
    };
    const marked = await ledger.submit('markPayments', people.bankA, { payments: [payment] });
    expect(holders(marked.writes, 'P').sort()).toEqual(['BankAMSP', second]);
  });

  it('is where the enterprise acts, and no other portal can certify anybody for it', async () => {
    const ledger = await openWithSecond();
    await record(ledger, declaration());
    const own = { document: { type: 'customs-declaration', number: declaration().number } } as const;
    expect((await ledger.endorse('readOwnDocument', atSecond, own)).answer.remaining).toEqual(usd('100.00'));
    const before = ledger.snapshot();
    const elsewhere: Person = { ...people.otherExporter, mspId: second };
    for (const person of [people.exporter, elsewhere]) {
      await refuses(ledger, 'OTHER_ENTERPRISE', () => ledger.endorse('readOwnDocument', person, own));
      await refuses(ledger, 'OTHER_ENTERPRISE', () =>
        ledger.submit('authoriseQuery', person, authorisation(ledger)),
      );
    }
    expect(ledger.snapshot()).toEqual(before);
    // Who acts for no enterprise is the portal's own, at either.
    for (const mspId of [first, second])
      await ledger.endorse('readPolicy', { mspId, role: 'viewer', id: 'viewer' }, {});
  });

  it('has what its enterprises let banks do, which a bank finds and another portal does not', async () => {
    const ledger = await openWithSecond();
    const { answer, writes } = await ledger.submit('authoriseQuery', atSecond, authorisation(ledger));
    expect(holders(writes, 'A').sort()).toEqual(['BankAMSP', second]);
    const question: Input<'queryCredit'> = {
      ...{ idempotencyKey: freshKey(), enterprise: exporter, authorisation: answer.id },
      ...{ categories: ['basic'], purpose: 'Micro loan' },
    };
    const asked = await ledger.submit('queryCredit', people.bankA, question);
    expect(holders(asked.writes, 'Q').sort()).toEqual(['BankAMSP', second]);
    const answered = await ledger.submit('queryCredit', people.bankA, question);
    expect(answered.answer).toMatchObject({ state: 'allowed', usesLeft: 1 });
    const { id } = answer;
    const revoke = { id, idempotencyKey: freshKey() };
    await refuses(ledger, 'AUTHORISATION_NOT_FOUND', () =>
      ledger.submit('revokeAuthorisation', people.otherExporter, revoke),
    );
    const revoked = await ledger.submit('revokeAuthorisation', atSecond, revoke);
    expect(revoked.answer.state).toBe('revoked');
  });

  it('posts requests, opens what banks offer, and accepts', async () => {
    const ledger = await openWithSecond();
    await record(ledger, declaration());
    Date.now = () => ledger.now;
    const { number } = declaration();
    const { answer: request } = await ledger.submit('postRequest', atSecond, {
      ...{ idempotencyKey: freshKey(), banks: ['BankAMSP'], amount: usd('60.00'), tenorDays: 90 },
      ...{ product: 'invoice', purpose: 'Working capital', highestRate: '4.00' },
      lines: [{ document: { type: 'customs-declaration', number }, amount: usd('60.00') }],
      deadline: instantText(ledger.now + minute),
    });
    expect(request.owner).toBe(second);
    const terms = { amount: usd('60.00'), rate: '3.20', validUntil: dateOf(ledger.now + 10 * day) };
    const commitment = commitmentOf(request.id, 'BankAMSP', salt, terms);
    const { answer: offer } = await ledger.submit('sealOffer', people.bankA, {
      request: request.id,
      commitment,
    });
    ledger.now += 2 * minute;
    const { id } = offer;
    await ledger.submit('closeRequest', { mspId: second, role: 'service', id: 'clerk' }, { id: request.id });
    const opened = await ledger.submit('openOffer', people.bankA, { id, salt, terms });
    expect(holders(opened.writes, 'O').sort()).toEqual(['BankAMSP', second]);
    const accept = { id, idempotencyKey: freshKey() };
    await refuses(ledger, 'OTHER_ENTERPRISE', () => ledger.submit('acceptOffer', people.exporter, accept));
    const { answer } = await ledger.submit('acceptOffer', atSecond, accept);
    expect(answer.claim).toBeDefined();
  });

  it('gets the exporter’s copy of an objection, which hides the bank that objects', async () => {
    const ledger = await openWithSecond();
    await record(ledger, declaration());
    for (const bank of [people.bankA, people.bankB]) await reserve(ledger, claim(ledger, '20.00'), bank);
    const { writes } = await ledger.submit('raiseObjection', people.bankB, {
      idempotencyKey: freshKey(),
      enterprise: exporter,
      document: { type: 'customs-declaration', number: declaration().number },
      reason: 'The goods were never shipped.',
    });
    const [copy = ''] = [...writes].flatMap(([key, value]) =>
      key.startsWith(`${second}/OJ~`) ? [value] : [],
    );
    expect(copy).toContain('"state":"open"');
    expect(copy).not.toContain('BankBMSP');
  });
});

describe('which accounts a portal serves', () => {
  it('is what two government organisations say, and stays until they say otherwise', async () => {
    const ledger = await openLedger();
    await admit(ledger, second, 'enterprise');
    const told = async () =>
      holders(
        (await ledger.submit('recordFacts', people.customs, { facts: [declaration({ number: next() })] }))
          .writes,
        'OD',
      );
    expect(await told()).toEqual([first]);
    const one = await ledger.submit('changeMember', tax, portal({ accounts: [city] }));
    expect([one.answer.accounts, one.answer.proposed?.accounts]).toEqual([undefined, [city]]);
    expect(await told()).toEqual([first]);
    await ledger.submit('changeMember', customs, portal({ accounts: [otherExporter.id, city] }));
    expect(await told()).toEqual([first]);
    await ledger.submit('changeMember', tax, portal({ accounts: [city, otherExporter.id, city] }));
    expect(await told()).toEqual([second]);
    for (const person of [tax, customs])
      await ledger.submit('changeMember', person, portal({ title: 'New' }));
    expect(await told()).toEqual([second]);
    const again = await ledger.submit(
      'changeMember',
      tax,
      portal({ title: 'New', accounts: [otherExporter.id, city] }),
    );
    expect(again.writes.size).toBe(0);
    for (const person of [tax, customs])
      await ledger.submit('changeMember', person, portal({ accounts: [] }));
    expect(await told()).toEqual([first]);
  });

  it('is for each account one: where the longest beginning leads', async () => {
    const ledger = await openWithSecond();
    const third = 'ThirdPortalMSP';
    await admit(ledger, third, 'enterprise');
    const invalid = (person: Person, more: Partial<Input<'changeMember'>>) =>
      refuses(ledger, 'MEMBER_INVALID', () => ledger.submit('changeMember', person, portal(more)));
    await invalid(tax, { id: third, title: third, accounts: [city] });
    await invalid(tax, { id: first, title: first, accounts: [city] });
    await invalid(tax, { id: 'BankAMSP', title: 'BankAMSP', kind: 'bank', accounts: [city] });
    for (const person of [tax, customs])
      await ledger.submit(
        'changeMember',
        person,
        portal({ id: third, title: third, accounts: [exporter.id] }),
      );
    const { writes } = await ledger.submit('recordFacts', people.customs, { facts: [declaration()] });
    expect(holders(writes, 'OD')).toEqual([third]);
    await refuses(ledger, 'OTHER_ENTERPRISE', () =>
      ledger.submit('authoriseQuery', atSecond, authorisation(ledger)),
    );
  });

  it('is said from the beginning too, of each beginning for one portal', async () => {
    const ledger = new FakeLedger();
    const third = 'ThirdPortalMSP';
    const begin = (...portals: readonly [id: string, ...accounts: string[]][]): Input<'initialise'> => ({
      fingerprintKey: Buffer.alloc(32, 7).toString('base64'),
      members: [
        ...[first, 'BankAMSP'].map((id) => ({
          ...{ id, title: id },
          kind: id === first ? ('enterprise' as const) : ('bank' as const),
        })),
        ...portals.map(([id, ...accounts]) => ({ id, title: id, kind: 'enterprise' as const, accounts })),
      ],
    });
    const before = ledger.snapshot();
    const invalid = (input: Input<'initialise'>) =>
      refuses(ledger, 'MEMBER_INVALID', () => ledger.submit('initialise', people.regulator, input));
    await invalid(begin([second, city], [third, city]));
    await invalid(begin([first, city]));
    await invalid({
      ...begin(),
      members: [{ id: 'BankBMSP', title: 'Bank B', kind: 'bank', accounts: [city] }],
    });
    expect(ledger.snapshot()).toEqual(before);
    await ledger.submit(
      'initialise',
      people.regulator,
      begin([second, city, city], [third, otherExporter.id]),
    );
    const { answer } = await ledger.endorse('readMember', people.bankA, { id: second });
    expect(answer).toMatchObject({ state: 'admitted', accounts: [city] });
    const told = async (more: Partial<FactInput>) =>
      holders(
        (await ledger.submit('recordFacts', people.customs, { facts: [declaration(more)] })).writes,
        'OD',
      );
    expect(await told({})).toEqual([second]);
    const seller = { ...otherExporter, name: 'Another' };
    expect(await told({ number: next(), seller })).toEqual([third]);
  });

  it('costs one read of a public record, however many there are in a batch', async () => {
    const ledger = await openWithSecond();
    const facts = ['1', '2', '3'].map((digit) => declaration({ number: `31012026051678909${digit}` }));
    const { reads } = await ledger.submit('recordFacts', people.customs, { facts });
    expect([...reads.keys()].filter((key) => key.startsWith('public/accounts'))).toHaveLength(1);
  });
});

let numbers = 0;
const next = () => `3101202605167${String(++numbers).padStart(5, '0')}`;
