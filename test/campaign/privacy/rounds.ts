import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { payment, named, taxFiling } from '@pledgeonce/scripts/story/payment-papers.js';
import { claim, declaration, exporter, inDays, reference, usd } from '../../acceptance/support/documents.js';
import type { People } from './people.js';
import type { Kind, Parts } from './secrets.js';

/** What of a round others may not learn: asked for by strangers, under its right id and under others. */
export interface Used {
  readonly kind: 'facts' | 'claims' | 'payments' | 'authorisations' | 'financing-requests' | 'offers';
  readonly id: string;
  readonly parts: Parts;
}

export interface Round {
  readonly facts: readonly FactInput[];
  readonly used: readonly Used[];
}

const portal = 'EnterpriseMSP';
const recorder = 'CustomsMSP';

/** Everything that people do with a trade, once: two banks, the exporter, customs, tax authority, insurer, regulator. */
export async function playRound(team: People, bank: string, other: string): Promise<Round> {
  const people: Bound = { book: team.book, chance: team.chance, send: (sent) => team.send(sent) };
  const parts = { recorder, bank, other, portal };
  const declared = await declare(people, parts);
  const claims = await finance(people, parts, declared);
  const paid = await pay(people, { bank, portal, recorder: 'TaxMSP' });
  const asked = await askForCredit(people, { bank, portal });
  const offered = await seekOffers(people, parts, declared);
  await insure(people);
  return {
    facts: [declared.fact, paid.fact],
    used: [declared.used, ...claims, ...paid.used, asked, ...offered],
  };
}

interface Declared {
  readonly fact: FactInput;
  readonly used: Used;
}

/** Customs records it, the bank and another one verify it. */
async function declare({ book, chance, send }: Bound, parts: Parts): Promise<Declared> {
  const keep = (kind: Kind, value: string) => book.keep(kind, value, parts);
  const fact = declaration({
    number: keep('number of a document', declarationNumber(chance.digits(9))),
    seller: { ...exporter, name: keep('name of a firm', `Seller ${chance.word()}`) },
    buyer: {
      scheme: 'LEGAL',
      id: keep('id of a buyer', chance.word()),
      name: keep('name of a firm', `Buyer ${chance.word()}`),
    },
    total: usd(keep('total of a document', chance.amount(800, 900))),
  });
  const { body } = await send({ msp: recorder, path: '/facts', body: fact });
  const id = textAt(body, 'id');
  const particulars = { enterprise: exporter, total: fact.total };
  for (const msp of [parts.bank ?? '', parts.other ?? '']) {
    const asked = { document: reference(fact), particulars };
    await send({ msp, path: '/verifications', body: asked, status: 200 });
  }
  return { fact, used: { kind: 'facts', id, parts } };
}

/** A number as customs gives them, of this year. */
function declarationNumber(serial: string): string {
  return `2218${new Date().getUTCFullYear()}0${serial}`;
}

/** The bank reserves three times: for one it goes on to the other bank, one it rejects, one stays; customs lowers the document. */
async function finance({ book, chance, send }: Bound, parts: Parts, { fact, used }: Declared) {
  const [bank, other] = [parts.bank ?? '', parts.other ?? ''];
  const reserve = async (isHandedOver: boolean) => {
    const kind = (of: 'amount' | 'application number'): Kind =>
      isHandedOver ? `${of} of a claim that was handed over` : of === 'amount' ? 'amount of a claim' : of;
    const amount = usd(book.keep(kind('amount'), chance.amount(100, 120), parts));
    const applicationNumber = book.keep(kind('application number'), `APP-${chance.word()}`, parts);
    const body = claim(reference(fact), amount, { applicationNumber });
    return textAt((await send({ msp: bank, path: '/claims', body })).body, 'id');
  };
  const [handed, rejected, kept] = [await reserve(true), await reserve(false), await reserve(false)];
  const step = (msp: string, by: string, path: string, body: object = {}) =>
    send({ msp, by, path, body, status: 200 });
  await step(bank, 'approver', `/claims/${handed}/acceptance`);
  await step(bank, 'officer', `/claims/${handed}/disbursement`);
  await step(bank, 'officer', `/claims/${handed}/transfer`, { to: other });
  const applicationNumber = `APP-${chance.word()}`;
  book.keep('application number of whoever took over', applicationNumber, parts);
  const taken = await send({
    ...{ msp: other, by: 'approver', path: `/claims/${handed}/transfer/acceptance`, status: 200 },
    body: { applicationNumber },
  });
  const reason = book.keep('reason of a rejection', `Not wanted: ${chance.word()}.`, parts);
  await step(bank, 'officer', `/claims/${rejected}/rejection`, { reason });
  const changes = { total: usd(book.keep('total of a document', chance.amount(700, 790), parts)) };
  await send({
    ...{ msp: recorder, method: 'PATCH', path: `/facts/${used.id}`, status: 200 },
    body: {
      ...{ changes, expectedVersion: 1 },
      reason: book.keep('reason of an amendment', `Short: ${chance.word()}.`, parts),
    },
  });
  return [
    { kind: 'claims', id: kept, parts: { bank } },
    { kind: 'claims', id: textAt(taken.body, 'id'), parts: { bank: other } },
  ] as const;
}

