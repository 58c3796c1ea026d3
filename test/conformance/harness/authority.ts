import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type FabricCAServices from 'fabric-ca-client';
import { User } from 'fabric-common';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import { caService } from './ca-service.js';
import { profile, stateDir } from './network.js';
import type { Enrolled } from './setting.js';

/** An organisation's certificate authority as its operator uses it. */
export interface Authority {
  readonly mspId: string;
  readonly service: FabricCAServices;
  /** The identity that may register and revoke others. */
  readonly registrar: User;
}

/** Connects to the certificate authority of an organisation as its registrar. */
export async function openAuthority(mspId: string): Promise<Authority> {
  const organisation = profile.organisations.find((one) => one.mspId === mspId);
  if (!organisation) throw new Error(`the network has no ${mspId}`);
  const service = caService(organisation);
  const secret = readFileSync(
    join(peopleFolder(stateDir, organisation.name), 'registrar.secret'),
    'utf8',
  ).trim();
  const registrar = asUser('registrar', await enrol({ mspId, service }, 'registrar', secret));
  return { mspId, service, registrar };
}

/** Enrols with a key of one's own; the attributes asked for come besides those that always come. */
export async function enrol(
  { mspId, service }: Pick<Authority, 'mspId' | 'service'>,
  enrollmentID: string,
  enrollmentSecret: string,
  attributes: readonly string[] = [],
): Promise<Enrolled> {
  const { key, certificate } = await service.enroll({
    enrollmentID,
    enrollmentSecret,
    ...(attributes.length > 0 && { attr_reqs: attributes.map((name) => ({ name, optional: false })) }),
  });
  return { mspId, certificate, privateKey: key.toBytes() };
}

/** The client library's view of someone who is enrolled. */
export function asUser(name: string, { mspId, certificate, privateKey }: Enrolled): User {
  return User.createUser(name, '', mspId, certificate, privateKey);
}
