import { BANK_A, BANK_B, CUSTOMS, REGULATOR, TAX } from '../definition.js';
import { connectMember, disconnectMember, type Member } from './member.js';
import { readSetting, type Enrolled } from './setting.js';

const setting = readSetting();
const members = new Map<string, Member>();

export const { profile, stateDir } = setting;
/** Whether the network is the embedded one: for the differences that network/DIFFERENCES.md records. */
export const embedded = profile.network === 'embedded';

/** An officer of each organisation, at the peer of their own. */
export const customs = officerOf(CUSTOMS);
export const tax = officerOf(TAX);
export const regulator = officerOf(REGULATOR);
export const bankA = officerOf(BANK_A);
export const bankB = officerOf(BANK_B);

/** All of them: every one sees a transaction before a probe goes on. */
export const everyone: readonly Member[] = [...members.values()];

/** A connection that lasts as long as the probe's file. */
export function connectPerson(person: Enrolled, peerOf?: string): Member {
  const member = connectMember(setting, person, peerOf);
  members.set(`${person.certificate}@${peerOf ?? person.mspId}`, member);
  return member;
}

/** The officer that the runner enrolled for the organisation. */
export function enrolledOfficer(mspId: string): Enrolled {
  const person = setting.officers.find((officer) => officer.mspId === mspId);
  if (!person) throw new Error(`the runner enrolled nobody of ${mspId}`);
  return person;
}

function officerOf(mspId: string): Member {
  return connectPerson(enrolledOfficer(mspId));
}

afterAll(() => {
  members.forEach(disconnectMember);
});
