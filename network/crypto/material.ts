import type { KeyObject } from 'node:crypto';

/** A root certificate authority of one organisation, with the files that other programs read it from. */
export interface AuthorityMaterial {
  /** PEM. */
  readonly cert: string;
  readonly key: KeyObject;
  readonly certFile: string;
  readonly keyFile: string;
}

/** What a TLS server or client shows and trusts, as PEM and as the files that hold it. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  /** The organisation's TLS root. */
  readonly caCerts: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

/** Who signs for an organisation: the certificate as Fabric serialises it, and its private key. */
export interface SigningIdentity {
  readonly mspId: string;
  /** PEM of the one certificate, as it goes into `SerializedIdentity.id_bytes`. */
  readonly cert: string;
  readonly key: KeyObject;
}

/** A node or an administrator: an MSP folder and a TLS folder that `peer`, `orderer` and `osnadmin` read as they are. */
export interface NodeMaterial {
  readonly mspDir: string;
  readonly tlsDir: string;
  readonly identity: SigningIdentity;
  readonly tls: TlsMaterial;
}

/** Everything that one organisation holds, in the folders that Fabric's own programs expect. */
export interface OrganisationMaterial {
  readonly name: string;
  readonly mspId: string;
  /** `<crypto folder>/<organisation name>`. */
  readonly dir: string;
  /** The organisation's public MSP (roots and node OUs, no key): what goes into a channel's configuration. */
  readonly mspDir: string;
  /** Issues the identities. */
  readonly ca: AuthorityMaterial;
  /** Issues the TLS certificates; of a member without a node, its one root. */
  readonly tlsCa: AuthorityMaterial;
  readonly peer: NodeMaterial;
  /** Only of organisations that run an ordering node. */
  readonly orderer?: NodeMaterial;
  /** The administrator of the organisation's peer (OU `admin`), for the command line; its TLS is a client's. */
  readonly admin: NodeMaterial;
  /** HTTPS of the organisation's certificate authority. */
  readonly caTls: TlsMaterial;
  /** The server side of the organisation's chaincode server. */
  readonly chaincodeTls: TlsMaterial;
}

/** What a member without a node holds: its root. */
export type MemberMaterial = Pick<OrganisationMaterial, 'name' | 'mspId' | 'dir' | 'ca' | 'tlsCa'>;

/** What an organisation's certificate authority runs with, whether or not the organisation has a node. */
export type CaMaterial = MemberMaterial & Pick<OrganisationMaterial, 'caTls'>;

/** How long certificates live, in days. */
export interface Lifetimes {
  /** The two roots of an organisation. */
  readonly root: number;
  /** Nodes, administrators and TLS. */
  readonly node: number;
}
