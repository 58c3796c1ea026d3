import { peer } from '@hyperledger/fabric-protos';

const names = new Map<number, string>(
  Object.entries(peer.TxValidationCode).map(([name, code]) => [code, name]),
);

/** Fabric's name of a validation code, such as MVCC_READ_CONFLICT. */
export function validationCodeName(code: number): string {
  return names.get(code) ?? `CODE_${code}`;
}
