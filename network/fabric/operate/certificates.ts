import { nodeCertificates } from '../../crypto/expiry.js';
import { existing, print } from '../commands.js';
import type { CommonOptions } from '../cli-options.js';
import { isHere } from '../layout.js';

const dayMs = 86_400_000;

/**
 * `certificates`: when the certificates of the nodes that are here end. A node keeps its connections when its certificate
 * ends, and is not let in again after its next start.
 *
 * @throws Error when no keys are here of the one that is named, or of anybody.
 */
export function certificates({
  organisation,
  ...options
}: CommonOptions & { readonly organisation?: string }): void {
  const { layout, consortium } = existing(options);
  const wanted = consortium.organisations.filter(
    (one) => isHere(layout, one) && (organisation === undefined || one.name === organisation),
  );
  if (wanted.length === 0) throw new Error(`No keys of ${organisation ?? 'an organisation'} are here.`);
  for (const { organisation: of, node, part, notAfter } of nodeCertificates(layout.organisations, wanted)) {
    const days = Math.floor((notAfter.getTime() - Date.now()) / dayMs);
    const left = days < 0 ? 'ended' : `${days} days`;
    print(`${notAfter.toISOString()}  ${left.padEnd(10)} ${of.padEnd(16)} ${node.padEnd(10)} ${part}`);
  }
}
