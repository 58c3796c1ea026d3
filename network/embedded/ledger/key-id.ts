/** Names a public key within a channel; for maps in memory. No namespace or collection holds a NUL. */
export function publicId(namespace: string, key: string): string {
  return `${namespace}\0\0${key}`;
}

/** Names a private key by its hash. */
export function hashedId(namespace: string, collection: string, keyHash: Uint8Array): string {
  return `${namespace}\0${collection}\0${Buffer.from(keyHash).toString('latin1')}`;
}
