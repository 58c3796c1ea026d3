/** How the shim makes a chaincode of contracts. Fabric's type definitions leave it out. */
declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  const ChaincodeFromContract: new (
    contracts: readonly unknown[],
    serializers: object,
    metadata: object,
    title: string,
    version: string,
  ) => object;
  export = ChaincodeFromContract;
}
