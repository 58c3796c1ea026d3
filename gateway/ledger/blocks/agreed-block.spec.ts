import { status } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { gatewayError } from '../testing/gateway-error.js';
import { agreedBlock } from './agreed-block.js';
import { codesOf } from './verdicts.js';

/** A block with these validation codes. */
function blockWith(...codes: readonly number[]): common.Block {
  const metadata = new common.BlockMetadata();
  const entries = Array.from({ length: 5 }, () => new Uint8Array());
  entries[common.BlockMetadataIndex.TRANSACTIONS_FILTER] = Uint8Array.from(codes);
  metadata.setMetadataList(entries);
  const block = new common.Block();
  block.setMetadata(metadata);
  return block;
}

describe('a block of an organisation that has no peer', () => {
  const failed: string[] = [];
  const connections = {
    ledgers: () => ['A', 'B', 'C'],
    failed: (entry: string) => failed.push(entry),
    answered: () => undefined,
  };
  beforeEach(() => {
    failed.length = 0;
  });

  const agreed = async (answers: Readonly<Record<string, () => Promise<common.Block>>>) => {
    const asked: string[] = [];
    const block = await agreedBlock(connections, (entry) => {
      asked.push(entry);
      return answers[entry]?.() ?? Promise.reject(new Error('nobody'));
    });
    return { codes: [...codesOf(block)], asked };
  };
  const says =
    (...codes: readonly number[]) =>
    () =>
      Promise.resolve(blockWith(...codes));
  const isDown = () => Promise.reject(gatewayError(status.UNAVAILABLE, 'down'));

  it('is what the first two say, and nobody else is asked', async () => {
    expect(await agreed({ A: says(0, 11), B: says(0, 11) })).toEqual({ codes: [0, 11], asked: ['A', 'B'] });
  });

  it.each([
    ['A', { A: says(11, 11), B: says(0, 11), C: says(0, 11) }],
    ['B', { A: says(0, 11), B: says(0), C: says(0, 11) }],
    ['C', { A: says(0, 11), B: says(0, 11), C: says(11, 11) }],
  ])('is not what %s alone says', async (_, answers) => {
    expect((await agreed(answers)).codes).toEqual([0, 11]);
  });

  it('is what the other two say where one is down', async () => {
    expect((await agreed({ A: isDown, B: says(0), C: says(0) })).codes).toEqual([0]);
    expect(failed).toEqual(['A']);
  });

  it('is waited for where it has not reached a second peer yet', async () => {
    let misses = 2;
    const late = () =>
      misses-- > 0 ? Promise.reject(new Error('no such block number')) : Promise.resolve(blockWith(0));
    expect((await agreed({ A: says(0), B: late, C: isDown })).codes).toEqual([0]);
  });

  it('is none where no two say the same', async () => {
    await expect(agreed({ A: says(0), B: says(1), C: says(2) })).rejects.toThrow('No two peers');
    await expect(agreed({ A: says(0), B: isDown, C: isDown })).rejects.toThrow('down');
  }, 30_000);
});
