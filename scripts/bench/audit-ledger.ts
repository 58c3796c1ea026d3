import type { FactInput, PartyId, Product } from '@pledgeonce/chaincode/api.js';
import { type Claim, claimVersions } from '@pledgeonce/chaincode/claims/records.js';
import { factVersionAt } from '@pledgeonce/chaincode/facts/records.js';
import { type Payment, paymentVersions } from '@pledgeonce/chaincode/payments/records.js';
import { dateOf } from '@pledgeonce/chaincode/rules/dates.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import type { BlockTransaction, ReadBlock } from '@pledgeonce/gateway/projection/read-block.js';
import { privateValue } from '@pledgeonce/gateway/projection/testing/records.js';

const day = 86_400_000;
const begin = Date.parse('2026-01-01T00:00:00.000Z');
const documentsPerBlock = 100;
/** Each has a run of numbers of its own. */
const sellers = 1000;
const banks = ['BankAMSP', 'BankBMSP', 'BankCMSP', 'BankDMSP'] as const;
const products = [
  'discount',
  'factoring',
  'invoice',
  'order',
  'micro-loan',
] as const satisfies readonly Product[];
const states = ['settled', 'disbursed', 'partly-repaid', 'overdue', 'reserved', 'expired'] as const;
const currencies = ['USD', 'EUR', 'CNY'] as const;
const purposes = ['service-trade', 'freight', 'capital-account'] as const;
const person = { mspId: 'TaxMSP', id: 'officer' };

/** An entry of a list, the same for the same number and mixed well enough. */
function pick<T>(list: readonly [T, ...T[]] | readonly T[], index: number, salt: number): T {
  const chosen = list[(((index + salt) * 2_654_435_761) >>> 8) % list.length];
  if (chosen === undefined) throw new Error('There is nothing to pick from.');
  return chosen;
}

/**
 * The blocks of a ledger as the regulator's peer delivers them: so many invoices of a year, each with one claim, and a
 * payment abroad for every second. The same count gives the same blocks.
 */
export function* auditLedger(count: number, certificate: string): Generator<ReadBlock> {
  for (let number = 0; number * documentsPerBlock < count; number++) {
    const transactions: BlockTransaction[] = [];
    for (let position = 0; position < documentsPerBlock; position++) {
      const index = number * documentsPerBlock + position;
      if (index < count) transactions.push(transaction(index, number, position, certificate));
    }
    yield { number, hash: '', transactions, malformed: [] };
  }
}

function transaction(index: number, block: number, position: number, certificate: string): BlockTransaction {
  const fact = digest(`fact ${index}`);
  const claim = claimOf(index, fact);
  const values = [
    privateValue(factVersionAt(fact, 1), factOf(index, fact)),
    privateValue(claimVersions.at(claim.owner, claim.id, 1), claim),
  ];
  if (index % 2 === 0) {
    const payment = paymentOf(index);
    values.push(privateValue(paymentVersions.at(payment.owner, payment.id, 1), payment));
  }
  const changes = [{ kind: 'fact' as const, id: fact, state: 'active', seq: 1 }];
  return {
    transactionId: digest(`tx ${block} ${position}`),
    position,
    time: instantOf(index),
    mspId: 'TaxMSP',
    certificate,
    code: 0,
    event: { schema: 1, changes, alerts: [] },
    hashes: [],
    values,
  };
}

/** Whether a document is an earlier one of the same seller in disguise: what a scan has to find. */
export const isDisguised = (index: number) => index % (2 * sellers) === sellers + 499;

function factOf(index: number, id: string) {
  const disguises = isDisguised(index) ? index - sellers : undefined;
  const seller = sellerOf(index);
  const content: FactInput & { cites: [] } = {
    type: 'tax-invoice',
    number: disguises === undefined ? `INV-${index}` : `00${disguises}`,
    date: dateOf(begin + dayOf(index) * day),
    seller,
    total: { amount: `${1000 + ((index * 7919) % 9_000_000)}.00`, currency: pick(currencies, index, 3) },
    cites: [],
  };
  const at = instantOf(index);
  return {
    id,
    version: 1,
    status: 'active' as const,
    authority: 'TaxMSP',
    issuer: seller,
    content,
    by: person,
    recordedAt: at,
    updatedAt: at,
  };
}

function claimOf(index: number, fact: string): Claim {
  const owner = pick(banks, index, 1);
  const state = pick(states, index, 2);
  const amount = BigInt(100_000 + ((index * 104_729) % 900_000_000));
  const outstanding = state === 'settled' || state === 'expired' ? 0n : amount;
  const currency = pick(currencies, index, 3);
  const at = instantOf(index);
  return {
    id: digest(`claim ${index}`),
    seq: 1,
    state,
    owner,
    applicationNumber: `APP-${index}`,
    enterprise: sellerOf(index),
    product: pick(products, index, 4),
    currency,
    amount,
    outstanding,
    lines: [
      {
        role: 'receivable',
        document: { type: 'tax-invoice', number: `INV-${index}` },
        fact,
        underlying: fact,
        amount,
        outstanding,
        currency,
        drawn: amount,
        held: outstanding,
        revolving: false,
      },
    ],
    dueDate: dateOf(begin + (dayOf(index) + 30 + (index % 330)) * day),
    firstDueDate: dateOf(begin + (dayOf(index) + 30 + (index % 330)) * day),
    extensions: 0,
    repayments: [],
    reservedBy: { mspId: owner, id: 'officer' },
    by: { mspId: owner, id: 'officer' },
    requests: [],
    createdAt: at,
    updatedAt: at,
  };
}

function paymentOf(index: number): Payment {
  const owner = pick(banks, index, 5);
  const at = instantOf(index);
  return {
    id: digest(`payment ${index}`),
    seq: 1,
    state: index % 40 === 0 ? 'reversed' : 'marked',
    owner,
    reference: `PAY-${index}`,
    payer: sellerOf(index),
    payee: 'Payee',
    purpose: pick(purposes, index, 6),
    currency: pick(currencies, index, 7),
    amount: BigInt(100_000 + ((index * 7919) % 4_000_000)),
    paidOn: at.slice(0, 10),
    lines: [],
    filingRequired: false,
    by: { mspId: owner, id: 'officer' },
    requests: [],
    createdAt: at,
    updatedAt: at,
  };
}

function sellerOf(index: number): PartyId {
  return { scheme: 'USCC', id: `SELLER${String(index % sellers).padStart(12, '0')}` };
}

const dayOf = (index: number) => (index * 31) % 365;
const instantOf = (index: number) => new Date(begin + dayOf(index) * day).toISOString();
