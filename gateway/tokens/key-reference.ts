/** How the wallet names a key that it does not hold: RFC 7512, the token by its label and the key by its id. */
const form = /^pkcs11:token=([^;]+);id=((?:%[0-9a-f]{2})+)$/;

/** Whether what stands in the place of a private key names one in a token. */
export function isReference(privateKey: string): boolean {
  return privateKey.startsWith('pkcs11:');
}

/** @param id of the key in the token. */
export function referenceTo(label: string, id: Uint8Array): string {
  const bytes = [...id].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return `pkcs11:token=${encodeURIComponent(label)};id=${bytes}`;
}

/**
 * @returns the label of the token, and the id of the key in it.
 * @throws Error for what is no such reference.
 */
export function readReference(reference: string): { readonly label: string; readonly id: Buffer } {
  const [, label, id] = form.exec(reference) ?? [];
  if (label === undefined || id === undefined) throw new Error('This names no key in a token.');
  return { label: decodeURIComponent(label), id: Buffer.from(id.replaceAll('%', ''), 'hex') };
}
