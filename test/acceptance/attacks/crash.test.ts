import { setTimeout as sleep } from 'node:timers/promises';
import { signIn, type Answer, type Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { consortium, customsOfficer } from '../support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../support/documents.js';
import { gatewaysAfter } from '../support/gateways.js';

describe('something comes in between', () => {
  it('a crash between request and commit', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    // From before the proposal is signed to after the block is cut: a kill at any of these moments draws once.
    for (const afterMs of [0, 15, 40]) {
      const body = claim(reference(fact), usd('300.00'));
      const client = await signIn(consortium(), 'BankAMSP', 'officer');
      const key = `crash-${fact.number}-${afterMs}`;
      const { gateways } = consortium().processes;
      const lost = client.post('/claims', body, key).catch(() => undefined);
      await sleep(afterMs);
      for (const pid of gateways) process.kill(pid, 'SIGKILL');
      await lost;
      await gatewaysAfter(gateways);
      const again = await signIn(consortium(), 'BankAMSP', 'officer');
      const [first, second] = [
        await again.post('/claims', body, key),
        await again.post('/claims', body, key),
      ];
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(textAt(first.body, 'id')).toBe(textAt(second.body, 'id'));
    }
    const viewer = await signIn(consortium(), 'BankBMSP', 'officer');
    expect((await verify(viewer, fact)).body).toMatchObject({ remaining: usd('100.00'), liveDraws: 3 });
  }, 240_000);

  /** The gateways are killed while a request is on its way, and the request comes again under its key, twice. */
  async function killedDuring(
    afterMs: number,
    send: (client: Client) => Promise<Answer>,
  ): Promise<readonly [Answer, Answer]> {
    const client = await signIn(consortium(), 'CustomsMSP', 'officer');
    const { gateways } = consortium().processes;
    const lost = send(client).catch(() => undefined);
    await sleep(afterMs);
    for (const pid of gateways) process.kill(pid, 'SIGKILL');
    await lost;
    await gatewaysAfter(gateways);
    const again = await signIn(consortium(), 'CustomsMSP', 'officer');
    return [await send(again), await send(again)];
  }

  it('gives the first answer again: a document, its amendment and its cancellation', async () => {
    for (const afterMs of [10, 40, 80]) {
      const fact = declaration();
      const key = `crash-${fact.number}-${afterMs}`;
      const [recorded, same] = await killedDuring(afterMs, (client) =>
        client.post('/facts', fact, `${key}-record`),
      );
      expect([recorded.status, same.status]).toEqual([201, 201]);
      expect(same.body).toEqual(recorded.body);
      const path = `/facts/${textAt(recorded.body, 'id')}`;
      // Without the version that it changes: applied twice, it would be there twice.
      const change = { changes: { total: usd('300.00') }, reason: 'weighed again' };
      const [amended, unchanged] = await killedDuring(afterMs, (client) =>
        client.request('PATCH', path, { body: change, idempotencyKey: `${key}-amend` }),
      );
      expect([amended.status, unchanged.status]).toEqual([200, 200]);
      expect(unchanged.body).toEqual(amended.body);
      const [cancelled, still] = await killedDuring(afterMs, (client) =>
        client.post(`${path}/cancellation`, { reason: 'withdrawn' }, `${key}-cancel`),
      );
      expect([cancelled.status, still.status]).toEqual([200, 200]);
      expect(still.body).toEqual(cancelled.body);
      const customs = await signIn(consortium(), 'CustomsMSP', 'officer');
      const history = await customs.get(`${path}/history`);
      expect(listAt(history.body, 'versions')).toHaveLength(3);
    }
  }, 600_000);
});
