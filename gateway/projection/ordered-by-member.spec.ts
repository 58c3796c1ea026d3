import { Projection } from './projection.js';
import type { BlockTransaction, Malformed, ReadBlock } from './read-block.js';
import { certificateOf } from './testing/certificate.js';
import { viewpointOf } from './testing/viewpoint-of.js';

let certificate: string;
beforeAll(async () => {
  certificate = await certificateOf('anna');
});

const transaction = (mspId: string, position: number, block: number, code = 0): BlockTransaction =>
  ({
    transactionId: `tx-${block}-${position}`,
    position,
    time: '2026-03-10T08:00:00.000Z',
    code,
    mspId,
    certificate,
    hashes: [],
    values: [],
  }) as unknown as BlockTransaction;
const junk = (mspId: string, position: number): Malformed => ({
  position,
  time: '2026-03-10T08:00:00.000Z',
  signer: { mspId, certificate },
});

describe('who had how much ordered', () => {
  const projections: Projection[] = [];
  const open = (mspId: string) => {
    const projection = new Projection(':memory:', viewpointOf(mspId));
    projections.push(projection);
    return projection;
  };
  afterEach(() => {
    for (const one of projections.splice(0)) one.close();
  });
  const apply = (projection: Projection, more: Partial<ReadBlock>) =>
    projection.apply({
      number: projection.nextBlock,
      hash: 'aa',
      transactions: [],
      malformed: [],
      ...more,
    });

  it('is summed by member, with what came to nothing', () => {
    const regulator = open('RegulatorMSP');
    apply(regulator, {
      transactions: [transaction('BankAMSP', 0, 0), transaction('BankBMSP', 1, 0, 11)],
      malformed: [junk('BankBMSP', 2)],
    });
    apply(regulator, { transactions: [transaction('BankBMSP', 0, 1)] });
    expect(regulator.orderedByMember()).toEqual({
      from: 0,
      items: [
        { mspId: 'BankBMSP', ordered: 3, invalid: 1, unreadable: 1 },
        { mspId: 'BankAMSP', ordered: 1, invalid: 0, unreadable: 0 },
      ],
    });
  });

  it('is of the latest thousand blocks and what of a thousand came before', () => {
    const regulator = open('RegulatorMSP');
    apply(regulator, { transactions: [transaction('BankAMSP', 0, 0)] });
    while (regulator.nextBlock < 2_000) apply(regulator, {});
    expect(regulator.orderedByMember().items).toHaveLength(1);
    apply(regulator, { transactions: [transaction('BankBMSP', 0, 2_000)] });
    expect(regulator.orderedByMember()).toMatchObject({ from: 1_000, items: [{ mspId: 'BankBMSP' }] });
  });

  it('is kept for the regulator alone', () => {
    const customs = open('CustomsMSP');
    apply(customs, { transactions: [transaction('BankAMSP', 0, 0)] });
    expect(customs.orderedByMember().items).toEqual([]);
  });
});
