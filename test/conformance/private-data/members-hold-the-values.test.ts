import { createHash } from 'node:crypto';
import { BANK_A, CUSTOMS, PAIR, REGULATOR, TAX } from '../definition.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs, regulator, tax } from '../harness/network.js';
import { arrange, ask } from '../harness/perform.js';
import { readBlock } from '../harness/blocks.js';

describe('a private value', () => {
  const key = fresh('key');
  const value = fresh('secret value');
  let block: bigint;

  beforeAll(async () => {
    ({ block } = await arrange(customs, [['putTransient', PAIR, key, 'it']], { transient: { it: value } }));
  });

  it.each([CUSTOMS, TAX])('can be read at the peer of its member %s', async (peer) => {
    expect(await ask(customs, ['getPrivate', PAIR, key], { peers: [peer] })).toBe(value);
  });

  it('can be read at a member’s peer by a client of another organisation', async () => {
    expect(await ask(bankA, ['getPrivate', PAIR, key], { peers: [TAX] })).toBe(value);
  });

  it.each([REGULATOR, BANK_A])('cannot be read at the peer of %s, which is no member', async (peer) => {
    const failure = await failureOf(ask(customs, ['getPrivate', PAIR, key], { peers: [peer] }));

    expect(failure.code).toBe('UNKNOWN');
    expect(failure.message).toContain('GET_STATE failed: transaction ID: ');
    expect(failure.message).toMatch(/private data matching public hash version is not available/);
  });

  it('shows its SHA-256 at every peer', async () => {
    const digest = createHash('sha256').update(value).digest('hex');

    for (const member of [customs, tax, regulator, bankA]) {
      expect(await ask(member, ['privateHash', PAIR, key])).toBe(digest);
    }
  });

  it('is not in the block', async () => {
    const bytes = Buffer.from((await readBlock(regulator, block)).serializeBinary());

    expect(bytes.includes(value)).toBe(false);
  });
});
