/** How the shim makes a chaincode of contracts. Fabric's type definitions leave it out. */
declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  import type { ChaincodeInterface } from 'fabric-shim';

  const ChaincodeFromContract: new (
    contracts: readonly unknown[],
    serializers: object,
    metadata: object,
    title: string,
    version: string,
  ) => ChaincodeInterface;
  export = ChaincodeFromContract;
}

/** What `fabric-chaincode-node server` is asked. */
declare module 'fabric-shim/lib/cmds/serverCommand.js' {
  export const validOptions: Readonly<Record<string, { readonly default?: string | number }>>;
}
