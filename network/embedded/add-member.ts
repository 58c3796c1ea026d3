import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionProfile, OrganisationProfile } from '../connection-profile.js';
import { readOrganisation, type Organisation } from '../consortium.js';
import { AddedMembers } from './added-members.js';
import { stateLayout } from './state-layout.js';

const patienceMs = 30_000;
const lookEveryMs = 100;

/**
 * Has a member without a node join the embedded network that runs on this state folder; nothing restarts. What it is
 * allowed the register on the ledger says.
 *
 * @throws Error when another organisation has its name or id, or the network does not take it in: it does not run.
 */
export async function addToEmbedded(
  stateDir: string,
  joins: Pick<Organisation, 'name' | 'msp' | 'title' | 'kind'>,
): Promise<void> {
  const layout = stateLayout(stateDir);
  const { name, msp } = joins;
  const find = () =>
    profileIn(layout.connectionProfile).find((one) => one.name === name || one.mspId === msp);
  const known = find();
  if (known === undefined) {
    new AddedMembers(layout.members).add(readOrganisation({ ...joins, node: false }));
  } else if (known.name !== name || known.mspId !== msp || known.signsAs === msp) {
    throw new Error(`${known.title} (${known.name}, ${known.mspId}) is there already.`);
  }
  const until = Date.now() + patienceMs;
  while (find() === undefined) {
    if (Date.now() > until)
      throw new Error(
        `The network has not taken ${name} in. If it runs, its log says why; if not, it does so when it starts.`,
      );
    await pause(lookEveryMs);
  }
}

function profileIn(file: string): readonly OrganisationProfile[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as ConnectionProfile).organisations;
}
