import type { Input } from '../api.js';
import { clockToleranceMs } from '../clock.js';
import { dateOf, instantText } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';
import type { OfferTerms } from './api.js';
import { commitmentOf } from './commitment.js';

const minute = 60_000;
const salt = Buffer.alloc(32, 3).toString('base64');
const service = { mspId: 'EnterpriseMSP', role: 'service', id: 'clerk' } as const;
const bankService = { mspId: 'BankAMSP', role: 'service', id: 'clerk' } as const;
const systemClock = Date.now;

const terms = (ledger: FakeLedger, more: Partial<OfferTerms> = {}): OfferTerms => ({
  amount: usd('60.00'),
  rate: '3.20',
  validUntil: dateOf(ledger.now + 10 * day),
  ...more,
});

function need(ledger: FakeLedger, more: Partial<Input<'postRequest'>> = {}): Input<'postRequest'> {
  return {
    idempotencyKey: freshKey(),
    banks: ['BankAMSP', 'BankBMSP'],
    amount: usd('60.00'),
    tenorDays: 90,
    product: 'invoice',
    purpose: 'Working capital',
    highestRate: '4.00',
    lines: [
      { document: { type: 'customs-declaration', number: declaration().number }, amount: usd('60.00') },
    ],
    deadline: instantText(ledger.now + minute),
    ...more,
  };
}

/** A request on a recorded declaration. */
async function posted(more: Partial<Input<'postRequest'>> = {}) {
  const ledger = await openLedger();
  // The deadline rule compares with the endorser's clock.
  Date.now = () => ledger.now;
  await record(ledger, declaration());
  const { answer } = await ledger.submit('postRequest', people.exporter, need(ledger, more));
  return { ledger, request: answer.id };
}

async function seal(
  ledger: FakeLedger,
  request: string,
  offered: OfferTerms,
  bank = people.bankA as typeof people.bankA | typeof people.bankB,
) {
  const commitment = commitmentOf(request, bank.mspId, salt, offered);
  return ledger.submit('sealOffer', bank, { request, commitment });
}

/** Two sealed offers, the deadline passed, the request closed and both opened. */
async function opened() {
  const { ledger, request } = await posted();
  const offered = terms(ledger);
  const a = await seal(ledger, request, offered);
  const b = await seal(ledger, request, { ...offered, rate: '3.90' }, people.bankB);
  ledger.now += 2 * minute;
  await ledger.submit('closeRequest', service, { id: request });
  await ledger.submit('openOffer', bankService, { id: a.answer.id, salt, terms: offered });
  await ledger.submit('openOffer', people.bankB, {
    id: b.answer.id,
    salt,
    terms: { ...offered, rate: '3.90' },
  });
  return { ledger, request, a: a.answer.id, b: b.answer.id };
}

