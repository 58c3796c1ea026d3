import { setTimeout as sleep } from 'node:timers/promises';
import { Client, signIn } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
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
  const id = await reserve(owner, reference(fact), usd('100.00'));
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

/** A client of Bank A signs junk and hands it to an orderer, past every peer and gateway. */
async function order(attacker: LedgerClient, junk: Junk): Promise<void> {
  const profile = await readProfile(consortium().discovery);
  const { envelope } = await junkOf(attacker.member, junk);
  expect(await broadcast(profile, envelope)).toBe('SUCCESS');
}

describe('junk that a member has ordered', () => {
  let attacker: LedgerClient;
  beforeAll(async () => {
    attacker = await LedgerClient.open(consortium(), 'BankAMSP', 'officer');
  });
  afterAll(() => {
    attacker.close();
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
