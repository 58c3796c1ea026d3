import { z } from 'zod';
import { type Caller, authenticateByToken } from './authenticate.js';
import { ATTRIBUTES, changedAttributes } from './attributes.js';
import type { Authority } from './authority.js';
import { CODES, CaError, authorizationFailure } from './errors.js';
import { describeIdentity } from './identities.js';
import { containsAffiliation, isRegistrar, requireAffiliation, requireRole } from './permissions.js';
import type { Identity } from './records.js';
import { type CaRequest, type Reply, bodyOf, switchOf } from './request.js';
import { announceRevocation, reasonOf, revoked } from './revocation.js';
import { putAffiliation, putIdentity, removeAffiliation, removeIdentity } from './store.js';

const body = z.object({
  name: z
    .string()
    .max(1024)
    .regex(/^[^\p{Cc}.]+(\.[^\p{Cc}.]+)*$/u),
});

interface Tree {
  readonly name: string;
  readonly affiliations?: readonly Tree[];
  readonly identities?: readonly unknown[];
}

/** GET /affiliations: the caller's and all below, as a tree. */
export async function listAffiliations(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await manager(authority, request);
  const names = (await authority.store.affiliations()).filter((name) => containsAffiliation(caller, name));
  const tree = treeOf(names, []);
  if (!tree) throw new CaError(404, CODES.affiliationNotFound, 'No affiliations are configured on the CA');
  return reply(authority, tree);
}

/** GET /affiliations/{name}: it and all below. */
export async function readAffiliation(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await manager(authority, request);
  requireAffiliation(caller, request.subject);
  await requireExists(authority, request.subject);
  return reply(authority, treeOf(await family(authority, request.subject), []));
}

/** POST /affiliations: `force` makes the missing parents too. */
export async function addAffiliation(authority: Authority, request: CaRequest): Promise<Reply> {
  const { identity: caller } = await manager(authority, request);
  const { name } = bodyOf(request, body);
  requireAffiliation(caller, name);
  const force = switchOf(request, 'force');
  await authority.turns.run('write', async () => {
    if (await authority.store.hasAffiliation(name)) {
      throw new CaError(409, CODES.addAffiliation, 'Affiliation already exists');
    }
    const labels = name.split('.');
    const path = labels.map((_, index) => labels.slice(0, index + 1).join('.'));
    const parent = path.at(-2);
    if (!force && parent !== undefined) await requireExists(authority, parent);
    await authority.store.write((force ? path : [name]).map(putAffiliation));
  });
  return reply(authority, { name });
}

/** PUT /affiliations/{name}: renames it and all below; `force` takes its identities along. */
export async function modifyAffiliation(authority: Authority, request: CaRequest): Promise<Reply> {
  const caller = await manager(authority, request);
  const from = request.subject;
  const { name: to } = bodyOf(request, body);
  requireAffiliation(caller.identity, from);
  requireAffiliation(caller.identity, to);
  const force = switchOf(request, 'force');
  const moved = (path: string) => `${to}${path.slice(from.length)}`;
  return authority.turns.run('write', async () => {
    await requireExists(authority, from);
    if (await authority.store.hasAffiliation(to)) {
      throw new CaError(400, CODES.modifyAffiliation, `Affiliation '${to}' already exists`);
    }
    const names = await family(authority, from);
    const people = await peopleOf(authority, from);
    requireMayAffect(caller, people, force, () => {
      return new CaError(
        400,
        CODES.modifyAffiliation,
        `The affiliation '${from}' has identities: ${idsOf(people)}`,
      );
    });
    const movedPeople = people.map((identity) => inAffiliation(identity, moved(identity.affiliation)));
    await authority.store.write([
      ...names.map(removeAffiliation),
      ...names.map((name) => putAffiliation(moved(name))),
      ...movedPeople.map(putIdentity),
    ]);
    return reply(authority, treeOf(names.map(moved), movedPeople));
  });
}

