import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Consortium } from '../../consortium.js';
import { swapFolder, type Files } from '../../crypto/folder.js';
import { membersMspFiles, publicMspFiles } from '../../crypto/node-files.js';
import type { Layout } from '../layout.js';
import type { PublicFile } from '../public-file.js';

/** Where the certificates by which the channel knows an organisation's orderer lie. */
export function consenterFolder({ config }: Layout, name: string): string {
  return join(config, 'consenters', name);
}

/** Where the public MSP of an organisation lies, or that of all members without a node. */
export function publicMspFolder({ msps }: Layout, msp: string): string {
  return join(msps, msp);
}

/** The TLS root of an organisation, for programs that read it from a file. */
export function tlsRootFile(layout: Layout, msp: string): string {
  return join(publicMspFolder(layout, msp), 'tlscacerts', 'tlsca.pem');
}

/** Writes what the public files say in the folders that Fabric's programs read. */
export function writePublicMsps({
  consortium,
  layout,
  publicFiles,
}: {
  readonly consortium: Pick<Consortium, 'membersMsp'>;
  readonly layout: Layout;
  readonly publicFiles: ReadonlyMap<string, PublicFile>;
}): void {
  const all = [...publicFiles.values()];
  for (const one of all.filter(({ organisation }) => organisation.node)) {
    const { name, msp } = one.organisation;
    replaceFolder(publicMspFolder(layout, msp), {
      ...publicMspFiles(one.root, one.tlsRoot),
      ...listFiles([one]),
    });
    const { consenter } = one;
    if (consenter) {
      const files = { 'identity.pem': { text: consenter.identity }, 'tls.pem': { text: consenter.tls } };
      replaceFolder(consenterFolder(layout, name), files);
    }
  }
  const withoutNode = all.filter(({ organisation }) => !organisation.node);
  replaceFolder(publicMspFolder(layout, consortium.membersMsp), {
    ...membersMspFiles(withoutNode.map(({ root }) => root)),
    ...listFiles(withoutNode),
  });
}

function listFiles(files: readonly PublicFile[]): Files {
  const lists = files.flatMap(({ organisation, revocationLists }) =>
    revocationLists.map((text, index) => [`crls/${organisation.name}-${index}.pem`, { text }] as const),
  );
  return Object.fromEntries(lists);
}

/** Whole, since what is no longer there must not stay; a folder that says the same is left alone. */
function replaceFolder(folder: string, files: Files): void {
  if (existsSync(folder)) {
    const present = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      statSync(join(folder, file)).isFile(),
    );
    const isSame =
      present.length === Object.keys(files).length &&
      present.every((file) => files[file]?.text === readFileSync(join(folder, file), 'utf8'));
    if (isSame) return;
    rmSync(folder, { recursive: true, force: true });
  }
  swapFolder(folder, files);
}
