import type { FactInput } from '../api.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import { limits } from '../schemas.js';
import {
  declaration,
  exporter,
  invoice,
  openLedger,
  people,
  record,
  remainingOf,
  usd,
} from '../testing/story.js';

const vat = { scheme: 'VAT', id: 'FR40303265045' } as const;
/** A hundred papers take their time on a busy machine. */
const patienceMs = 60_000;
const service = { mspId: 'RegulatorMSP', role: 'service', id: 'gateway' };

const relink = async (ledger: FakeLedger, facts: string[]) =>
  (await ledger.submit('relinkFacts', service, { facts })).answer;
const state = (ledger: FakeLedger) =>
  ledger.submit('stateFirm', people.regulatorApprover, { ids: [exporter, vat] });

/** Papers that the exporter records itself, all citing one declaration. */
async function ownPapers(ledger: FakeLedger, count: number, cites: FactInput['cites'], prefix: string) {
  const papers = Array.from({ length: count }, (_, index) =>
    invoice({ type: 'commercial-invoice', number: `${prefix}-${index}`, cites }),
  );
  for (let start = 0; start < count; start += 20) {
    const { answer } = await ledger.submit('recordFacts', people.exporter, {
      facts: papers.slice(start, start + 20),
    });
    expect(answer.items.every((item) => item.status === 'recorded')).toBe(true);
  }
}

describe('documents of firms that were stated to be one', () => {
  it(
    'are joined although the firm has filled its trade with papers of its own',
    async () => {
      const ledger = await openLedger();
      await record(ledger, declaration({ total: usd('70.00') }));
      const cites: FactInput['cites'] = [{ type: 'customs-declaration', number: declaration().number }];
      await ownPapers(ledger, limits.ownDocumentsPerUnderlying, cites, 'OWN');
      const billed = invoice({ seller: vat, cites });
      const { id } = await record(ledger, billed);
      expect(await remainingOf(ledger, billed)).toBe('100.00');
      await state(ledger);
      expect(await relink(ledger, [id])).toEqual({ relinked: 1, full: 0 });
      expect(await remainingOf(ledger, billed)).toBe('70.00');
      expect(await relink(ledger, [id])).toEqual({ relinked: 0, full: 0 });
    },
    patienceMs,
  );

  it(
    'that the firm recorded itself take none of the room that authorities have, and stop none of the others',
    async () => {
      const ledger = await openLedger();
      const cites: FactInput['cites'] = [{ type: 'customs-declaration', number: declaration().number }];
      await record(ledger, declaration({ total: usd('70.00') }));
      await ownPapers(ledger, limits.ownDocumentsPerUnderlying, cites, 'OWN');
      // Recorded for the other id, by a person who acts for it: it would be one paper too many.
      const portal = { ...people.exporter, id: 'vat-1', uscc: '91350100M000100Y43' };
      const other = { scheme: 'USCC', id: portal.uscc } as const;
      const extra = await record(
        ledger,
        invoice({ type: 'commercial-invoice', number: 'EXTRA', seller: other, cites }),
        portal,
      );
      const billed = invoice({ seller: other, number: 'BILLED', cites });
      const { id } = await record(ledger, billed);
      await ledger.submit('stateFirm', people.regulatorApprover, { ids: [exporter, other] });
      expect(await relink(ledger, [extra.id, id])).toEqual({ relinked: 1, full: 1 });
      expect(await remainingOf(ledger, billed)).toBe('70.00');
    },
    patienceMs,
  );
});
