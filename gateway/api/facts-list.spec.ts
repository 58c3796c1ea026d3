import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { FactView } from '@pledgeonce/chaincode/api.js';
import { Projection } from '../projection/projection.js';
import { certificateOf } from '../projection/testing/certificate.js';
import { idOf } from '../projection/testing/records.js';
import { apiUnderTest } from './testing/api-under-test.js';
import type { ApiUnderTest } from './testing/api-under-test.js';

const uscc = '91330200MA2CKXQ85H';
const documents = 30;
const at = '2026-11-01T00:00:00.000Z';
const seller = { scheme: 'USCC', id: uscc } as const;
const total = { amount: '100.00', currency: 'USD' };

/** What the ledger says of the document with this id; every third is a bill of lading. */
function factView(id: string, place: number): FactView {
  return {
    ...{ id, version: 1, status: 'active', authority: 'EnterpriseMSP', remaining: total },
    ...{ type: place % 3 === 0 ? 'bill-of-lading' : 'commercial-invoice', number: `INV-${place}` },
    ...{ date: '2026-10-01', seller, total, recordedAt: at, updatedAt: at },
  } as unknown as FactView;
}

/**
 * At the portal the tables know ids only, and the ledger says the rest. A ledger that is asked once for each document
 * takes seconds for a page; one whose answer is filtered after the page was cut gives pages with holes.
 */
describe('GET /api/v1/facts at the portal', () => {
  const ids = Array.from({ length: documents }, (_, place) => idOf(`document ${place}`));
  let folder: string;
  let projection: Projection;
  let api: ApiUnderTest;
  let exporter: string;
  /** How many documents each question to the ledger was about. */
  let asked: number[];

  beforeEach(async () => {
    const certificate = await certificateOf('exporter-1', uscc);
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-facts-'));
    projection = new Projection(join(folder, 'portal.sqlite'), {
      mspId: 'EnterpriseMSP',
      kind: 'enterprise',
      government: false,
    });
    projection.apply({
      number: projection.nextBlock,
      hash: '',
      malformed: [],
      transactions: ids.map((id, position) => ({
        transactionId: idOf(`transaction ${position}`),
        position,
        time: at,
        mspId: 'EnterpriseMSP',
        certificate,
        code: 0,
        event: { schema: 1, changes: [{ kind: 'fact', id, state: 'active', seq: 1 }], alerts: [] },
        hashes: [],
        values: [],
      })),
    });
    asked = [];
    api = await apiUnderTest('EnterpriseMSP', {
      projection,
      ledger: {
        evaluate: (_signatory: unknown, _verb: unknown, { ids: wanted }: { ids: string[] }) => {
          asked.push(wanted.length);
          return Promise.resolve({ facts: wanted.map((id) => factView(id, ids.indexOf(id))) });
        },
      } as never,
    });
    exporter = await api.signIn('officer', 'exporter-1', uscc);
  });
  afterEach(async () => {
    await api.close();
    projection.close();
    await rm(folder, { recursive: true });
  });

  const list = async (query: string) => {
    const response = await request(api.app).get(`/api/v1/facts?${query}`).set('Authorization', exporter);
    return response.body as { items: FactView[]; next?: string };
  };

  it('asks the ledger once for a page, however long it is', async () => {
    expect((await list(`limit=${documents}`)).items).toHaveLength(documents);
    expect(asked).toEqual([documents]);
    await list('limit=7');
    expect(asked).toEqual([documents, 7]);
  });

  it('filters before a page is cut, and asks for each document that it does not know once for all', async () => {
    const first = await list('type=commercial-invoice&limit=15');
    expect(first.items).toHaveLength(15);
    const second = await list(`type=commercial-invoice&limit=15&cursor=${first.next}`);
    expect(second.items).toHaveLength(5);
    expect(second.next).toBeUndefined();
    expect(new Set([...first.items, ...second.items].map(({ type }) => type))).toEqual(
      new Set(['commercial-invoice']),
    );
    expect((await list('number=inv-4')).items.map(({ number }) => number)).toEqual(['INV-4']);
    // All once to learn what they are, and from then on the pages alone.
    expect(asked).toEqual([documents, 15, 5, 1]);
  });
});
