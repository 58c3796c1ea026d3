import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { listAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { poll } from '../rest/poll.js';
import { send } from '../rest/send.js';
import { startChild, stopChild } from '../stack/child.js';
import type { StackDescription } from '../stack/description.js';
import { writeGatewayConfig } from '../stack/gateway-config.js';
import { joinWithoutNode } from '../stack/join-without-node.js';
import { pathsOf, projectRoot } from '../stack/options.js';
import { type Bank, bankIn } from './cast.js';
import { expectStatus, type Teller } from './teller.js';

/** A bank that has joined, for as long as its gateway runs. */
export interface JoinedBank {
  readonly msp: string;
  readonly bank: Bank;
  leave(): Promise<void>;
}

const names = { name: 'bank-c', msp: 'BankCMSP', title: 'Bank C', kind: 'bank' } as const;

/** Bank C joins without a node, two government organisations admit it, and it starts a gateway of its own. */
export async function joinThirdBank(teller: Teller, stack: StackDescription): Promise<JoinedBank> {
  return teller.step('Bank C joins without a node, and two government organisations admit it', async () => {
    const { profile, stack: joined } = await joinWithoutNode(stack, names);
    const word = { id: names.msp, title: names.title, kind: names.kind, state: 'admitted' };
    for (const msp of ['TaxMSP', 'CustomsMSP']) {
      const approver = await Neighbour.signIn(stack, msp, 'approver');
      const entry = { ...word, authority: profile.rootCerts };
      expectStatus(await approver.post('/registry/members', entry), 201);
    }
    const { gateway, logs } = pathsOf({ state: stack.state, on: stack.network });
    const folder = join(gateway, names.name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const child = await startChild({
      title: `The gateway of ${names.title}`,
      script: join(projectRoot, 'gateway/dist/bundled/main.js'),
      args: ['--config', writeGatewayConfig(joined, folder, [{ msp: names.msp }])],
      logFile: join(logs, `gateway-${names.name}.log`),
    });
    const stop = () => stopChild(child.process);
    try {
      const url = textAt(listAt(child.ready, 'organisations')[0], 'url');
      await untilReady(url);
      const organisations = joined.organisations.map((one) =>
        one.msp === names.msp ? { ...one, url } : one,
      );
      const bank = await bankIn({ ...joined, organisations }, names.msp, names.title);
      const leave = () => {
        bank.alerts.close();
        return stop();
      };
      return [`its gateway answers at ${url}`, { msp: names.msp, bank, leave }];
    } catch (error) {
      await stop();
      throw error;
    }
  });
}

/** @throws Error when its lists are not current in time. */
async function untilReady(url: string): Promise<void> {
  const ready = await poll(
    async () => ((await send(`${url}/readyz`)).status === 200 ? true : undefined),
    60_000,
  );
  if (ready === undefined) throw new Error(`The gateway at ${url} is not ready.`);
}
