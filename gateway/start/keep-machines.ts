import type { Logger } from 'pino';
import type { OrganisationProfile } from '../ledger/connection-profile.js';
import type { PublicUrl } from '../doors/public-url.js';
import { tokenPath } from '../api/http/token-path.js';
import { MachineCertificates } from '../machines/machine-certificates.js';
import { MachineDesk } from '../machines/machine-desk.js';
import type { MachineDeskParts } from '../machines/machine-desk.js';
import type { MachineRegister } from '../machines/machine-register.js';
import { SeenAssertions } from '../machines/seen-assertions.js';
import { TokenDesk } from '../machines/token-desk.js';
import type { TokenParts } from '../machines/token-desk.js';
import { IdentityStore } from '../people/wallet.js';
import type { DurableStore } from '../storage/durable-store.js';
import type { Wallets } from './keep-people.js';
import type { Places } from './places.js';

export interface MachineParts
  extends
    Pick<Wallets, 'authority' | 'services'>,
    Pick<MachineDeskParts, 'register' | 'mayAct' | 'wantsTwo' | 'people'>,
    Pick<TokenParts, 'watch' | 'sessions'> {
  readonly masterKey: Uint8Array;
  readonly organisation: OrganisationProfile;
  readonly machines: MachineRegister;
  readonly log: Logger;
  readonly store: DurableStore;
  readonly places: Pick<Places, 'shelf'>;
  readonly publicUrl: PublicUrl;
}

/** What the organisation's machines come in by. */
export interface Machines {
  readonly machineDesk: MachineDesk;
  readonly tokens: TokenDesk;
}

/** Opens the desks at which machines are made, and at which they get their tokens. */
export async function keepMachines(parts: MachineParts): Promise<Machines> {
  const { places, masterKey, organisation, store, publicUrl } = parts;
  const certificates = new MachineCertificates({
    ...parts,
    // Sealed by the host's key alone: nobody is there to type a secret.
    store: new IdentityStore(places.shelf('machines'), masterKey),
  });
  const known = { ...parts, certificates };
  const machineDesk = new MachineDesk({ ...known, isPortal: organisation.kind === 'enterprise' });
  const tokens = new TokenDesk({
    ...known,
    desk: machineDesk,
    seen: await SeenAssertions.open(store),
    audiences: () => [publicUrl.url, publicUrl.url + tokenPath],
  });
  return { machineDesk, tokens };
}
