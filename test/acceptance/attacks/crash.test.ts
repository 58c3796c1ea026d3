import { setTimeout as sleep } from 'node:timers/promises';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { consortium, customsOfficer } from '../support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from '../support/documents.js';
import { gatewaysAfter } from '../support/gateways.js';

describe('something comes in between', () => {
  it('a crash between request and commit', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const body = claim(reference(fact), usd('300.00'));
    // From before the proposal is signed to after the block is cut: a kill at any of these moments draws once.
    for (const afterMs of [0, 15, 40]) {
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
});
