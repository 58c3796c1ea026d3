/** Which transaction last wrote a key. */
export interface Version {
  readonly block: number;
  readonly tx: number;
}

/** Two keys that were never written have the same version, as Fabric has it. */
export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.block === b.block && a.tx === b.tx;
}
