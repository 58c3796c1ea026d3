import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Consortium, readConsortium } from '@pledgeonce/network/consortium.js';
import { ensureMaterial, ensureMembers } from '@pledgeonce/network/crypto/ensure.js';
import type { MemberMaterial, OrganisationMaterial } from '@pledgeonce/network/crypto/material.js';
import { enrolPerson, type EnrolledPerson } from '@pledgeonce/network/embedded/testing/enrolled.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';

/** Somebody who signs. */
export interface SimulatedPerson extends EnrolledPerson {
  readonly mspId: string;
}

/** The development consortium with its keys, made once for all seeds. */
export interface ConsortiumMaterial {
  readonly consortium: Consortium;
  readonly material: ReadonlyMap<string, OrganisationMaterial>;
  readonly members: readonly MemberMaterial[];
  readonly people: Readonly<Record<'customs' | 'regulator' | 'bankA' | 'bankB', SimulatedPerson>>;
  /** The gateways themselves. */
  readonly services: readonly SimulatedPerson[];
}

/** Makes keys and certificates of the consortium as it is shipped. */
export async function makeMaterial(): Promise<ConsortiumMaterial> {
  const consortium = readConsortium(join(projectRoot, 'network/consortium.yaml'));
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  try {
    const all = await ensureMaterial(consortium, folder);
    const material = new Map(all.map((one) => [one.mspId, one]));
    const enrolled = async (mspId: string, role: string): Promise<SimulatedPerson> => {
      const own = material.get(mspId);
      if (own === undefined) throw new Error(`The consortium has no ${mspId}.`);
      return { mspId, ...(await enrolPerson(own.ca, role, { role })) };
    };
    const officer = (mspId: string) => enrolled(mspId, 'officer');
    return {
      consortium,
      material,
      members: await ensureMembers(consortium, folder),
      people: {
        customs: await officer('CustomsMSP'),
        regulator: await officer('RegulatorMSP'),
        bankA: await officer('BankAMSP'),
        bankB: await officer('BankBMSP'),
      },
      services: [
        await enrolled('BankAMSP', 'service'),
        await enrolled('BankBMSP', 'service'),
        await enrolled('CustomsMSP', 'service'),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
