import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { readDoorFile } from './door-file.js';
import { membersIn } from './members.js';
import { startDoor } from './start-door.js';

/*
 * The door before an orderer as a program of its own, as a container runs it: main.js FILE
 */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Say what the door is told: main.js door.json');
const { certFile, keyFile, caFile, orderer, connection, ...told } = readDoorFile(file);
const read = (path: string) => readFileSync(path, 'utf8');
const caCerts = read(caFile);

const door = await startDoor({
  ...told,
  tls: { cert: read(certFile), key: read(keyFile), caCerts },
  orderer: { address: orderer, tlsRootCerts: caCerts },
  msps: membersIn(connection),
  log: pino(),
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void door.close());
