import { join } from 'node:path';
import type { Person } from '../../consortium.js';
import { nodeName } from '../topology.js';
import type { CaSurroundings } from './environment.js';

/** A person as the certificate authority registers it, with the secret for its enrolment. */
export interface RegisteredPerson extends Person {
  readonly secret: string;
}

/** Who may enrol with an organisation's certificate authority from the start. */
export interface Credentials {
  readonly registrarSecret: string;
  readonly people: readonly RegisteredPerson[];
}

/** The enrolment id of the identity that registers others. */
export const REGISTRAR = 'registrar';

/**
 * `fabric-ca-server-config.yaml` of one organisation: the root that the channel already trusts, a registrar, and the
 * development people, whose `role` and `uscc` go into each of their certificates.
 */
export function caServerYaml(
  { site, layout, member, material }: CaSurroundings,
  name: string,
  { registrarSecret, people }: Credentials,
): object {
  const { data } = layout.node(nodeName('ca', member.organisation));
  return {
    version: '1.5.0',
    port: member.ports.ca,
    address: site.listenHost(member, 'ca'),
    crlsizelimit: 512000,
    tls: {
      enabled: true,
      certfile: site.seen(material.caTls.certFile),
      keyfile: site.seen(material.caTls.keyFile),
    },
    ca: { name, certfile: site.seen(material.ca.certFile), keyfile: site.seen(material.ca.keyFile) },
    crl: { expiry: '8760h' },
    registry: { maxenrollments: -1, identities: [registrar(registrarSecret), ...people.map(identityOf)] },
    db: { type: 'sqlite3', datasource: site.seen(join(data, 'fabric-ca-server.db')) },
    affiliations: {},
    signing: {
      default: { usage: ['digital signature'], expiry: '8760h' },
      profiles: {
        tls: {
          usage: ['signing', 'key encipherment', 'server auth', 'client auth', 'key agreement'],
          expiry: '8760h',
        },
      },
    },
    bccsp: {
      default: 'SW',
      sw: { hash: 'SHA2', security: 256, filekeystore: { keystore: site.seen(join(data, 'keystore')) } },
    },
    cfg: { identities: { passwordattempts: 10, allowremove: true } },
    metrics: { provider: 'disabled' },
    operations: { listenAddress: `${site.listenHost(member, 'operations')}:0`, tls: { enabled: false } },
  };
}

function registrar(secret: string): object {
  return {
    name: REGISTRAR,
    pass: secret,
    type: 'client',
    affiliation: '',
    attrs: {
      'hf.Registrar.Roles': 'client',
      'hf.Registrar.DelegateRoles': 'client',
      'hf.Registrar.Attributes': '*',
      'hf.Revoker': 'true',
      'hf.GenCRL': 'true',
      'hf.AffiliationMgr': 'true',
    },
  };
}

function identityOf({ id, role, uscc, secret }: RegisteredPerson): object {
  return {
    name: id,
    pass: secret,
    type: 'client',
    affiliation: '',
    attrs: { role: `${role}:ecert`, ...(uscc === undefined ? {} : { uscc: `${uscc}:ecert` }) },
  };
}