/** The tax authority records what a service is paid against; the bank opens it by its code and pays. */
async function pay({ book, chance, send }: Bound, parts: Parts) {
  const keep = (kind: Kind, value: string) => book.keep(kind, value, parts);
  const [bank, year] = [parts.bank ?? '', new Date().getUTCFullYear()];
  const fact = taxFiling({
    number: keep('number of a document', `${year}-3302-${chance.digits(9)}`),
    seller: {
      scheme: 'LEGAL',
      id: keep('payee of a payment', chance.word()),
      name: keep('payee of a payment', `Consult ${chance.word()}`),
    },
    total: usd(keep('total of a document', chance.amount(300, 390))),
    checkCode: keep('check code', chance.digits(16)),
  });
  const { body } = await send({ msp: 'TaxMSP', path: '/facts', body: fact });
  const opening = { document: named(fact), payer: exporter, checkCode: fact.checkCode };
  await send({ msp: bank, path: '/document-openings', body: opening, status: 200 });
  const amount = usd(keep('amount of a payment', chance.amount(200, 290)));
  const made = payment(amount, [[fact, amount]], {
    reference: keep('reference of a payment', `TT-${chance.word()}`),
    payee: keep('payee of a payment', `Consult ${chance.word()}`),
  });
  const paid = await send({ msp: bank, path: '/payments', body: made });
  const used: readonly Used[] = [
    { kind: 'payments', id: textAt(paid.body, 'id'), parts: { bank } },
    { kind: 'facts', id: textAt(body, 'id'), parts },
  ];
  return { fact, used };
}

/** The regulator keeps a record, the enterprise opens it to the bank, and the bank asks. */
async function askForCredit({ book, chance, send }: Bound, parts: Parts): Promise<Used> {
  const record = (kind: Kind, value: string) => book.keep(kind, value, parts);
  const content = {
    category: 'regulatory',
    penalties: [
      {
        date: inDays(-90),
        authority: record('credit record', `Authority ${chance.word()}`),
        reason: record('credit record', `Late ${chance.word()}`),
        fine: usd(record('credit record', chance.amount(910, 990))),
      },
    ],
  };
  await send({ msp: 'RegulatorMSP', path: '/credit-records', body: { enterprise: exporter, content } });
  const purpose = record('purpose of an authorisation', `Loan ${chance.word()}`);
  const categories = ['regulatory'];
  const given = await send({
    ...{ msp: portal, by: 'exporter-1', path: '/authorisations' },
    body: { bank: parts.bank, categories, purpose, from: inDays(0), to: inDays(30), uses: 3 },
  });
  const authorisation = textAt(given.body, 'id');
  const query = { enterprise: exporter, authorisation, categories, purpose };
  await send({ msp: parts.bank ?? '', path: '/credit-queries', body: query });
  return { kind: 'authorisations', id: authorisation, parts };
}

/** The enterprise asks both banks for money; one makes an offer, which stays sealed. */
async function seekOffers({ book, chance, send }: Bound, parts: Parts, { fact }: Declared) {
  const bank = parts.bank ?? '';
  const amount = usd(book.keep('amount of an offer', chance.amount(30, 40), parts));
  // What the banks are asked for both of them know.
  const wanted = usd(book.keep('total of a document', chance.amount(41, 50), parts));
  const asked = await send({
    ...{ msp: portal, by: 'exporter-1', path: '/financing-requests' },
    body: {
      ...{ banks: [bank, parts.other], amount: wanted, tenorDays: 90, product: 'discount' },
      purpose: book.keep('purpose of a financing request', `Capital ${chance.word()}`, parts),
      lines: [{ document: reference(fact), amount: wanted }],
      deadline: new Date(Date.now() + 86_400_000).toISOString(),
    },
  });
  const request = textAt(asked.body, 'id');
  const terms = { amount, rate: '3.20', validUntil: inDays(10) };
  const offer = await send({ msp: bank, path: `/financing-requests/${request}/offers`, body: terms });
  return [
    { kind: 'financing-requests', id: request, parts },
    { kind: 'offers', id: textAt(offer.body, 'id'), parts: { bank } },
  ] as const;
}

/** An insurer's policy, of a firm of this portal. */
async function insure({ book, chance, send }: Bound): Promise<void> {
  const parts = { recorder: 'InsurerMSP', portal };
  const policy = {
    type: 'insurance-policy',
    number: book.keep('policy number', `POL${chance.word()}`, parts),
    date: inDays(0),
    seller: { ...exporter, name: book.keep('name of a firm', `Seller ${chance.word()}`, parts) },
    policy: { insuredShare: 90, from: inDays(-30), to: inDays(300) },
  };
  await send({ msp: 'InsurerMSP', path: '/facts', body: policy });
}

type Bound = Pick<People, 'book' | 'chance'> & { readonly send: People['send'] };
