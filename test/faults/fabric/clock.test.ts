import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { shiftVariable } from '@pledgeonce/scripts/stack/shifted-clock.js';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { claim, declaration, reference, usd } from '../../acceptance/support/documents.js';
import { LedgerClient } from '../../acceptance/support/ledger-client.js';
import { faultLimitMs, withClaimsFlowing } from './with-claims-flowing.js';

const tenMinutes = 600_000;
const preload = pathToFileURL(join(projectRoot, 'scripts/dist/stack/shifted-clock.js')).href;

/** Documents: all are kept waiting alike. */
const enough = 100;

describe('a government node', () => {
  it(
    'may have a clock ten minutes ahead: it refuses to endorse, the other two are a quorum',
    async () => {
      await withClaimsFlowing(async (load, control) => {
        const server = control.chaincodeOf('customs');
        await control.stopNode(server, 'SIGKILL');
        try {
          await startAhead(control, server);
          expect(await refusalOfCustoms()).toBe('CLOCK_SKEW');
          await load.progress(20);
        } finally {
          await control.stopNode(server);
          await control.startNode(server);
        }
        return [];
      }, enough);
    },
    faultLimitMs,
  );
});

/** The clock that the chaincode reads; Fabric's own programs take no other than the machine's. */
async function startAhead(control: Control, server: string): Promise<void> {
  const own = { ...process.env };
  process.env['NODE_OPTIONS'] = `--import ${preload}`;
  process.env[shiftVariable] = String(tenMinutes);
  try {
    await control.startNode(server);
  } finally {
    for (const name of ['NODE_OPTIONS', shiftVariable]) {
      const before = own[name];
      if (before === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before;
    }
  }
}

/** What is answered to who asks for an endorsement of Customs. */
async function refusalOfCustoms(): Promise<string> {
  const direct = await LedgerClient.open(consortium(), 'BankAMSP', 'officer');
  try {
    const claims = [{ ...claim(reference(declaration()), usd('1.00')), idempotencyKey: randomUUID() }];
    return await direct.refusalOf(direct.endorse('reserveClaims', { claims }, { endorsers: ['CustomsMSP'] }));
  } finally {
    direct.close();
  }
}
