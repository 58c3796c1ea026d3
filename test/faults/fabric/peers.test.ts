import type { Control } from '@pledgeonce/network/fabric/control.js';
import { runningProcesses } from '@pledgeonce/network/fabric/native/processes.js';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { eventually } from './nodes.js';
import { faultLimitMs, withClaimsFlowing, without } from './with-claims-flowing.js';

const signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGKILL'];

describe('a government organisation', () => {
  it.each(signals)(
    'may lose its peer (%s): the other two are a quorum',
    async (signal) => {
      await withClaimsFlowing(without('peer.tax', signal));
    },
    faultLimitMs,
  );

  it(
    'may lose its chaincode server: the other two endorse',
    async () => {
      await withClaimsFlowing(without(customsChaincode, 'SIGKILL'));
    },
    faultLimitMs,
  );
});

describe("the claimant's own peer", () => {
  it.each(signals)(
    'may go (%s): its gateway says so, answers by other peers, and recovers by itself',
    async (signal) => {
      const load = await withClaimsFlowing(
        without('peer.bank-a', signal, async (flowing) => {
          await eventually('the gateway notices', async () => (await readiness()).status === 503);
          expect(await readiness()).toMatchObject({ body: { checks: { peer: false } } });
          await flowing.progress(10, 'BankAMSP');
          await flowing.progress(10, 'BankBMSP');
        }),
      );
      await eventually('the gateway is ready', async () => (await readiness()).status === 200);
      // What was claimed meanwhile has reached the bank's own tables, too.
      const own = load.acknowledged.filter(({ bank }) => bank === 'BankAMSP').map(({ id }) => id);
      await eventually('its lists are complete', async () => {
        const listed = await listedClaims();
        return own.every((id) => listed.has(id));
      });
    },
    faultLimitMs,
  );
});

/** After an upgrade the server has another name. */
function customsChaincode({ network }: Control): Promise<string> {
  const running = runningProcesses(network.layout.root);
  const server = running.find(({ name }) => name.startsWith('chaincode.customs'));
  return server === undefined
    ? Promise.reject(new Error('Customs runs no chaincode.'))
    : Promise.resolve(server.name);
}

async function readiness(): Promise<{ readonly status: number; readonly body: unknown }> {
  const { url } = organisationOf(consortium(), 'BankAMSP');
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: await response.json() };
}

async function listedClaims(): Promise<ReadonlySet<string>> {
  const bank = await signIn(consortium(), 'BankAMSP', 'officer');
  const ids = new Set<string>();
  let next: unknown = '';
  while (typeof next === 'string') {
    const cursor = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const { body } = await bank.get(`/claims?limit=200${cursor}`);
    for (const claim of listAt(body, 'items')) ids.add(textAt(claim, 'id'));
    next = body['next'];
  }
  return ids;
}
