import type { FactInput, PartyId } from '../api.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import { admit, memberOf } from '../testing/further-members.js';
import {
  claim,
  exporter,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const line = memberOf('NorthernLineMSP', 'officer');
const issuer = (id: string) => ({ scheme: 'MSP', id }) as const;
const bill = (more: Partial<FactInput> = {}): FactInput => ({
  type: 'bill-of-lading',
  number: 'COSU7001',
  date: '2026-03-01',
  seller: exporter,
  total: usd('100.00'),
  transport: { from: 'CNNGB', to: 'DEHAM' },
  ...more,
});

async function twoCarriers(): Promise<FakeLedger> {
  const ledger = await openLedger();
  await admit(ledger, line.mspId, 'carrier');
  return ledger;
}

const verify = (ledger: FakeLedger, document: object, enterprise: PartyId = exporter, total = '100.00') =>
  ledger.endorse('verifyDocument', people.bankB, {
    document: { type: 'bill-of-lading', number: 'COSU7001', ...document },
    particulars: { enterprise, total: usd(total) },
  });
const claimOn = (ledger: FakeLedger, amount: string, document: object = {}, enterprise: PartyId = exporter) =>
  claim(ledger, amount, {
    enterprise,
    lines: [{ document: { type: 'bill-of-lading', number: 'COSU7001', ...document }, amount: usd(amount) }],
  });

describe('the bill of a second carrier', () => {
  it('is its own: the first neither amends, cancels nor sees it', async () => {
    const ledger = await twoCarriers();
    const { id, issuer: by } = await record(ledger, bill(), line);
    expect(by).toEqual(issuer(line.mspId));
    for (const attempt of [
      () =>
        ledger.submit('amendFact', people.carrier, { id, reason: 'Lower', changes: { total: usd('1.00') } }),
      () => ledger.submit('cancelFact', people.carrier, { id, reason: 'Gone' }),
    ]) {
      await refuses(ledger, 'WRONG_ORGANISATION', attempt);
    }
    await refuses(ledger, 'FACT_NOT_FOUND', () => ledger.endorse('readFact', people.carrier, { id }));
    expect((await ledger.endorse('readFact', line, { id })).answer.id).toBe(id);
  });

  it('is found and drawn on without its issuer, while nobody else has given the number', async () => {
    const ledger = await twoCarriers();
    await record(ledger, bill(), line);
    expect((await verify(ledger, {})).answer.result).toBe('match');
    expect((await verify(ledger, { issuer: issuer(line.mspId) })).answer.result).toBe('match');
    await reserve(ledger, claimOn(ledger, '60.00'));
    await reserve(ledger, claimOn(ledger, '40.00', { issuer: issuer(line.mspId) }));
    const over = await refusal(ledger, () => reserve(ledger, claimOn(ledger, '0.01')));
    expect(over.code).toBe('EXCEEDS_BALANCE');
  });

  it('may have the number of another: then a reference names whose it means, and each has its own balance', async () => {
    const ledger = await twoCarriers();
    const first = await record(ledger, bill());
    const second = await record(ledger, bill({ seller: otherExporter, total: usd('50.00') }), line);
    expect(second.id).not.toBe(first.id);
    await refuses(ledger, 'ISSUER_REQUIRED', () => verify(ledger, {}));
    const unclear = await refusal(ledger, () => reserve(ledger, claimOn(ledger, '1.00')));
    expect([unclear.code, unclear.body.field]).toEqual(['ISSUER_REQUIRED', 'lines.0.document.issuer']);
    const named = { issuer: issuer(line.mspId) };
    expect((await verify(ledger, named, otherExporter, '50.00')).answer.result).toBe('match');
    await reserve(ledger, claimOn(ledger, '100.00', { issuer: issuer('CarrierMSP') }));
    await reserve(ledger, claimOn(ledger, '50.00', named, otherExporter));
    const again = await record(ledger, bill({ seller: otherExporter, total: usd('50.00') }), line).catch(
      (error: unknown) => error,
    );
    expect(again).toMatchObject({ code: 'FACT_EXISTS' });
  });

  it('is recorded once by two that record the number at the same moment', async () => {
    const ledger = await twoCarriers();
    const [one, other] = await Promise.all([
      ledger.endorse('recordFacts', people.carrier, { facts: [bill()] }),
      ledger.endorse('recordFacts', line, { facts: [bill({ seller: otherExporter })] }),
    ]);
    expect([ledger.commit(one), ledger.commit(other)]).toEqual([true, false]);
    await record(ledger, bill({ seller: otherExporter }), line);
    await refuses(ledger, 'ISSUER_REQUIRED', () => verify(ledger, {}));
  });

  it('keeps its place when the fingerprint key is rotated', async () => {
    const ledger = await twoCarriers();
    const first = await record(ledger, bill());
    const second = await record(ledger, bill({ seller: otherExporter, total: usd('50.00') }), line);
    await ledger.submit('rotateFingerprintKey', people.regulator, {
      fingerprintKey: Buffer.alloc(32, 9).toString('base64'),
    });
    const entries = [...ledger.snapshot().keys()].flatMap((key) =>
      /^registry\/[A-Z]{1,2}~[0-9a-f]{64}$/.test(key) ? key.slice('registry/'.length) : [],
    );
    const service = memberOf('RegulatorMSP', 'service');
    for (const key of entries) await ledger.submit('rekeyEntries', service, { keys: [key] });
    for (const mspId of ['RegulatorMSP', 'TaxMSP'])
      await ledger.submit('retireFingerprintKeys', memberOf(mspId, 'service'), { before: 2 });
    await refuses(ledger, 'ISSUER_REQUIRED', () => verify(ledger, {}));
    const of = { issuer: issuer('CarrierMSP') };
    expect((await verify(ledger, of)).answer.result).toBe('match');
    const named = { issuer: issuer(line.mspId) };
    expect((await verify(ledger, named, otherExporter, '50.00')).answer.result).toBe('match');
    expect(first.id).not.toBe(second.id);
  });
});
