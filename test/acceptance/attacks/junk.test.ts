import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import { Client, signIn } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { height } from '../../conformance/harness/chain.js';
import { junkOf, orderedJunk, type Junk } from '../../conformance/harness/junk.js';
import { broadcast } from '../../conformance/harness/orderers.js';
import { readProfile } from '../support/block-reader.js';
import { bank, consortium, type BankPeople } from '../support/consortium.js';
import { declaration, reference, usd } from '../support/documents.js';
import { eventually } from '../support/eventually.js';
import { gatewaysAfter } from '../support/gateways.js';
import { LedgerClient } from '../support/ledger-client.js';
import { reserve } from '../support/steps.js';

const patienceMs = 20_000;

/**
 * A new claim of the bank, seen in its own list and by the regulator. What Fabric's orderers take in although no block may
 * hold it makes their leader stand still until another one leads, some ten seconds later: the same request is sent again.
 *
 * @throws Error when it is in either not in time.
 */
async function listsNewClaim(owner: BankPeople, regulator: Client): Promise<void> {
  const fact = declaration();
  const customs = await signIn(consortium(), 'CustomsMSP', 'officer');
  await eventually(async () => (await customs.post('/facts', fact, `junk-${fact.number}`)).status === 201);
  // Nodes that have not come so far yet know of no such document, which a bank that has not verified it is not told apart.
  let id = '';
  await eventually(async () => {
    id = await reserve(owner, reference(fact), usd('100.00')).catch(() => '');
    return id !== '';
  });
  for (const reader of [owner.officer, regulator]) {
    const until = Date.now() + patienceMs;
    for (;;) {
      const { status, body } = await reader.get('/claims?limit=200');
      if (status === 200 && listAt(body, 'items').some((claim) => textAt(claim, 'id') === id)) break;
      if (Date.now() > until) throw new Error(`The claim ${id} is not listed.`);
      await sleep(50);
    }
  }
}

/**
 * A client of Bank A signs junk and hands it to an orderer, past every peer and gateway, and past the door too: Bank A runs
 * an orderer of its own.
 */
async function order(attacker: LedgerClient, junk: Junk): Promise<void> {
  const { envelope } = await junkOf(attacker.member, junk);
  expect(await broadcast(await profileBehindDoors(), envelope)).toBe('SUCCESS');
}

/** Where the orderers themselves answer; on the embedded network nothing stands before them. */
async function profileBehindDoors(): Promise<ConnectionProfile> {
  const profile = await readProfile(consortium().discovery);
  if (profile.network === 'embedded') return profile;
  const orderers = profile.orderers.map((one) => {
    const [host = '', door = ''] = one.endpoint.split(':');
    // The last of an organisation's ten ports is the door's, the fourth its orderer's.
    return { ...one, endpoint: `${host}:${Number(door) - 6}` };
  });
  return { ...profile, orderers };
}

/** Junk in a form that a client could make: peers find it invalid, and nothing suffers from it. */
const wellFormed: readonly string[] = ['a forged event of our chaincode', 'an event that is no JSON'];

describe('junk that a member has ordered', () => {
  let attacker: LedgerClient;
  beforeAll(async () => {
    attacker = await LedgerClient.open(consortium(), 'BankAMSP', 'officer');
  });
  afterAll(() => {
    attacker.close();
  });

  it('is kept out at the doors of the orderers, and nothing of it is ordered', async () => {
    const profile = await readProfile(consortium().discovery);
    // The embedded network has no doors; what stands there is told in its list of differences.
    if (profile.network === 'embedded') return;
    const before = await height(attacker.member);
    for (const [name, junk] of Object.entries(orderedJunk)) {
      if (wellFormed.includes(name)) continue;
      const { envelope } = await junkOf(attacker.member, junk);
      expect([name, await broadcast(profile, envelope)]).toEqual([name, 'BAD_REQUEST']);
    }
    expect(await height(attacker.member)).toBe(before);
  });

  it.each(Object.entries(orderedJunk))(
    'leaves every list as it was: %s',
    async (_, junk) => {
      await order(attacker, junk);
      await listsNewClaim(await bank('B'), await signIn(consortium(), 'RegulatorMSP', 'auditor'));
    },
    120_000,
  );

  it('is told to the regulator, with the member whose person signed it', async () => {
    await order(attacker, { data: () => Buffer.from([0x0a, 0x7f]) });
    const regulator = await signIn(consortium(), 'RegulatorMSP', 'auditor');
    await listsNewClaim(await bank('B'), regulator);
    const { body } = await regulator.get('/alerts?limit=200');

    expect(JSON.stringify(body)).toContain('"alert":"malformed-transactions","mspId":"BankAMSP"');
    const { organisations } = consortium();
    const url = organisations.find(({ msp }) => msp === 'RegulatorMSP')?.url ?? '';
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/pledgeonce_malformed_transactions_total\{.*member="BankAMSP".*\} [1-9]/);
  }, 60_000);

  it('stops no gateway that starts after it', async () => {
    await order(attacker, { data: () => Buffer.from([0x0a, 0x7f]) });
    const { gateways } = consortium().processes;
    for (const pid of gateways) process.kill(pid, 'SIGKILL');
    await gatewaysAfter(gateways);
    const [officer, approver, regulator] = await Promise.all([
      signIn(consortium(), 'BankBMSP', 'officer'),
      signIn(consortium(), 'BankBMSP', 'approver'),
      signIn(consortium(), 'RegulatorMSP', 'auditor'),
    ]);
    await listsNewClaim({ msp: 'BankBMSP', officer, approver }, regulator);
    for (const { url } of consortium().organisations) {
      const until = Date.now() + patienceMs;
      for (;;) {
        const response = await fetch(`${url}/readyz`);
        if (response.status === 200) break;
        if (Date.now() > until) throw new Error(`${url} is not ready: ${await response.text()}`);
        await sleep(100);
      }
    }
  }, 240_000);
});
