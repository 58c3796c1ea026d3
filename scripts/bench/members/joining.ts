import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portsOf } from '@pledgeonce/network/consortium.js';
import { ensureMembers } from '@pledgeonce/network/crypto/ensure.js';
import { addToEmbedded } from '@pledgeonce/network/embedded/add-member.js';
import { addOrganisations } from '@pledgeonce/network/fabric/channel/changes.js';
import { configurationBytes } from '@pledgeonce/network/fabric/channel/read.js';
import { governorsOf, updateChannel } from '@pledgeonce/network/fabric/channel/update.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import type { FabricNetwork } from '@pledgeonce/network/fabric/network.js';
import { accept, reopen } from '@pledgeonce/network/fabric/operate/organisation.js';
import { publicFileOf } from '@pledgeonce/network/fabric/public-file.js';
import { organisationsFolder } from '@pledgeonce/network/organisation-folder.js';
import { signIn, type Client } from '../../rest/client.js';
import type { StackDescription } from '../../stack/description.js';
import { pathsOf } from '../../stack/options.js';
import { memberAt } from './many.js';

/** How many statements about members are under way at once. */
const atOnce = 8;

/** Has banks without a node join the channel, and the register of members. */
export interface Joining {
  join(places: readonly number[]): Promise<void>;
  /** Bytes of the block with the channel's configuration; undefined where the network has none that changes. */
  configuration(): Promise<number | undefined>;
}

/** How members join the network of a consortium that runs. */
export async function joiningOf(stack: StackDescription): Promise<Joining> {
  const register = await registerOf(stack);
  const folder = pathsOf({ state: stack.state, on: stack.network }).network;
  return stack.network === 'fabric' ? onFabric(folder, register) : onEmbedded(folder, register);
}

type Register = (members: readonly { readonly place: number; readonly authority: string }[]) => Promise<void>;

/** The approvers of two government organisations say the same, one after the other. */
async function registerOf(stack: StackDescription): Promise<Register> {
  const approvers = await Promise.all(['CustomsMSP', 'TaxMSP'].map((msp) => signIn(stack, msp, 'approver')));
  return async (members) => {
    const left = [...members];
    const worker = async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) {
        for (const approver of approvers) await say(approver, one.place, one.authority);
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, members.length) }, worker));
  };
}

async function say(approver: Client, place: number, authority: string): Promise<void> {
  const { msp: id, title, kind } = memberAt(place);
  const { status, body } = await approver.post('/registry/members', {
    ...{ id, title, kind, authority, state: 'admitted' },
  });
  if (status !== 201) throw new Error(`${id} was not admitted: ${status} ${JSON.stringify(body)}`);
}

function onEmbedded(folder: string, register: Register): Joining {
  return {
    join: async (places) => {
      for (const place of places) await addToEmbedded(folder, memberAt(place));
      await register(
        places.map((place) => {
          const root = join(organisationsFolder(folder), memberAt(place).name, 'ca', 'cert.pem');
          return { place, authority: readFileSync(root, 'utf8') };
        }),
      );
    },
    configuration: () => Promise.resolve(undefined),
  };
}

/** The members' keys are theirs: what is here are their public files. */
function onFabric(folder: string, register: Register): Joining {
  const layout = layoutOf(folder);
  return {
    join: async (places) => {
      const made = await publicFilesFor(await reopen(layout), places);
      try {
        const { network, accepted } = await accept(layout, made.files);
        const joining = accepted.map(({ organisation }) => organisation);
        const change = addOrganisations(joining, network.consortium.membersMsp);
        await updateChannel(network, governorsOf(network), change);
        await register(accepted.map(({ root }, index) => ({ place: places[index] ?? 0, authority: root })));
      } finally {
        rmSync(made.folder, { recursive: true, force: true });
      }
    },
    configuration: async () => {
      const network = await reopen(layout);
      const [reader] = governorsOf(network);
      return reader && configurationBytes(network, reader);
    },
  };
}

async function publicFilesFor(
  network: FabricNetwork,
  places: readonly number[],
): Promise<{ readonly folder: string; readonly files: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-members-'));
  const organisations = places.map(memberAt);
  const { domain } = network.consortium;
  const keys = await ensureMembers({ organisations, domain }, organisationsFolder(folder));
  const files = keys.map((material, index) => {
    const organisation = organisations[index] ?? memberAt(0);
    const file = join(folder, `${material.name}.json`);
    // Where its certificate authority answers plays no part: nobody of it signs in.
    const place = network.consortium.organisations.length + index;
    const ports = portsOf(network.consortium, place);
    writeFileSync(file, JSON.stringify(publicFileOf(network, { organisation, ports }, material)));
    return file;
  });
  return { folder, files };
}
