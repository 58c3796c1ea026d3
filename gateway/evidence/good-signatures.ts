import { sha256 } from './block-header.js';

/** Signatures that are remembered: those of the blocks that are new, by whoever follows them. */
const mostKept = 2_000;
const good = new Set<string>();

/**
 * Verifies a signature, and remembers within bounds that it was good: the verdicts and the tables of each organisation that
 * this process serves go by the same blocks. What was not good is never remembered.
 *
 * @param signer names the certificate.
 * @param verify whether the signature is the signer's, under this message.
 */
export function isGoodSignature(
  { signer, message, signature }: SignatureQuestion,
  verify: () => boolean,
): boolean {
  // All three belong to the question: the same signature under another message is another one.
  const question = `${signer} ${sha256(message).toString('latin1')}${Buffer.from(signature).toString('latin1')}`;
  if (good.has(question)) return true;
  if (!verify()) return false;
  good.add(question);
  const [oldest] = good;
  if (good.size > mostKept && oldest !== undefined) good.delete(oldest);
  return true;
}

/** Who is said to have signed what. */
export interface SignatureQuestion {
  readonly signer: string;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}
