import { readFileSync, statSync } from 'node:fs';
import type { ConnectionProfile } from '../connection-profile.js';
import type { Msps } from '../embedded/msp/identity.js';
import { openMsps } from '../embedded/msp/open-msps.js';

/** How often a door looks whether somebody has joined or left, milliseconds. */
const everyMs = 1_000;

/** The members of the channel as the connection profile names them, read again when it changes. */
export function membersIn(file: string): () => Msps {
  let [msps, changedAt] = read(file);
  let lookedAt = Date.now();
  return () => {
    const now = Date.now();
    if (now - lookedAt < everyMs) return msps;
    lookedAt = now;
    if (statSync(file).mtimeMs !== changedAt) [msps, changedAt] = read(file);
    return msps;
  };
}

function read(file: string): [Msps, number] {
  const { mtimeMs } = statSync(file);
  const { organisations } = JSON.parse(readFileSync(file, 'utf8')) as ConnectionProfile;
  const trusts = [...new Set(organisations.map(({ signsAs }) => signsAs))].map((mspId) => {
    const all = organisations.filter(({ signsAs }) => signsAs === mspId);
    const rootCerts = all.map((one) => one.rootCerts).join('\n');
    return { mspId, rootCerts, isShared: all.some((one) => one.mspId !== mspId) };
  });
  return [openMsps(trusts), mtimeMs];
}
