import type { Logger } from 'pino';
import { needsSecondAdmin } from './admin-rules.js';
import type { RegisteredPerson } from './certificate-authority.js';
import type { MayAct } from './may-act.js';
import type { PeopleLog } from './people-log.js';
import type { PeopleRegister } from './people-register.js';
import { personRoles } from './person-record.js';
import type { PersonRecord } from './person-record.js';
import type { SessionStore } from './session-store.js';
import { isTechnical } from './technical.js';
import { isLabel } from './label.js';

export interface FollowParts {
  readonly register: PeopleRegister;
  readonly sessions: SessionStore;
  readonly mayAct: MayAct;
  readonly people: PeopleLog;
  /** Whether the consortium wants two admins for everybody: what the authority's operator did alone is then unusual. */
  readonly wantsTwo: () => Promise<boolean>;
  readonly registrarId: string;
  readonly log: Logger;
}

type Role = PersonRecord['role'];

/**
 * Takes over what the certificate authority's operator has done by hand: people whom the register does not know become
 * part of it, a role that was changed there is the role here, and whoever may no longer act is sent away.
 *
 * @param people undefined when only a revocation list came.
 * @param askedAt When the list was asked for, milliseconds.
 */
export async function followAuthority(
  parts: FollowParts,
  people: readonly RegisteredPerson[] | undefined,
  askedAt: number,
): Promise<void> {
  const { register } = parts;
  if (people !== undefined) {
    const isFirst = register.all().length === 0;
    for (const person of people) {
      const role = personRoles.find((one) => one === person.role);
      if (role === undefined || !isLabel(person.id) || isTechnical(person.id, parts.registrarId)) continue;
      if (needsChange(register.find(person.id), person, askedAt)) {
        const alert = !isFirst && needsSecondAdmin(role, await parts.wantsTwo());
        await register.turn(() => follow(parts, { ...person, role }, askedAt, alert));
      }
    }
    await noteWhoIsGone(parts, new Set(people.map(({ id }) => id)), askedAt);
  }
  await sendAway(parts);
}

function needsChange(known: PersonRecord | undefined, person: RegisteredPerson, askedAt: number): boolean {
  if (known === undefined) return true;
  if (known.id !== person.id || known.state === 'removed' || known.errands.length > 0) return false;
  // An identity that somebody made by hand under the id of an invitation is not the one that was invited.
  if (known.admission !== undefined && known.admission !== person.admission) return false;
  if (known.role === person.role && known.uscc === person.uscc) return false;
  // A list that was asked for before the gateway's own change says nothing about it.
  return known.listedFrom === undefined || known.listedFrom < askedAt;
}

async function follow(
  { register, people }: FollowParts,
  person: RegisteredPerson & { readonly role: Role },
  askedAt: number,
  alert: boolean,
): Promise<void> {
  const known = register.find(person.id);
  if (!needsChange(known, person, askedAt)) return;
  const { id, role, uscc } = person;
  const since = new Date(askedAt).toISOString();
  const enterprise = uscc === undefined ? {} : { uscc };
  if (known === undefined) {
    await register.put({
      id,
      role,
      ...enterprise,
      state: 'active',
      since,
      secretAt: 'authority',
      version: 1,
      errands: [],
      listedFrom: askedAt - 1,
      wrongAtAuthority: 0,
      requests: [],
    });
    await people.write({ kind: 'listed-by-authority', person: id, detail: role, ...enterprise, alert });
    return;
  }
  const { uscc: _former, ...rest } = known;
  await register.put({ ...rest, role, ...enterprise, version: known.version + 1 });
  const detail = `${known.role} to ${role}, at the certificate authority`;
  await people.write({ kind: 'role-changed', person: id, detail, ...enterprise, alert });
}

/** Records once that somebody was deleted there, and once that they are there again. */
async function noteWhoIsGone(
  { register, people }: FollowParts,
  listed: ReadonlySet<string>,
  askedAt: number,
): Promise<void> {
  const isNews = ({ id, state, listedFrom, errands, unlistedSince }: PersonRecord) =>
    state !== 'removed' &&
    errands.length === 0 &&
    listedFrom !== undefined &&
    listedFrom < askedAt &&
    listed.has(id) === (unlistedSince !== undefined);
  for (const { id } of register.all().filter(isNews)) {
    await register.turn(async () => {
      const now = register.find(id);
      if (now === undefined || !isNews(now)) return;
      const { unlistedSince: _former, ...rest } = now;
      const isGone = !listed.has(id);
      await register.put({ ...rest, ...(isGone && { unlistedSince: new Date(askedAt).toISOString() }) });
      const kind = isGone ? 'unlisted-by-authority' : 'listed-by-authority';
      const enterprise = now.uscc === undefined ? {} : { uscc: now.uscc };
      await people.write({ kind, person: id, detail: now.role, ...enterprise, alert: true });
    });
  }
}

/** Ends the sessions of everybody whom the one question refuses, and records why. */
async function sendAway({ sessions, mayAct, people }: FollowParts): Promise<void> {
  const gone = new Map<string, { readonly refusal: string; readonly uscc?: string }>();
  sessions.endWhere((session) => {
    const refusal = mayAct(session);
    if (refusal === undefined) return false;
    const { id, uscc } = session.person;
    if (refusal !== 'signed-out') gone.set(id, { refusal, ...(uscc === undefined ? {} : { uscc }) });
    return true;
  });
  for (const [person, { refusal, uscc }] of gone) {
    const enterprise = uscc === undefined ? {} : { uscc };
    await people.write({ kind: 'cut-off', person, detail: refusal, ...enterprise, alert: true });
  }
}
