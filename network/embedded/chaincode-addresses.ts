import { writeFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { startChaincodeServer, type ChaincodeServer } from '../chaincode-servers.js';
import { portsOf, type Consortium } from '../consortium.js';
import type { OrganisationMaterial } from '../crypto/material.js';
import type { ChaincodeServerAddress } from './chaincode/pool.js';
import { materialOf } from './discovery.js';
import type { ExtraChaincode } from './extra-chaincode.js';
import type { StateLayout } from './state-layout.js';

interface Server {
  readonly address: string;
  readonly material: OrganisationMaterial;
}

/** The consortium's chaincode on servers that all peers share: those of the first organisations. */
export class SharedChaincodeServers {
  readonly #servers: readonly Server[];

  constructor(consortium: Consortium, material: ReadonlyMap<string, OrganisationMaterial>, count: number) {
    this.#servers = consortium.organisations.slice(0, count).map(({ msp }, index) => ({
      address: `localhost:${portsOf(consortium, index).chaincode}`,
      material: materialOf(material, msp),
    }));
  }

  /** Starts the servers as child processes. */
  start(
    { packageDir, ccid }: { readonly packageDir: string; readonly ccid: string },
    material: ReadonlyMap<string, OrganisationMaterial>,
    layout: StateLayout,
    log: Logger,
  ): ChaincodeServer[] {
    writeFileSync(layout.peerRoots, [...material.values()].map(({ tlsCa }) => tlsCa.cert).join('\n'));
    return this.#servers.map(({ address, material: { chaincodeTls } }) =>
      startChaincodeServer({
        packageDir,
        ccid,
        address: address.replace('localhost', '127.0.0.1'),
        tls: {
          certFile: chaincodeTls.certFile,
          keyFile: chaincodeTls.keyFile,
          clientCaFile: layout.peerRoots,
        },
        log,
      }),
    );
  }

  /** How an organisation's peer reaches them. */
  addressesFor({ peer }: OrganisationMaterial): ChaincodeServerAddress[] {
    return this.#servers.map(({ address, material }) => ({
      address,
      tlsRootCerts: material.tlsCa.cert,
      clientTls: peer.tls,
    }));
  }
}

/** The one server that an organisation's own operator runs. */
export function ownServer(consortium: Consortium, own: OrganisationMaterial): ChaincodeServerAddress[] {
  const index = consortium.organisations.findIndex(({ msp }) => msp === own.mspId);
  return [
    {
      address: `localhost:${portsOf(consortium, index).chaincode}`,
      tlsRootCerts: own.tlsCa.cert,
      clientTls: own.peer.tls,
    },
  ];
}

/** The servers of a chaincode that was described in a file of its own; every peer uses all of them. */
export function extraServers(
  { address, tlsRootCerts }: ExtraChaincode,
  own: OrganisationMaterial,
): ChaincodeServerAddress[] {
  return [address].flat().map((one) => ({ address: one, tlsRootCerts, clientTls: own.peer.tls }));
}
