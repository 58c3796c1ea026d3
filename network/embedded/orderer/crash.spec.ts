import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { commit, specChannel, transact } from '../ledger/testing/spec-channel.js';
import { verifyChain } from '../ledger/testing/verify-chain.js';

const TRANSACTIONS = 400;

/** Runs the load until so many are acknowledged, kills it, and returns the acknowledged ids. */
async function killAfter(acknowledged: number, directory: string, file: string): Promise<string[]> {
  const script = fileURLToPath(new URL('./testing/spec-load.js', import.meta.url));
  const child = spawn(process.execPath, [script, directory, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const ids: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [status, txId = ''] = line.split(' ');
    expect(status).toBe('200');
    ids.push(txId);
    if (ids.length === acknowledged) child.kill('SIGKILL');
  }
  await exited;
  return ids;
}

describe('a process killed while it commits', () => {
  it.each([1, 37, 150])(
    'has lost no acknowledged transaction, after %d',
    async (acknowledged) => {
      const channel = await specChannel();
      const { organisations, client } = channel;
      const orderer = await organisations.A.enrol('orderer', 'orderer');
      const made = Array.from({ length: TRANSACTIONS }, (_, number) =>
        transact(channel, { cc: { writes: { [`key-${number}`]: String(number) } } }),
      );
      const file = join(channel.directory, '..', `load-${client.mspId}-${process.pid}-${acknowledged}.json`);
      await writeFile(
        file,
        JSON.stringify({
          organisations: Object.values(organisations).map(({ mspId, rootCerts }) => ({ mspId, rootCerts })),
          signer: { certificate: orderer.certificate, key: orderer.privateKey },
          envelopes: Object.fromEntries(
            made.map(({ txId, bytes }) => [txId, Buffer.from(bytes).toString('base64')]),
          ),
        }),
      );

      const ids = await killAfter(acknowledged, channel.directory, file);

      const ledger = await channel.open();
      expect(ids.length).toBeGreaterThanOrEqual(acknowledged);
      expect(ids.filter((txId) => ledger.status(txId)?.code !== 0)).toEqual([]);
      expect(await verifyChain(ledger)).toBe(ledger.height);
      // Whatever the last block was, state and blocks tell the same story, and the chain goes on.
      const snapshot = ledger.snapshot();
      for (const [number, { txId }] of made.entries()) {
        expect(snapshot.get('cc', `key-${number}`) !== undefined).toBe(ledger.status(txId) !== undefined);
      }
      snapshot.close();
      await commit(ledger, transact(channel, { cc: { writes: { after: 'all' } } }));
      await ledger.close();
      await channel.remove();
    },
    120_000,
  );
});
