import type { Input } from '../api.js';
import { digest } from '../rules/fingerprints.js';
import { bill } from '../testing/offshore-trade.js';
import {
  claim,
  declaration,
  exporter,
  openLedger,
  otherExporter,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

type Query = Input<'verifyDocument'>;
const query = (more: Partial<Query['particulars']> = {}): Query => ({
  document: { type: 'customs-declaration', number: declaration().number },
  particulars: { enterprise: exporter, total: usd('100.00'), ...more },
});

describe('verification', () => {
  it('tells what is left and how many draws are live, and names no bank', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration({ assignedTo: { scheme: 'LEGAL', id: 'FACTOR1', name: 'A Factor' } }));
    await reserve(ledger, claim(ledger, '60.00'), people.bankA);
    const { answer, writes } = await ledger.endorse('verifyDocument', people.bankB, query());
    expect(answer).toMatchObject({ result: 'match', remaining: usd('40.00'), liveDraws: 1 });
    expect(answer.warnings).toMatchObject([{ warning: 'assigned' }]);
    expect(JSON.stringify(answer)).not.toContain('Bank');
    expect(writes.size).toBe(0);
  });

  it('names the fields that differ, and then nothing more', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const ask = async (more: Partial<Query['particulars']>) => {
      const { answer } = await ledger.endorse('verifyDocument', people.bankB, query(more));
      const { asked, ...said } = answer;
      // What the nodes sign names the question that they answer.
      expect(asked).toBe(digest(JSON.stringify(query(more))));
      return said;
    };
    const mismatch = (...mismatches: string[]) => ({ result: 'mismatch', mismatches, warnings: [] });
    expect(await ask({ total: usd('100.01') })).toEqual(mismatch('total'));
    expect(await ask({ total: { amount: '100', currency: 'EUR' } })).toEqual(mismatch('currency'));
    expect(await ask({ enterprise: otherExporter, date: '2026-03-02' })).toEqual(
      mismatch('enterprise', 'date'),
    );
    expect(await ask({ total: usd('100') })).toMatchObject({ result: 'match' });
  });

  it('wants to hear what a document of this type states, whether there is one or not', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { total: _total, ...unsaid } = query().particulars;
    for (const number of [declaration().number, '510020260000000099']) {
      const asked = { document: { ...query().document, number }, particulars: unsaid };
      await expect(ledger.endorse('verifyDocument', people.bankB, asked)).rejects.toMatchObject({
        code: 'FIELD_REQUIRED',
        body: { field: 'particulars.total', detail: expect.stringContaining('total') as unknown },
      });
    }
    const goods = { type: 'warehouse-receipt', number: 'WR-1' } as const;
    await refuses(ledger, 'FIELD_REQUIRED', () =>
      ledger.endorse('verifyDocument', people.bankB, { document: goods, particulars: unsaid }),
    );
  });

  it('calls a total that only one of the two states a mismatch of the total, not of the currency', async () => {
    const ledger = await openLedger();
    await record(ledger, bill(), people.carrier);
    await record(ledger, bill({ number: 'COSU1002', total: usd('900') }), people.carrier);
    const ask = async (number: string, particulars: Query['particulars']) => {
      const document = { type: 'bill-of-lading' as const, number };
      return (await ledger.endorse('verifyDocument', people.bankB, { document, particulars })).answer;
    };
    const enterprise = bill().seller;
    expect(await ask('COSU1001', { enterprise, total: usd('900') })).toMatchObject({ mismatches: ['total'] });
    expect(await ask('COSU1002', { enterprise })).toMatchObject({ mismatches: ['total'] });
    expect(await ask('COSU1002', { enterprise, total: usd('900') })).toMatchObject({ result: 'match' });
    expect(await ask('COSU1001', { enterprise })).toMatchObject({ result: 'match' });
  });

  it('tells cancelled from unknown', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    await ledger.submit('cancelFact', people.customs, { id, reason: 'r' });
    expect((await ledger.endorse('verifyDocument', people.bankB, query())).answer.result).toBe('cancelled');
    const unknown = { ...query(), document: { type: 'tax-invoice' as const, number: '1' } };
    expect((await ledger.endorse('verifyDocument', people.bankB, unknown)).answer.result).toBe('not-found');
  });

  it('says that nine digits are only the serial of a customs number, instead of not found', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const ask = (number: string) =>
      ledger.endorse('verifyDocument', people.bankB, {
        ...query(),
        document: { ...query().document, number },
      });
    await expect(ask('516789012')).rejects.toMatchObject({
      code: 'NUMBER_INVALID',
      body: { field: 'document.number', detail: expect.stringContaining('18 digits') as unknown },
    });
    expect((await ask('51678901')).answer.result).toBe('not-found');
  });

  it('is for banks and the regulator', async () => {
    const ledger = await openLedger();
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.endorse('verifyDocument', people.exporter, query()),
    );
  });

  it('still finds what was recorded before the fingerprint key was rotated', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await ledger.submit('rotateFingerprintKey', people.regulator, {
      fingerprintKey: Buffer.alloc(32, 9).toString('base64'),
    });
    expect((await ledger.endorse('verifyDocument', people.bankB, query())).answer.result).toBe('match');
    await refuses(ledger, 'FACT_EXISTS', () => record(ledger, declaration()));
    const again = { fingerprintKey: Buffer.alloc(32, 1).toString('base64') };
    await refuses(ledger, 'ALREADY_INITIALISED', () =>
      ledger.submit('initialise', people.regulator, { ...again, members: [] }),
    );
  });
});
