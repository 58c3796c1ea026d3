import type { FactInput } from '../api.js';
import type { OffshoreBill, OffshoreCheckInput, OffshoreCheckView } from '../offshore/api.js';
import type { FakeLedger, Person } from './fake-ledger.js';
import { exporter, freshKey, otherExporter, people, usd } from './story.js';

const vessel = { name: 'Beibu Star', imo: '9300001', voyage: '061W' };
const cargo = [{ hsCode: '820411', packages: 10, weight: 1000 }];

/** A bill of lading as the carrier has recorded it: from one foreign port to another, without freight. */
export const bill = (more: Partial<FactInput> = {}): FactInput => ({
  type: 'bill-of-lading',
  number: 'COSU1001',
  date: '2026-03-01',
  seller: { scheme: 'LEGAL', id: 'CORRIDORFREIGHT' },
  transport: {
    vessel,
    from: 'IDJKT',
    to: 'SGSIN',
    consignee: exporter,
    loadedOn: '2026-03-01',
    containers: ['CSQU3054383'],
    cargo,
    events: [
      { event: 'loaded', at: '2026-03-01T08:00:00Z', place: 'IDJKT', vessel },
      { event: 'discharged', at: '2026-03-05T08:00:00Z', place: 'SGSIN', vessel },
    ],
  },
  ...more,
});

/** What the exporter has to pay for the goods, as the supplier has recorded it. */
export const purchase = (more: Partial<FactInput> = {}): FactInput => ({
  type: 'commercial-invoice',
  number: 'SALE-1',
  date: '2026-03-01',
  seller: otherExporter,
  buyer: exporter,
  total: usd('84000.00'),
  ...more,
});

/** The same invoice as the bank holds it. */
export const toldPurchase = {
  document: { type: 'commercial-invoice' as const, number: 'SALE-1', issuer: otherExporter },
  total: usd('84000.00'),
};

/** The same bill as the bank holds it. */
export const told = (more: Partial<OffshoreBill> = {}): OffshoreBill => ({
  document: { type: 'bill-of-lading', number: 'COSU1001' },
  vessel,
  from: 'IDJKT',
  to: 'SGSIN',
  containers: ['CSQU3054383'],
  cargo,
  ...more,
});

export const asked = (more: Partial<OffshoreCheckInput> = {}): OffshoreCheckInput => ({
  idempotencyKey: freshKey(),
  enterprise: exporter,
  bills: [told()],
  ...more,
});

/** Asks for papers to be checked, has them checked, and reads the report. */
export async function check(
  ledger: FakeLedger,
  input: OffshoreCheckInput = asked(),
  person: Person = people.bankA,
): Promise<OffshoreCheckView> {
  await ledger.submit('checkOffshore', person, input);
  const { answer } = await ledger.submit('checkOffshore', person, input);
  return (await ledger.endorse('readOffshoreCheck', person, { id: answer.id })).answer;
}
