import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { at, moneyAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../acceptance/support/block-reader.js';
import { consortium } from '../acceptance/support/consortium.js';
import { declaration, record, usd, verify } from '../acceptance/support/documents.js';
import { Load } from './load.js';
import { chaincodeServers } from './processes.js';

const documents = 400;
const claimsPerDocument = 3;

/** What is killed, in turn, while the load goes on. */
const victims: readonly (readonly [string, () => readonly number[]])[] = [
  ['one chaincode server', () => chaincodeServers(consortium().processes.network ?? -1).slice(0, 1)],
  ['every chaincode server', () => chaincodeServers(consortium().processes.network ?? -1)],
  ['the gateway', () => consortium().processes.gateways],
  ['the network', () => [consortium().processes.network ?? -1]],
  ['the network, once more', () => [consortium().processes.network ?? -1]],
  [
    'the gateway and the network',
    () => [...consortium().processes.gateways, consortium().processes.network ?? -1],
  ],
];

describe('killed at any moment', () => {
  it('no acknowledged claim is missing and nothing is pledged twice', async () => {
    const customs = await signIn(consortium(), 'CustomsMSP', 'officer');
    const facts = Array.from({ length: documents }, () =>
      declaration({ total: usd(`${claimsPerDocument}50.00`) }),
    );
    for (let start = 0; start < facts.length; start += 50) {
      await Promise.all(facts.slice(start, start + 50).map((fact) => record(customs, fact)));
    }
    const load = new Load(facts, 8);
    for (const [, pids] of victims) {
      await load.progress(30);
      const killed = pids();
      expect(killed.length).toBeGreaterThan(0);
      for (const pid of killed) process.kill(pid, 'SIGKILL');
    }
    await load.progress(30);
    await load.stop();
    expect(load.unexpected).toEqual([]);

    // The chain has every acknowledged claim.
    const reader = await BlockReader.open(consortium());
    const transactions = await reader.transactions();
    reader.close();
    const onChain = new Set(
      transactions.filter(({ isValid }) => isValid).flatMap(({ writes }) => [...writes.keys()]),
    );
    expect(load.acknowledged.filter(({ id }) => !onChain.has(`claim~${id}`))).toEqual([]);
    expect(new Set(load.acknowledged.map(({ id }) => id)).size).toBe(load.acknowledged.length);

    // Its bank still reads it, and no document has given more than it had.
    const bank = await signIn(consortium(), 'BankAMSP', 'officer');
    const other = await signIn(consortium(), 'BankBMSP', 'officer');
    for (const { id, bank: owner } of load.acknowledged) {
      const { status, body } = await (owner === 'BankAMSP' ? bank : other).get(`/claims/${id}`);
      expect([status, at(body, 'state')]).toEqual([200, 'reserved']);
    }
    for (const fact of facts) {
      const claimed = load.acknowledged.filter((one) => one.fact === fact).length;
      const { body } = await verify(bank, fact);
      expect(claimed).toBeLessThanOrEqual(claimsPerDocument);
      expect({ liveDraws: at(body, 'liveDraws'), remaining: moneyAt(body, 'remaining') }).toEqual({
        liveDraws: claimed,
        remaining: usd(`${claimsPerDocument - claimed}50.00`),
      });
    }
  }, 600_000);
});
