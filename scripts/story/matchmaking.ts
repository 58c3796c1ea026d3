import type { Client, Json } from '../rest/client.js';
import { at, listAt, moneyAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { poll } from '../rest/poll.js';
import { percentOf, show } from './amounts.js';
import type { Chapter } from './chapter.js';
import { daysFromNow } from './claims.js';
import { recordTrade, short, type Subject } from './record.js';
import { freshTrade } from './samples.js';
import { expectRefusal, expectStatus, expectThat, Unexpected, type Teller } from './teller.js';

/** Long enough to seal two offers on a slow machine. */
const openForMs = 10_000;
/** The clerks of the gateways look every second; a block may take a few. */
const openingTakesMs = 60_000;

interface Cast {
  readonly exporter: Client;
  readonly bankA: Client;
  readonly bankB: Client;
  readonly approverA: Client;
  readonly auditor: Client;
}

/** Scenario S4: a need is posted, banks bid without seeing one another, and one offer becomes a claim. */
export const matchmaking: Chapter = {
  name: 'matchmaking',
  title: 'Sealed offers for one need',
  tell: async (teller, stack) => {
    const [customs, tax, exporter, bankA, bankB, approverA, auditor] = await Promise.all([
      Neighbour.signIn(stack, 'CustomsMSP', 'officer'),
      Neighbour.signIn(stack, 'TaxMSP', 'officer'),
      Neighbour.signIn(stack, 'EnterpriseMSP', 'exporter-1'),
      Neighbour.signIn(stack, 'BankAMSP', 'officer'),
      Neighbour.signIn(stack, 'BankBMSP', 'officer'),
      Neighbour.signIn(stack, 'BankAMSP', 'approver'),
      Neighbour.signIn(stack, 'RegulatorMSP', 'auditor'),
    ]);
    const cast: Cast = { exporter, bankA, bankB, approverA, auditor };
    const subject = await recordTrade(teller, { customs, tax }, freshTrade(new Date()));
    const request = await post(teller, cast, subject);
    const offers = await bid(teller, cast, subject, request);
    await keepSealed(teller, cast, offers);
    await open(teller, cast, request);
    await decide(teller, cast, subject, offers);
  },
};

async function post(teller: Teller, { exporter }: Cast, subject: Subject): Promise<string> {
  const amount = percentOf(subject.payable, 60n);
  return teller.step(`The exporter asks both banks for ${show(amount)} over 90 days`, async () => {
    const { body } = expectStatus(
      await exporter.post('/financing-requests', {
        banks: ['BankAMSP', 'BankBMSP'],
        amount,
        tenorDays: 90,
        product: 'discount',
        purpose: 'Working capital',
        highestRate: '4.00',
        lines: [{ document: subject.document, amount }],
        deadline: new Date(Date.now() + openForMs).toISOString(),
      }),
      201,
    );
    const id = textAt(body, 'id');
    return [`request ${short(id)}, at most 4 % a year, open for ${openForMs / 1000} s`, id];
  });
}

async function bid(
  teller: Teller,
  { bankA, bankB }: Cast,
  subject: Subject,
  request: string,
): Promise<{ readonly a: string; readonly b: string }> {
  const amount = percentOf(subject.payable, 60n);
  const offer = (bank: Client, rate: string) =>
    bank.post(`/financing-requests/${request}/offers`, { amount, rate, validUntil: daysFromNow(10) });
  await teller.step('Bank B offers more than the exporter would pay', async () => {
    return [expectRefusal(await offer(bankB, '4.50'), 422, 'OFFER_INVALID'), undefined];
  });
  return teller.step('Both banks seal an offer', async () => {
    const [a, b] = await Promise.all([offer(bankA, '3.20'), offer(bankB, '3.90')]);
    const ids = { a: textAt(expectStatus(a, 201).body, 'id'), b: textAt(expectStatus(b, 201).body, 'id') };
    return [`${short(ids.a)} and ${short(ids.b)}: the ledger holds hashes, no terms`, ids];
  });
}

async function keepSealed(
  teller: Teller,
  { exporter, bankA, bankB, auditor }: Cast,
  offers: { readonly a: string },
): Promise<void> {
  await teller.step('Before the deadline nobody but Bank A reads its terms', async () => {
    const path = `/offers/${offers.a}`;
    const own = expectStatus(await bankA.get(path), 200).body;
    expectThat(at(own, 'terms.rate') === '3.20', 'The bidder should see its own terms.');
    const competitor = expectRefusal(await bankB.get(path), 404, 'OFFER_NOT_FOUND');
    expectRefusal(await exporter.get(path), 404, 'OFFER_NOT_FOUND');
    const audited = expectStatus(await auditor.get(path), 200).body;
    expectThat(at(audited, 'terms') === undefined, 'Not even the regulator should see the terms.');
    return [
      `${competitor}\nthe exporter is refused alike; the regulator sees that an offer exists`,
      undefined,
    ];
  });
  await teller.step('The exporter tries to accept it unseen', async () => {
    const answer = await exporter.post(`/offers/${offers.a}/acceptance`, {});
    return [expectRefusal(answer, 404, 'OFFER_NOT_FOUND'), undefined];
  });
}

async function open(teller: Teller, { exporter, bankB }: Cast, request: string): Promise<void> {
  await teller.step('The deadline passes; the gateways close the request and open the offers', async () => {
    const offers = await openedOffers(exporter, request);
    const lines = offers.map(
      (offer) =>
        `${textAt(offer, 'bank')}: ${show(moneyAt(offer, 'terms.amount'))} at ${textAt(offer, 'terms.rate')} %`,
    );
    return [lines.toSorted().join('\n'), undefined];
  });
  await teller.step('Bank B would now underbid', async () => {
    const terms = { amount: { amount: '1.00', currency: 'USD' }, rate: '1.00', validUntil: daysFromNow(10) };
    const answer = await bankB.post(`/financing-requests/${request}/offers`, terms);
    return [expectRefusal(answer, 409, 'REQUEST_OVER'), undefined];
  });
}

async function openedOffers(exporter: Client, request: string): Promise<readonly Json[]> {
  const offers = await poll(async () => {
    const answer = await exporter.get(`/financing-requests/${request}/offers`);
    const items = answer.status === 200 ? listAt(answer.body, 'items') : [];
    return items.length === 2 ? items : undefined;
  }, openForMs + openingTakesMs);
  if (offers === undefined) throw new Unexpected('The offers were not opened.');
  return offers;
}

async function decide(
  teller: Teller,
  { exporter, bankA, bankB, approverA }: Cast,
  { document, enterprise, payable }: Subject,
  offers: { readonly a: string; readonly b: string },
): Promise<void> {
  const claim = await teller.step('The exporter accepts the better one: it is a claim at once', async () => {
    const { body } = expectStatus(await exporter.post(`/offers/${offers.a}/acceptance`, {}), 200);
    const id = textAt(body, 'claim');
    const held = expectStatus(await bankA.get(`/claims/${id}`), 200).body;
    expectThat(at(held, 'state') === 'reserved', 'The claim should be reserved.');
    return [`claim ${short(id)} of Bank A reserves ${show(moneyAt(held, 'amount'))}`, id];
  });
  await teller.step(
    'The other offer stands until Bank A has confirmed, and cannot be taken meanwhile',
    async () => {
      const answer = await exporter.post(`/offers/${offers.b}/acceptance`, {});
      return [expectRefusal(answer, 409, 'REQUEST_AWARDED'), undefined];
    },
  );
  await teller.step('Bank B sees what is left of the declaration, and not who holds the rest', async () => {
    const particulars = { enterprise, total: payable };
    const { body } = expectStatus(await bankB.post('/verifications', { document, particulars }), 200);
    expectThat(at(body, 'liveDraws') === 1, 'There should be one live claim.');
    return [`${show(moneyAt(body, 'remaining'))} can be claimed, 1 live claim`, undefined];
  });
  await teller.step('A second person of Bank A accepts the claim', async () => {
    const { body } = expectStatus(await approverA.post(`/claims/${claim}/acceptance`, {}), 200);
    return [`claim is ${textAt(body, 'state')}`, undefined];
  });
  await teller.step('Now the other offer has lapsed', async () => {
    const answer = await exporter.post(`/offers/${offers.b}/acceptance`, {});
    return [expectRefusal(answer, 409, 'OFFER_LAPSED'), undefined];
  });
}
