import { dateOf, instantText } from '@pledgeonce/chaincode/rules/dates.js';
import { commitmentOf } from '@pledgeonce/chaincode/rules/offer-commitment.js';
import type { FakeLedger } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import { admit, memberOf } from '@pledgeonce/chaincode/testing/further-members.js';
import { bill } from '@pledgeonce/chaincode/testing/offshore-trade.js';
import {
  claim,
  day,
  declaration,
  disburse,
  exporter,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  usd,
} from '@pledgeonce/chaincode/testing/story.js';
import { calls, type Calls, command, reason } from './calls.js';

const portal = people.exporter;
const otherPortal = people.otherExporter;
const minute = 60_000;

/** Documents: of customs to another customs office, of one enterprise to another, and to be named by their numbers. */
export async function documentCalls(): Promise<Calls> {
  const ledger = await openLedger();
  await admit(ledger, 'PortMSP', 'customs');
  const { id } = await record(ledger, declaration());
  await record(ledger, invoice({ buyer: { ...exporter, name: 'Buyer' }, seller: otherExporter }));
  await record(ledger, bill({ transport: { ...bill().transport, consignee: exporter } }), people.carrier);
  const approvers = [memberOf('CustomsMSP', 'approver'), memberOf('PortMSP', 'approver')] as const;
  const consents = await consentOf(ledger);
  return {
    ...calls(ledger, [people.customs, memberOf('PortMSP', 'officer')], {
      amendFact: { id, changes: { total: usd('90.00') }, reason },
      cancelFact: { id, reason },
      previewFactChange: { id },
      returnFactStep: { id, reason },
      readFact: { id },
      readFacts: { ids: [id] },
      readFactHistory: { id },
    }),
    ...calls(ledger, approvers, { confirmFactStep: { id } }),
    ...calls(ledger, [portal, otherPortal], {
      readOwnDocument: { document: { type: 'customs-declaration', number: declaration().number } },
      readOwnDocuments: { ids: [id] },
      giveConsent: {
        idempotencyKey: freshKey(),
        bank: 'BankAMSP',
        document: { type: 'customs-declaration', number: declaration().number },
      },
      withdrawConsent: command(consents),
      confirmDebt: {
        idempotencyKey: freshKey(),
        document: { type: 'tax-invoice', number: 'INV-001' },
        particulars: { seller: otherExporter, total: usd('100.00') },
        amount: usd('80.00'),
      },
      consentToMark: {
        document: { type: 'bill-of-lading', number: 'COSU1001' },
        payer: { scheme: 'LEGAL', id: 'SOMEBODYELSE' },
      },
    }),
  };
}

async function consentOf(ledger: FakeLedger): Promise<string> {
  const input = { idempotencyKey: freshKey(), bank: 'BankBMSP' };
  return (await ledger.submit('giveConsent', portal, input)).answer.id;
}

/** What is said against a document, and a need that banks offer for. */
export async function marketCalls(): Promise<Calls> {
  const ledger = await openLedger();
  await record(ledger, declaration());
  await disburse(ledger, claim(ledger, '10.00'));
  const raised = await ledger.submit('raiseObjection', portal, {
    idempotencyKey: freshKey(),
    document: { type: 'customs-declaration', number: declaration().number },
    enterprise: exporter,
    reason,
  });
  const posted = await ledger.submit('postRequest', portal, {
    idempotencyKey: freshKey(),
    banks: ['BankAMSP'],
    amount: usd('60.00'),
    tenorDays: 90,
    product: 'invoice',
    purpose: 'Working capital',
    lines: [
      { document: { type: 'customs-declaration', number: declaration().number }, amount: usd('60.00') },
    ],
    deadline: instantText(ledger.now + minute),
  });
  const request = posted.answer.id;
  const terms = { amount: usd('60.00'), rate: '3.20', validUntil: dateOf(ledger.now + 10 * day) };
  const salt = Buffer.alloc(32, 3).toString('base64');
  const commitment = (bank: string) => commitmentOf(request, bank, salt, terms);
  const sealed = await ledger.submit('sealOffer', people.bankA, {
    request,
    commitment: commitment('BankAMSP'),
  });
  const offer = sealed.answer.id;
  ledger.now += 2 * minute;
  await ledger.submit('closeRequest', memberOf('EnterpriseMSP', 'service'), { id: request });
  await ledger.submit('openOffer', people.bankA, { id: offer, salt, terms });
  return {
    ...calls(ledger, [people.bankA, people.bankB], {
      answerObjection: { ...command(raised.answer.id), text: 'The bill of lading is here.' },
      sealOffer: { request, commitment: commitment('BankAMSP') },
      openOffer: { id: offer, salt, terms },
    }),
    ...calls(ledger, [portal, otherPortal], {
      withdrawObjection: { ...command(raised.answer.id), reason },
      withdrawRequest: command(request),
      closeRequest: { id: request },
      acceptOffer: command(offer),
    }),
  };
}
