import { ShiftedConsortium } from '@pledgeonce/scripts/stack/shifted-consortium.js';

/** A consortium where the suite has its place, as its runner was told. */
export function placedConsortium(): ShiftedConsortium {
  const [portBase = '', restBase = ''] = ['PORT_BASE', 'REST_BASE'].map(
    (name) => process.env[`PLEDGEONCE_TIME_${name}`],
  );
  return new ShiftedConsortium(portBase, restBase);
}
