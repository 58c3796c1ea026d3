/** Why a bundle proves nothing. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';
}
