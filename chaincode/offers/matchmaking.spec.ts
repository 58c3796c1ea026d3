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
import { priceCopies } from '../testing/price-copies.js';
import type { OfferTerms } from './api.js';
import { commitmentOf } from '../rules/offer-commitment.js';

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

  it('is posted once: the same request again gets it as it is now, another one under that key is refused', async () => {
    const ledger = await openLedger();
    Date.now = () => ledger.now;
    await record(ledger, declaration());
    const input = need(ledger);
    const { answer } = await ledger.submit('postRequest', people.exporter, input);
    await ledger.submit('withdrawRequest', people.exporter, { id: answer.id, idempotencyKey: freshKey() });
    const again = await ledger.submit('postRequest', people.exporter, input);
    expect(again.answer).toMatchObject({ id: answer.id, state: 'withdrawn', seq: 2 });
    expect([...again.writes.keys()]).toEqual([]);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('postRequest', people.exporter, { ...input, tenorDays: 91 }),
    );
  });

  it('of an accepted offer counts as consent: its bank, and that one alone, draws where consent is wanted', async () => {
    const { ledger, a } = await opened();
    await ledger.submit('setPolicy', people.regulatorApprover, { consent: { bank: 'document' } });
    for (const bank of [people.bankA, people.bankB]) {
      await refuses(ledger, 'CONSENT_MISSING', () => reserve(ledger, claim(ledger, '10.00'), bank));
    }
    const { answer } = await ledger.submit('acceptOffer', people.exporter, {
      id: a,
      idempotencyKey: freshKey(),
    });
    const drawn = await ledger.endorse('readClaim', people.bankA, { id: answer.claim ?? '' });
    expect(drawn.answer).toMatchObject({ state: 'reserved', amount: usd('60.00') });
    // It is for what was accepted, and for nothing more.
    for (const bank of [people.bankA, people.bankB]) {
      await refuses(ledger, 'CONSENT_MISSING', () => reserve(ledger, claim(ledger, '10.00'), bank));
    }
  });

  it('of an accepted offer tells its price to its bank and its exporter, and to no public line', async () => {
    const { ledger, a } = await opened();
    const { answer, writes } = await ledger.submit('acceptOffer', people.exporter, {
      id: a,
      idempotencyKey: freshKey(),
    });
    const { claim: id = '' } = answer;
    const kept = { price: { rate: '3.20', allIn: '3.20' }, outlet: undefined };
    expect(priceCopies(writes, id)).toEqual({ BankAMSP: kept, EnterpriseMSP: kept });
    const lines = [...writes].filter(([key]) => key.startsWith('public/'));
    expect(lines.length).toBeGreaterThan(1);
    expect(JSON.stringify(lines)).not.toContain('3.20');
  });

  it('shows no request to another enterprise of the portal that asks for its time to be ended', async () => {
    const { ledger, request } = await posted();
    ledger.now += 2 * minute;
    await refuses(ledger, 'REQUEST_NOT_FOUND', () =>
      ledger.submit('closeRequest', people.otherExporter, { id: request }),
    );
    const { answer } = await ledger.submit('closeRequest', people.exporter, { id: request });
    expect(answer.state).toBe('closed');
  });

  it('puts nothing of a sealed offer on any node: no rate, no amount, not even for the government', async () => {
    const { ledger, request } = await posted();
    const { writes, event, answer } = await seal(ledger, request, terms(ledger));
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/O~#~1',
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
    const copies = [...ledger.snapshot()].filter(([key]) => key === `BankBMSP/M~${request}~1`);
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

  /** The enterprise takes the offer; returns the claim. */
  async function take(ledger: FakeLedger, id: string): Promise<string> {
    const command = { id, idempotencyKey: freshKey() };
    return (await ledger.submit('acceptOffer', people.exporter, command)).answer.claim ?? '';
  }

  it('reserves the claim for the bank, and the others stand until its second person has confirmed', async () => {
    const { ledger, request, a, b } = await opened();
    const { answer, event } = await ledger.submit('acceptOffer', people.exporter, {
      id: a,
      idempotencyKey: freshKey(),
    });
    expect(answer).toMatchObject({ state: 'accepted', bank: 'BankAMSP' });
    expect(event?.changes.map(({ kind, id, state }) => [kind, id, state])).toEqual([
      ['claim', answer.claim, 'reserved'],
      ['request', request, 'awarded'],
      ['offer', a, 'accepted'],
    ]);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const id = answer.claim ?? '';
    const held = await ledger.endorse('readClaim', people.bankA, { id });
    expect(held.answer).toMatchObject({ state: 'reserved', owner: 'BankAMSP', amount: usd('60.00') });
    await refuses(ledger, 'REQUEST_AWARDED', () => take(ledger, b));
    const withdrawal = { id: request, idempotencyKey: freshKey() };
    await refuses(ledger, 'REQUEST_OVER', () =>
      ledger.submit('withdrawRequest', people.exporter, withdrawal),
    );
    // Who sealed the offer cannot also accept the claim; a second person can.
    const accepted = await ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
    expect(accepted.event?.changes.map(({ kind, id: one, state }) => [kind, one, state])).toEqual([
      ['offer', b, 'lapsed'],
      ['request', request, 'accepted'],
      ['claim', id, 'accepted'],
    ]);
    await refuses(ledger, 'OFFER_LAPSED', () => take(ledger, b));
  });

  it.each(['rejectClaim', 'withdrawClaim'] as const)(
    'leaves the enterprise the runner-up when %s lets the winner go',
    async (verb) => {
      const { ledger, request, a, b } = await opened();
      const won = await take(ledger, a);
      const letGo = { id: won, idempotencyKey: freshKey(), reason: 'Another deal.' };
      const { event } = await ledger.submit(verb, people.bankA, letGo);
      expect(event?.changes.map(({ kind, id, state }) => [kind, id, state])).toEqual([
        ['offer', a, 'let-go'],
        ['request', request, 'closed'],
        ['claim', won, verb === 'rejectClaim' ? 'rejected' : 'withdrawn'],
      ]);
      await refuses(ledger, 'OFFER_LAPSED', () => take(ledger, a));
      const second = await take(ledger, b);
      const held = await ledger.endorse('readClaim', people.bankB, { id: second });
      expect(held.answer).toMatchObject({ state: 'reserved', owner: 'BankBMSP' });
      await ledger.submit('acceptClaim', people.approverB, { id: second, idempotencyKey: freshKey() });
    },
  );

  it('counts an offer as let go also when the claim lapses, or falls after it was confirmed', async () => {
    const lapsing = await opened();
    const won = await take(lapsing.ledger, lapsing.a);
    lapsing.ledger.now += 4 * day;
    const { event } = await lapsing.ledger.submit('sweepClaims', people.bankA, { claims: [{ id: won }] });
    expect(event?.changes.map(({ kind, state }) => [kind, state])).toEqual([
      ['offer', 'let-go'],
      ['request', 'closed'],
      ['claim', 'expired'],
    ]);
    Date.now = systemClock;
    const falling = await opened();
    const id = await take(falling.ledger, falling.a);
    await falling.ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
    const gone = await falling.ledger.submit('withdrawClaim', people.bankA, {
      id,
      idempotencyKey: freshKey(),
    });
    expect(gone.event?.changes.map(({ kind, state }) => [kind, state])).toEqual([
      ['offer', 'let-go'],
      ['claim', 'withdrawn'],
    ]);
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
