import { pino } from 'pino';
import { readConsortium } from '../../consortium.js';
import { readMaterial } from '../../crypto/read.js';
import { membersIn } from '../../door/members.js';
import { startDoor } from '../../door/start-door.js';
import { ordererOf } from '../config/environment.js';
import { layoutOf } from '../layout.js';
import { BUILDER } from '../network.js';
import { nativeSite } from '../site.js';
import { membersOf } from '../topology.js';

/*
 * The door before one organisation's orderer, as a process of its own:
 * own-door.js STATE CONSORTIUM ORGANISATION
 */
const [state = '', description = '', name = ''] = process.argv.slice(2);
const layout = layoutOf(state);
const consortium = readConsortium(description);
const { channel, blocks, doors } = consortium;
const member = membersOf(consortium).find(({ organisation }) => organisation.name === name);
if (!member) throw new Error(`The consortium has no organisation ${name}.`);
if (doors === false) throw new Error('The consortium has no doors.');
const site = nativeSite(BUILDER);
const { tls } = ordererOf(readMaterial(layout.organisations, member.organisation));

const door = await startDoor({
  address: `${site.listenHost(member, 'door')}:${member.ports.door}`,
  tls,
  orderer: { address: site.address(member, 'orderer'), tlsRootCerts: tls.caCerts },
  channel,
  maxEnvelopeBytes: blocks.maxTransactionBytes,
  limits: doors,
  msps: membersIn(layout.connection),
  log: pino(),
  refusedFile: layout.refused(name),
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void door.close());
