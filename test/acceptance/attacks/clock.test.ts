import { randomUUID } from 'node:crypto';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer } from '../support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../support/documents.js';
import { LedgerClient, verdictsOn } from '../support/ledger-client.js';
import { writesSince } from '../support/nothing-written.js';
import { reserve } from '../support/steps.js';

const minute = 60_000;

describe('a timestamp', () => {
  let reader: BlockReader;
  let direct: LedgerClient;
  beforeAll(async () => {
    [reader, direct] = await Promise.all([
      BlockReader.open(consortium()),
      LedgerClient.open(consortium(), 'BankBMSP', 'officer'),
    ]);
  });
  afterAll(() => {
    direct.close();
    reader.close();
  });

  async function claimOn(amount: string) {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    await reader.everyPeerHasAll();
    return { fact, claims: [{ ...claim(reference(fact), usd(amount)), idempotencyKey: randomUUID() }] };
  }

  it('back-dated, or from the future', async () => {
    const { claims } = await claimOn('1.00');
    const before = await reader.height();
    for (const shiftMs of [-6 * minute, -24 * 60 * minute, 6 * minute]) {
      const attempt = direct.endorse('reserveClaims', { claims }, { shiftMs });
      expect(await direct.refusalOf(attempt)).toBe('CLOCK_SKEW');
    }
    expect(await writesSince(reader, before)).toBe(0);
  });

  it('back-dated by less than the tolerance wins nothing: the order of the chain decides', async () => {
    const { fact, claims } = await claimOn('1000.00');
    const shiftMs = -4 * minute;
    const early = await direct.endorse('reserveClaims', { claims }, { shiftMs });
    await reserve(await bank('A'), reference(fact), usd('1000.00'));
    const from = await reader.height();
    await direct.order(early);
    expect(await verdictsOn(reader, early, from)).toEqual(['MVCC_READ_CONFLICT']);
    expect(await writesSince(reader, from)).toBe(0);
    const again = direct.endorse('reserveClaims', { claims }, { shiftMs });
    expect(await direct.refusalOf(again)).toBe('EXCEEDS_BALANCE');
  });

  it("the endorser's clock does not enter a record", async () => {
    const { fact, claims } = await claimOn('10.00');
    const signedAt = Date.now() - 3 * minute;
    const endorsed = await direct.endorse('reserveClaims', { claims }, { shiftMs: -3 * minute });
    const from = await reader.height();
    await direct.order(endorsed);
    expect(await verdictsOn(reader, endorsed, from)).toEqual(['VALID']);
    const [made] = (await reader.transactions(from)).filter(
      ({ txId }) => txId === endorsed.getTransactionId(),
    );
    const [id = ''] = [...(made?.writes.keys() ?? [])].map((key) => key.replace('claim~', ''));
    const { officer } = await bank('B');
    const { body } = await officer.get(`/claims/${id}`);
    const createdAt = Date.parse(String(body['createdAt']));
    // Two endorsers at two moments agreed on it, and it is what the client wrote.
    expect(Math.abs(createdAt - signedAt)).toBeLessThan(20_000);
    expect((await verify(officer, fact)).body).toMatchObject({ liveDraws: 1 });
  });
});
