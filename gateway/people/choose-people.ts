import type { PersonRecord, PersonState } from './person-record.js';

const day = 24 * 60 * 60_000;

/** Which people are meant; all of them without any wish. */
export interface PeopleWish {
  readonly state?: PersonState | undefined;
  /** Their certificate has ended, or ends within so many days. */
  readonly certificateEndsWithinDays?: number | undefined;
  /** They may sign in and have not done so for so many days. */
  readonly withoutSignInDays?: number | undefined;
}

/** Whom an admin looks for, of a list of people. @param now Milliseconds since 1970. */
export function choosePeople(
  people: readonly PersonRecord[],
  { state, certificateEndsWithinDays, withoutSignInDays }: PeopleWish,
  now: number,
): PersonRecord[] {
  const isActive = ({ state: present }: PersonRecord) => present === 'active';
  return people.filter(
    (person) =>
      person.state === (state ?? person.state) &&
      (certificateEndsWithinDays === undefined ||
        (isActive(person) && endsBy(person, now + certificateEndsWithinDays * day))) &&
      (withoutSignInDays === undefined ||
        (isActive(person) && !cameSince(person, now - withoutSignInDays * day))),
  );
}

function endsBy({ certificateEndsAt }: PersonRecord, time: number): boolean {
  return certificateEndsAt !== undefined && Date.parse(certificateEndsAt) <= time;
}

/** Whoever has never come in is counted from the day they were admitted. */
function cameSince({ signedInAt, since }: PersonRecord, time: number): boolean {
  return Date.parse(signedInAt ?? since) > time;
}
