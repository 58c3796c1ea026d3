import type { Session } from '../../people/session-store.js';
import { tagTexts } from '../description/tags.js';
import type { Endpoint } from '../endpoint.js';
import { Problem } from '../problem.js';

/** What belongs to people alone: their sessions and settings, and whatever needs an admin, who is never a machine. */
const ofPeople: ReadonlySet<string> = new Set([
  'sessions:read',
  'sessions:write',
  'people:write',
  'machines:write',
  'webhooks:write',
]);
/** What every token is good for: to see what it is, and to end itself. */
const ofEverybody: ReadonlySet<string> = new Set(['get /sessions/current', 'delete /sessions/current']);

/** What a machine can be allowed, by the groups of the API's description: whoever reads it finds what each is good for. */
export const scopeTexts: Readonly<Record<string, string>> = Object.fromEntries(
  tagTexts
    .flatMap(([tag]) => [
      [`${wordOf(tag)}:read`, `What ${tag} has to read (GET).`] as const,
      [`${wordOf(tag)}:write`, `What ${tag} has to ask and to change (everything but GET).`] as const,
    ])
    .filter(([scope]) => !ofPeople.has(scope)),
);

/** The scope that a machine needs for an operation, besides a role that may. */
export function scopeOf({ tag, method }: Pick<Endpoint, 'tag' | 'method'>): string {
  return `${wordOf(tag)}:${method === 'get' ? 'read' : 'write'}`;
}

/**
 * Refuses a machine what its token is not good for. A person's session has no scopes.
 *
 * @throws Problem SCOPE_MISSING
 */
export function assertScope(endpoint: Endpoint, { machine }: Pick<Session, 'machine'>): void {
  if (machine === undefined || ofEverybody.has(`${endpoint.method} ${endpoint.path}`)) return;
  const scope = scopeOf(endpoint);
  if (Object.hasOwn(scopeTexts, scope) && machine.scopes.has(scope)) return;
  const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
  throw new Problem('SCOPE_MISSING', { headers: { 'WWW-Authenticate': challenge } });
}

/** A scope is one word. */
function wordOf(tag: string): string {
  return tag.replaceAll(' ', '-');
}