describe('matchmaking', () => {
  afterEach(() => {
    Date.now = systemClock;
  });

  it('puts nothing of a sealed offer on any node: no rate, no amount, not even for the government', async () => {
    const { ledger, request } = await posted();
    const { writes, event, answer } = await seal(ledger, request, terms(ledger));
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'party-BankAMSP/O~#~1',
      'public/offer~#',
    ]);
    const everything = [...ledger.snapshot().values(), JSON.stringify(event)].filter((value) =>
      value.includes(answer.commitment),
    );
    expect(everything).toHaveLength(1);
    expect(everything.join()).not.toMatch(/rate|amount|3\.20/);
  });

  it('shows a bank only itself among the banks that were asked', async () => {
    const { ledger, request } = await posted();
    const { answer } = await ledger.endorse('sealOffer', people.bankB, {
      request,
      commitment: 'a'.repeat(64),
    });
    expect(answer.bank).toBe('BankBMSP');
    const copies = [...ledger.snapshot()].filter(([key]) => key === `party-BankBMSP/M~${request}~1`);
    expect(copies).toHaveLength(1);
    expect(copies.join()).not.toContain('BankAMSP');
  });

  it('lapses with its offers once none can be accepted, not before, and once', async () => {
    const { ledger, request, a, b } = await opened();
    const close = async () => ledger.submit('closeRequest', service, { id: request });
    expect((await close()).writes.size).toBe(0);
    const { answer } = await ledger.endorse('acceptOffer', people.exporter, {
      id: a,
      idempotencyKey: freshKey(),
    });
    ledger.now = Date.parse(answer.terms?.validUntil ?? '') + day + 10 * minute;
    const lapsed = await close();
    expect(lapsed.answer.state).toBe('lapsed');
    expect(lapsed.event?.changes.map(({ kind, id, state }) => [kind, id, state])).toEqual(
      expect.arrayContaining([
        ['request', request, 'lapsed'],
        ['offer', a, 'lapsed'],
        ['offer', b, 'lapsed'],
      ]),
    );
    expect((await close()).writes.size).toBe(0);
    await refuses(ledger, 'OFFER_LAPSED', () =>
      ledger.submit('acceptOffer', people.exporter, { id: a, idempotencyKey: freshKey() }),
    );
  });

  it('waits a month for what a bank has sealed and not opened', async () => {
    const { ledger, request } = await posted();
    await seal(ledger, request, terms(ledger));
    ledger.now += 2 * minute;
    const close = async () => (await ledger.submit('closeRequest', service, { id: request })).answer.state;
    expect(await close()).toBe('closed');
    ledger.now += 29 * day;
    expect(await close()).toBe('closed');
    ledger.now += 2 * day;
    expect(await close()).toBe('lapsed');
  });

  it('reserves the claim for the bank and lapses the other offers in one transaction', async () => {
    const { ledger, request, a, b } = await opened();
    const { answer, event } = await ledger.submit('acceptOffer', people.exporter, {
      id: a,
      idempotencyKey: freshKey(),
    });
    expect(answer).toMatchObject({ state: 'accepted', bank: 'BankAMSP' });
    expect(event?.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'claim', id: answer.claim, state: 'reserved' }),
        expect.objectContaining({ kind: 'offer', id: a, state: 'accepted' }),
        expect.objectContaining({ kind: 'offer', id: b, state: 'lapsed' }),
        expect.objectContaining({ kind: 'request', id: request, state: 'accepted' }),
      ]),
    );
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const held = await ledger.endorse('readClaim', people.bankA, { id: answer.claim ?? '' });
    expect(held.answer).toMatchObject({ state: 'reserved', owner: 'BankAMSP', amount: usd('60.00') });
    await refuses(ledger, 'OFFER_LAPSED', () =>
      ledger.submit('acceptOffer', people.exporter, { id: b, idempotencyKey: freshKey() }),
    );
    // Who sealed the offer cannot also accept the claim; a second person can.
    await ledger.submit('acceptClaim', people.approverA, {
      id: answer.claim ?? '',
      idempotencyKey: freshKey(),
    });
  });

  it('refuses the acceptance as a whole when the document is used up meanwhile', async () => {
    const { ledger, a } = await opened();
    await reserve(ledger, claim(ledger, '50.00'), people.bankB);
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      ledger.submit('acceptOffer', people.exporter, { id: a, idempotencyKey: freshKey() }),
    );
  });

  it('lets one of two simultaneous acceptances commit', async () => {
    const { ledger, a, b } = await opened();
    const race = [
      await ledger.endorse('acceptOffer', people.exporter, { id: a, idempotencyKey: freshKey() }),
      await ledger.endorse('acceptOffer', people.exporter, { id: b, idempotencyKey: freshKey() }),
    ];
    expect(race.map((one) => ledger.commit(one))).toEqual([true, false]);
  });

  it('refuses another opening than the sealed one, and opening before the request is closed', async () => {
    const { ledger, request } = await posted();
    const offered = terms(ledger);
    const { answer } = await seal(ledger, request, offered);
    const open = (shown: OfferTerms) =>
      ledger.submit('openOffer', people.bankA, { id: answer.id, salt, terms: shown });
    await refuses(ledger, 'DEADLINE_AHEAD', () => open(offered));
    await refuses(ledger, 'DEADLINE_AHEAD', () => ledger.submit('closeRequest', service, { id: request }));
    ledger.now += 2 * minute;
    await refuses(ledger, 'DEADLINE_AHEAD', () => open(offered));
    await ledger.submit('closeRequest', service, { id: request });
    await refuses(ledger, 'OPENING_WRONG', () => open({ ...offered, rate: '2.00' }));
    await open(offered);
  });

  it('opens without the enterprise once the deadline has surely passed', async () => {
    const { ledger, request } = await posted();
    const offered = terms(ledger);
    const { answer } = await seal(ledger, request, offered);
    ledger.now += minute + clockToleranceMs;
    const shown = await ledger.submit('openOffer', bankService, { id: answer.id, salt, terms: offered });
    expect(shown.answer.state).toBe('opened');
  });

  it('takes no offer once the request is closed, with whatever timestamp', async () => {
    const { ledger, request } = await posted();
    ledger.now += 2 * minute;
    const late = await ledger.endorse(
      'sealOffer',
      people.bankB,
      { request, commitment: 'b'.repeat(64) },
      ledger.now - 2 * minute,
    );
    await ledger.submit('closeRequest', service, { id: request });
    expect(ledger.commit(late)).toBe(false);
    await refuses(ledger, 'REQUEST_OVER', () =>
      ledger.endorse(
        'sealOffer',
        people.bankB,
        { request, commitment: 'b'.repeat(64) },
        ledger.now - 2 * minute,
      ),
    );
  });

  it('replaces a sealed offer until then; a copied commitment opens for nobody else', async () => {
    const { ledger, request } = await posted();
    const offered = terms(ledger);
    await seal(ledger, request, offered);
    const better = await seal(ledger, request, { ...offered, rate: '2.80' });
    expect(better.answer.seq).toBe(2);
    const copy = await ledger.submit('sealOffer', people.bankB, {
      request,
      commitment: better.answer.commitment,
    });
    ledger.now += 2 * minute;
    await ledger.submit('closeRequest', service, { id: request });
    await refuses(ledger, 'OPENING_WRONG', () =>
      ledger.submit('openOffer', people.bankB, {
        id: copy.answer.id,
        salt,
        terms: { ...offered, rate: '2.80' },
      }),
    );
  });

  it('ends when the enterprise withdraws', async () => {
    const { ledger, request } = await posted();
    const { answer } = await seal(ledger, request, terms(ledger));
    await refuses(ledger, 'REQUEST_NOT_FOUND', () =>
      ledger.submit('withdrawRequest', people.otherExporter, { id: request, idempotencyKey: freshKey() }),
    );
    const { event } = await ledger.submit('withdrawRequest', people.exporter, {
      id: request,
      idempotencyKey: freshKey(),
    });
    expect(event?.changes).toContainEqual({ kind: 'offer', id: answer.id, state: 'lapsed', seq: 2 });
    await refuses(ledger, 'REQUEST_OVER', () => seal(ledger, request, terms(ledger, { rate: '1.00' })));
  });

  it.each([
    ['OFFER_INVALID', { rate: '4.01' }],
    ['OFFER_INVALID', { amount: usd('60.01') }],
    ['OFFER_INVALID', { amount: { amount: '60.00', currency: 'EUR' } }],
  ] as const)('refuses with %s an offer that does not answer the request', async (code, more) => {
    const { ledger, request } = await posted();
    const offered = terms(ledger, more);
    const { answer } = await seal(ledger, request, offered);
    ledger.now += 2 * minute;
    await ledger.submit('closeRequest', service, { id: request });
    await refuses(ledger, code, () =>
      ledger.submit('openOffer', people.bankA, { id: answer.id, salt, terms: offered }),
    );
  });

  it('gives the gateway’s own identity nothing but closing and opening', async () => {
    const { ledger, request } = await posted();
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('withdrawRequest', service, { id: request, idempotencyKey: freshKey() }),
    );
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('sealOffer', bankService, { request, commitment: 'a'.repeat(64) }),
    );
  });
});
