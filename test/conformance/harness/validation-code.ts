import { peer } from '@hyperledger/fabric-protos';

const names = new Map<number, string>(
  Object.entries(peer.TxValidationCode).map(([name, code]) => [code, name]),
);

/** The name of a validation code, as Fabric's documentation and logs spell it. */
export function codeName(code: number): string {
  return names.get(code) ?? String(code);
}
