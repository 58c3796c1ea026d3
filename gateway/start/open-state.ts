import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrganisationConfig } from '../config.js';
import type { OrganisationProfile } from '../ledger/connection-profile.js';
import { Projection } from '../projection/projection.js';
import type { DurableStore } from '../storage/durable-store.js';
import type { CleanUps } from './clean-ups.js';
import type { Places } from './places.js';

/** What a gateway has on disk beside its wallets. */
export interface State {
  readonly store: DurableStore;
  readonly projection: Projection;
}

/**
 * Opens the state folder of an organisation, or makes it.
 *
 * @throws Error when another process has it open.
 */
export async function openState(
  { stateDir }: OrganisationConfig,
  { mspId, kind, government }: OrganisationProfile,
  rebuild: boolean,
  places: Pick<Places, 'store'>,
  cleanUps: CleanUps,
): Promise<State> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const store = await places.store('requests');
  cleanUps.add(() => store.close());
  const projection = new Projection(
    join(stateDir, 'projection.sqlite'),
    { mspId, kind, government },
    rebuild,
  );
  cleanUps.add(() => {
    projection.close();
  });
  return { store, projection };
}
