import { JSONSerializer } from 'fabric-contract-api';
import type { ChaincodeInterface } from 'fabric-shim';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js';

/** A chaincode of contracts, as `fabric-chaincode-node` makes it of a package. */
export function chaincodeOf(
  contracts: readonly unknown[],
  title: string,
  version: string,
): ChaincodeInterface {
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  return new ChaincodeFromContract([...contracts], serializers, {}, title, version);
}
