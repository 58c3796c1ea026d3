import type { Logger } from 'pino';
import type { Person } from '../../consortium.js';
import type { AuthorityMaterial, TlsMaterial } from '../../crypto/material.js';

/** The certificate of a server and its key, PEM. */
type ServerTls = Pick<TlsMaterial, 'cert' | 'key'>;

/** What `startCertificateAuthority` needs to know. */
export interface CertificateAuthorityOptions {
  /** The name that clients may give as `caname`: `certificateAuthorityName(organisation)`. */
  readonly name: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The address on which it listens; 127.0.0.1 unless told. */
  readonly host?: string;
  /** Holds the LevelDB store of identities and certificates; made when missing. */
  readonly stateDir: string;
  /** Signs the certificates it issues. */
  readonly issuer: AuthorityMaterial;
  /** What its server shows; asked for when it opens. */
  readonly tls: () => ServerTls | Promise<ServerTls>;
  /** Registered at the first start with random secrets that are written to `dir`, readable by the owner only. */
  readonly people: {
    /** `<state>/people/<organisation name>`: receives `registrar.secret` and `people.json`. */
    readonly dir: string;
    readonly list: readonly Person[];
  };
  /** Affiliations that exist from the start; none unless told. */
  readonly affiliations?: readonly string[];
  /** The types of identity that the registrar may admit; only `client` unless told. */
  readonly registrarTypes?: readonly string[];
  readonly log: Logger;
  /** Called with the whole revocation list (PEM) at the start when it is not empty, and after each revocation before that is acknowledged. */
  readonly onRevocation?: (crlPem: string) => void;
  readonly clock?: () => Date;
  /** How long an enrolment or TLS certificate lives; a year unless told. */
  readonly certificateDays?: number;
}

/** A certificate authority that answers. */
export interface CertificateAuthority {
  readonly name: string;
  /** `https://localhost:<port>`, the url that fabric-ca-client takes. */
  readonly url: string;
  readonly port: number;
  /** The revocation list as of now, PEM. */
  crl(): Promise<string>;
  close(): Promise<void>;
}
