import { writeFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { chaincodeServer, type ChaincodeServer } from '../chaincode-servers.js';
import { nodePlacesOf, type Consortium } from '../consortium.js';
import type { OrganisationMaterial } from '../crypto/material.js';
import type { ChaincodeServerAddress } from './chaincode/pool.js';
import { materialOf } from './discovery.js';
import type { ExtraChaincode } from './extra-chaincode.js';
import type { StateLayout } from './state-layout.js';

interface Server {
  readonly address: string;
  readonly material: OrganisationMaterial;
}

/**
 * The consortium's chaincode on servers that all peers share, those of the first organisations; but one whose operator
 * runs a package of another making has its own.
 */
export class SharedChaincodeServers {
  readonly #servers: readonly Server[];
  readonly #apart: ReadonlyMap<string, Server>;
  /** By address. */
  readonly #processes = new Map<string, ChaincodeServer>();

  /** @param apart MSPs of organisations that have their own. */
  constructor(
    consortium: Consortium,
    material: ReadonlyMap<string, OrganisationMaterial>,
    count: number,
    apart: readonly string[] = [],
  ) {
    const all = nodePlacesOf(consortium).map(({ organisation: { msp }, ports: { chaincode } }) => ({
      address: `localhost:${chaincode}`,
      material: materialOf(material, msp),
    }));
    const isApart = ({ material: { mspId } }: Server) => apart.includes(mspId);
    this.#servers = all.filter((server) => !isApart(server)).slice(0, count);
    this.#apart = new Map(all.filter(isApart).map((server) => [server.material.mspId, server]));
  }

  /**
   * The servers, none of them started: of those that are shared one is enough for all peers, and those after it would keep it
   * from coming up.
   */
  prepare(
    {
      packageDir,
      ccid,
      packageOf = {},
    }: {
      readonly packageDir: string;
      readonly ccid: string;
      readonly packageOf?: Readonly<Record<string, string>>;
    },
    material: ReadonlyMap<string, OrganisationMaterial>,
    layout: StateLayout,
    log: Logger,
  ): { readonly needed: readonly ChaincodeServer[]; readonly others: readonly ChaincodeServer[] } {
    writeFileSync(layout.peerRoots, [...material.values()].map(({ tlsCa }) => tlsCa.cert).join('\n'));
    const prepared = ({ address, material: { mspId, chaincodeTls } }: Server) => {
      const process = chaincodeServer({
        packageDir: packageOf[mspId] ?? packageDir,
        ccid,
        address: address.replace('localhost', '127.0.0.1'),
        tls: {
          certFile: chaincodeTls.certFile,
          keyFile: chaincodeTls.keyFile,
          clientCaFile: layout.peerRoots,
        },
        log,
      });
      this.#processes.set(address, process);
      return process;
    };
    const [first, ...others] = this.#servers.map(prepared);
    const needed = [...(first === undefined ? [] : [first]), ...[...this.#apart.values()].map(prepared)];
    return { needed, others };
  }

  /** How an organisation's peer reaches them. */
  addressesFor({ mspId, peer }: OrganisationMaterial): ChaincodeServerAddress[] {
    const apart = this.#apart.get(mspId);
    return (apart === undefined ? this.#servers : [apart]).map(({ address, material }) => ({
      address,
      tlsRootCerts: material.tlsCa.cert,
      clientTls: peer.tls,
      onEnd: (listener) => this.#processes.get(address)?.onEnd(listener),
    }));
  }
}

/** The one server that an organisation's own operator runs. */
export function ownServer(consortium: Consortium, own: OrganisationMaterial): ChaincodeServerAddress[] {
  return nodePlacesOf(consortium)
    .filter(({ organisation: { msp } }) => msp === own.mspId)
    .map(({ ports: { chaincode } }) => ({
      address: `localhost:${chaincode}`,
      tlsRootCerts: own.tlsCa.cert,
      clientTls: own.peer.tls,
    }));
}

/** The servers of a chaincode that was described in a file of its own; every peer uses all of them. */
export function extraServers(
  { address, tlsRootCerts }: ExtraChaincode,
  own: OrganisationMaterial,
): ChaincodeServerAddress[] {
  return [address].flat().map((one) => ({ address: one, tlsRootCerts, clientTls: own.peer.tls }));
}