/** DELETE /affiliations/{name}: `force` removes all below, with the identities, whose certificates are revoked. */
export async function deleteAffiliation(authority: Authority, request: CaRequest): Promise<Reply> {
  const caller = await manager(authority, request);
  const name = request.subject;
  if (caller.identity.affiliation === name) throw authorizationFailure('The affiliation is the caller’s own');
  requireAffiliation(caller.identity, name);
  const force = switchOf(request, 'force');
  const { tree, certificates } = await authority.turns.run('write', async () => {
    await requireExists(authority, name);
    const names = await family(authority, name);
    const people = await peopleOf(authority, name);
    const refusal = () => authorizationFailure(`The affiliation '${name}' is in use; force removes it`);
    requireMayAffect(caller, people, force, refusal);
    if (names.length > 1 && !force) throw refusal();
    const owned = await Promise.all(people.map(({ id }) => authority.store.certificates(id)));
    const gone = revoked(authority, owned.flat(), reasonOf('affiliationchanged'));
    await authority.store.write([
      ...gone.changes,
      ...people.map(({ id }) => removeIdentity(id)),
      ...names.map(removeAffiliation),
    ]);
    return { tree: treeOf(names, people), certificates: gone.certificates };
  });
  await announceRevocation(authority, certificates);
  return reply(authority, tree);
}

async function manager(authority: Authority, request: CaRequest): Promise<Caller> {
  const caller = await authenticateByToken(authority, request);
  requireRole(caller.identity, ATTRIBUTES.affiliationManager);
  return caller;
}

async function requireExists({ store }: Authority, name: string): Promise<void> {
  if (!(await store.hasAffiliation(name))) {
    throw new CaError(404, CODES.notFound, `Failed to get affiliation: there is no affiliation '${name}'`);
  }
}

/** The affiliation and all below it. */
async function family({ store }: Authority, name: string): Promise<string[]> {
  return (await store.affiliations()).filter((one) => one === name || one.startsWith(`${name}.`));
}

async function peopleOf({ store }: Authority, name: string): Promise<Identity[]> {
  return (await store.identities()).filter(
    ({ affiliation }) => affiliation === name || affiliation.startsWith(`${name}.`),
  );
}

function requireMayAffect(
  { identity }: Caller,
  people: readonly Identity[],
  force: boolean,
  refusal: () => CaError,
): void {
  if (people.length === 0) return;
  if (!isRegistrar(identity))
    throw authorizationFailure('Identities are affected, but the caller is not a registrar');
  if (!force) throw refusal();
}

function inAffiliation(identity: Identity, affiliation: string): Identity {
  const attributes = changedAttributes(identity.attributes, [
    { name: ATTRIBUTES.affiliation, value: affiliation, ecert: true },
  ]);
  return { ...identity, affiliation, attributes };
}

function idsOf(people: readonly Identity[]): string {
  return people.map(({ id }) => id).join(',');
}

/** Nests dotted names; several roots hang below one without a name. Undefined when there are none. */
function treeOf(names: readonly string[], people: readonly Identity[]): Tree | undefined {
  const childrenOf = (parent: string | undefined) =>
    names.filter((name) => {
      const above = name.slice(0, Math.max(0, name.lastIndexOf('.')));
      return parent === undefined ? !names.includes(above) : above === parent;
    });
  const node = (name: string): Tree => {
    const affiliations = childrenOf(name).map(node);
    const identities = people.filter(({ affiliation }) => affiliation === name).map(describeIdentity);
    return {
      name,
      ...(affiliations.length > 0 ? { affiliations } : {}),
      ...(identities.length > 0 ? { identities } : {}),
    };
  };
  const roots = childrenOf(undefined).map(node);
  return roots.length > 1 ? { name: '', affiliations: roots } : roots[0];
}

function reply({ name }: Authority, tree: Tree | undefined): Reply {
  return { result: { ...tree, caname: name } };
}
