import { pino } from 'pino';
import { peopleOf, placesOf, readConsortium } from '../../consortium.js';
import { readMember, readTls } from '../../crypto/read.js';
import { certificateAuthorityName, startCertificateAuthority } from '../../embedded/ca/server.js';
import { layoutOf } from '../layout.js';
import { nodeName } from '../topology.js';

/*
 * Our certificate authority as a process of its own, beside a Fabric network whose host has no fabric-ca-server:
 * own-ca.js STATE CONSORTIUM ORGANISATION
 */
const [state = '', description = '', name = ''] = process.argv.slice(2);
const layout = layoutOf(state);
const consortium = readConsortium(description);
const member = placesOf(consortium).find(({ organisation }) => organisation.name === name);
if (!member) throw new Error(`The consortium has no organisation ${name}.`);
const { organisation, ports } = member;
const { ca: issuer, dir } = readMember(layout.organisations, organisation);

const authority = await startCertificateAuthority({
  name: certificateAuthorityName(organisation),
  port: ports.ca,
  ...(organisation.listen !== undefined && { host: organisation.listen }),
  stateDir: layout.node(nodeName('ca', organisation)).data,
  issuer,
  tls: () => readTls(dir, 'ca-server'),
  people: { dir: layout.people(name), list: peopleOf(consortium, organisation) },
  log: pino(),
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void authority.close());
