import { fileURLToPath } from 'node:url';
import type { Collection } from '@pledgeonce/network/consortium.js';

/** The organisations that the probes act for; every description of the consortium has them. */
export const CUSTOMS = 'CustomsMSP';
export const TAX = 'TaxMSP';
export const REGULATOR = 'RegulatorMSP';
export const BANK_A = 'BankAMSP';
export const BANK_B = 'BankBMSP';

/** Customs and Tax are its members; everyone may ask for a read or a write. */
export const PAIR = 'pair';
/** Customs and Tax are its members, and only their clients may read and write. */
export const MEMBERS_ONLY = 'members-only';
/** Customs and Bank A are its members; Bank A's peer alone endorses its writes, as the chaincode's policy does not say. */
export const OWN_POLICY = 'own-policy';
/** Like `pair`, but every value is forgotten two blocks after the block that wrote it. */
export const SHORT_LIVED = 'short-lived';

const common = {
  members: [CUSTOMS, TAX],
  requiredPeers: 0,
  maxPeers: 2,
  blockToLive: 0,
  memberOnlyRead: false,
  memberOnlyWrite: false,
};

const collections: Collection[] = [
  { ...common, name: PAIR },
  { ...common, name: MEMBERS_ONLY, memberOnlyRead: true, memberOnlyWrite: true },
  { ...common, name: OWN_POLICY, members: [CUSTOMS, BANK_A], endorsement: `OR('${BANK_A}.peer')` },
  { ...common, name: SHORT_LIVED, blockToLive: 2 },
];

/** How the probe chaincode is defined on the channel, on both networks. */
export const PROBE = {
  name: 'probe',
  version: '1.0',
  packageDir: fileURLToPath(new URL('../../conformance/probe', import.meta.url)),
  endorsement: `OutOf(2, '${CUSTOMS}.peer', '${TAX}.peer', '${REGULATOR}.peer')`,
  collections,
};
