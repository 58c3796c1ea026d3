import { alreadyDone, remember, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import type { Call } from '../ledger/call.js';
import { governmentMsps, type LedgerFunction } from '../permissions.js';
import { nextVersion } from '../ledger/versions.js';
import { portalsOf } from '../rules/accounts.js';
import type { ObjectionView } from './api.js';
import { copyFor, type Objection, objectionVersions, objectionView } from './records.js';

const government: readonly string[] = governmentMsps;

/**
 * Writes a version: the whole one with the government, a copy for objector, holders and exporter, and for the authority that
 * is to correct its document, and the public line.
 */
export function writeObjection({ work }: Call, one: Objection): void {
  const { objector = '', holders = [], account, authority = '', state } = one;
  const corrects = state === 'correction-ordered' && authority !== '' ? [authority] : [];
  const portals = portalsOf(account, work.places);
  const parties = [...new Set([objector, ...holders, ...portals, ...corrects])].filter(
    (party) => !government.includes(party),
  );
  objectionVersions.write(work, one, parties, (party) => copyFor(one, party, portals.includes(party)));
}

/** An objection as the caller may see it. */
export function viewFor({ caller }: Call, one: Objection): ObjectionView {
  return objectionView(
    government.includes(caller.mspId) ? one : copyFor(one, caller.mspId, caller.kind === 'enterprise'),
  );
}

/** @throws LedgerError OBJECTION_NOT_FOUND, also for one to which the caller is no party. */
export async function loadObjection({ work, caller }: Call, id: string): Promise<Objection> {
  const found = await objectionVersions.latestWhole(work, id);
  const isParty =
    found !== undefined &&
    (caller.kind === 'regulator' || [found.objector, ...(found.holders ?? [])].includes(caller.mspId));
  // The portal's people act for one enterprise each, by whichever of its ids it was named.
  const isOwn = caller.kind !== 'enterprise' || (found?.account ?? found?.enterprise.id) === caller.uscc;
  if (!isParty || !isOwn) throw new LedgerError('OBJECTION_NOT_FOUND', { field: 'id' });
  return found;
}

/** Carries out a command on an objection that is not decided; a repeated one changes nothing. */
export async function changeObjection(
  call: Call,
  name: LedgerFunction,
  command: { readonly id: string; readonly idempotencyKey: string },
  apply: (one: Objection) => Promise<Partial<Objection>>,
): Promise<ObjectionView> {
  const one = await loadObjection(call, command.id);
  const request = requestOf(name, command);
  if (alreadyDone(one, request)) return viewFor(call, one);
  if (one.state !== 'open' && one.state !== 'held')
    throw new LedgerError('OBJECTION_DECIDED', { field: 'id' });
  const next = nextVersion(call, one, { ...(await apply(one)), requests: remember(one, request) });
  writeObjection(call, next);
  return viewFor(call, next);
}
