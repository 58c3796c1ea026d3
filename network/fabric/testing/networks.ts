import { fileURLToPath } from 'node:url';
import { BUILDER, membersHere, openNetwork, type FabricNetwork } from '../network.js';
import { publicFileOf } from '../public-file.js';
import { dockerSite, nativeSite } from '../site.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';

const DESCRIPTION = fileURLToPath(new URL('../../../consortium.yaml', import.meta.url));

/** How long the keys of eight organisations may take on a busy machine. */
export const KEYS_MS = 60_000;

/** The consortium of the repository with keys of its own, as a native and as a container network see it. */
export async function testNetworks(): Promise<{ native: FabricNetwork; docker: FabricNetwork }> {
  const stateDir = temporaryFolder('fabric-spec');
  const opened = await openNetwork({ stateDir, consortiumFile: DESCRIPTION, portBase: 20000 });
  const { layout, consortium } = opened;
  const site = dockerSite(consortium.domain, layout.root);
  const files = membersHere(opened).map(({ member, material }) => {
    const file = publicFileOf({ consortium, site, layout }, member, material);
    return [member.organisation.name, file] as const;
  });
  return {
    native: { ...opened, site: nativeSite(BUILDER) },
    docker: {
      ...opened,
      site,
      publicFiles: new Map(files),
    },
  };
}
