import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import { BANK_A, BANK_B, CUSTOMS, REGULATOR, TAX } from '../definition.js';
import { caService } from '../harness/ca-service.js';
import type { Enrolled } from '../harness/setting.js';
import type { RunningNetwork } from './running-network.js';

const ORGANISATIONS: readonly string[] = [CUSTOMS, TAX, REGULATOR, BANK_A, BANK_B];

/** Enrols the development officer of each organisation that the probes act for. */
export async function enrolOfficers({ profile, stateDir }: RunningNetwork): Promise<Enrolled[]> {
  const wanted = profile.organisations.filter(({ mspId }) => ORGANISATIONS.includes(mspId));
  return Promise.all(
    wanted.map(async (organisation) => {
      const { name, mspId } = organisation;
      const people = JSON.parse(readFileSync(join(peopleFolder(stateDir, name), 'people.json'), 'utf8')) as {
        id: string;
        secret: string;
      }[];
      const officer = people.find(({ id }) => id === 'officer');
      if (!officer) throw new Error(`${name} has no officer`);
      const { key, certificate } = await caService(organisation).enroll({
        enrollmentID: officer.id,
        enrollmentSecret: officer.secret,
      });
      return { mspId, certificate, privateKey: key.toBytes() };
    }),
  );
}
