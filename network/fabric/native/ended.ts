import { nodeCertificates } from '../../crypto/expiry.js';
import type { NodeName } from '../../crypto/layout.js';
import type { Layout } from '../layout.js';
import type { FabricNode, NodeKind } from '../topology.js';

/** Whose certificates a program serves with; a door has those of the orderer behind it. */
const CERTIFIED: Readonly<Record<NodeKind, NodeName>> = {
  ca: 'ca-server',
  orderer: 'orderer',
  door: 'orderer',
  peer: 'peer',
};

/**
 * Of a node that does not start: a certificate that has ended is the likely reason, and what its log says of that helps
 * nobody on.
 *
 * @param cause what else is known.
 * @throws Error when one has ended, with the command that gives it another.
 */
export function assertNotEnded(
  layout: Pick<Layout, 'organisations'>,
  { name, kind, organisation }: Pick<FabricNode, 'name' | 'kind' | 'organisation'>,
  cause?: unknown,
): void {
  const [first] = nodeCertificates(layout.organisations, [organisation]).filter(
    ({ node, notAfter }) => node === CERTIFIED[kind] && notAfter.getTime() < Date.now(),
  );
  if (first === undefined) return;
  throw new Error(
    `${name} does not serve, and its certificate (${first.part === 'tls' ? 'TLS' : 'signing'}) ended at ` +
      `${first.notAfter.toISOString()}: npm run network -- renew-certificates ${organisation.name}`,
    { cause },
  );
}
