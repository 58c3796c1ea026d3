import { catalogue } from '../catalogue.js';
import { carrierFor, measured, rowOf } from './draw.js';
import { LineRefusal } from './line-refusal.js';
import type { PreparedLine } from './prepare.js';
import type { DrawnLine } from './records.js';
import { findFact } from '../facts/find.js';
import type { FactHead } from '../facts/records.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { type BalanceRow, currenciesOf } from '../rules/balances.js';
import { dateOf } from '../rules/dates.js';
import type { DocumentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import type { PartyId } from '../schemas.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';
import type { Underlying } from '../underlyings/records.js';

/** A recorded document on which a line lies, itself or by the one that carries it. */
export interface Standing {
  readonly trade: Underlying;
  /** The record of the document that the line names. */
  readonly row: BalanceRow;
  /** The one on which the draw lies. */
  readonly carrier: BalanceRow;
  /** Whose number it has. */
  readonly issuer: PartyId;
}

/**
 * A document is never asked for what its type can never be: that is wrong whether it exists or not.
 *
 * @throws LineRefusal NOT_FINANCEABLE.
 */
export function assertKind({ key, role }: Pick<PreparedLine, 'key' | 'role'>): void {
  const { drawnAs, isReceivable } = catalogue[key.type];
  if (!drawnAs.includes(role) || (role === 'receivable' && isReceivable?.(key.number) === false)) {
    throw new LineRefusal('NOT_FINANCEABLE');
  }
}

/**
 * Where a line lies, if an authority has recorded its document for this enterprise. One that was cancelled or replaced
 * stands all the same: the money is out, and what it does not allow is shown as overdrawn.
 */
export async function standingFor(
  { work }: Pick<Call, 'work'>,
  keys: Fingerprints,
  enterprise: PartyId,
  { key, role }: { readonly key: DocumentKey; readonly role: DrawnLine['role'] },
): Promise<Standing | undefined> {
  const head = await findFact(work, keys, key);
  if (head === undefined) return undefined;
  const holders = [head.holder, ...(head.holderIds ?? [])];
  if (!(await isSameFirm(work, keys, holders, enterprise))) return undefined;
  return standingOn(work, head, role);
}

/** The same of a document that has been found. */
export async function standingOn(
  work: UnitOfWork,
  head: FactHead,
  role: DrawnLine['role'],
): Promise<Standing | undefined> {
  if (head.currency === '') return undefined;
  const trade = await loadUnderlying(work, head.underlying);
  const row = rowOf(trade, head);
  try {
    return { trade, row, carrier: await carrierFor(work, trade, row, role), issuer: head.issuer };
  } catch (error) {
    // Only its seller speaks of it, or several authorities do: it waits for the one that the bank means.
    if (error instanceof LineRefusal) return undefined;
    throw error;
  }
}

/**
 * What a line draws of the document, in whole, at rates that hold.
 *
 * @throws LineRefusal RATE_MISSING, RATE_STALE, UNIT_MISMATCH.
 */
export async function lineOn(
  { work, now }: Pick<Call, 'work' | 'now'>,
  { trade, row, carrier }: Standing,
  { role, minor, currency }: Pick<PreparedLine, 'role' | 'minor' | 'currency'>,
): Promise<Omit<DrawnLine, 'document'>> {
  const rates = await ratesOf(work, [currency, carrier.currency, ...currenciesOf(trade)]);
  const { minor: drawn, rate } = measured(role, minor, currency, carrier.currency, rates, dateOf(now));
  return {
    role,
    fact: carrier.fact,
    ...(carrier.fact !== row.fact && { through: row.fact }),
    underlying: trade.id,
    amount: minor,
    outstanding: minor,
    currency: carrier.currency,
    drawn,
    held: drawn,
    revolving: catalogue[row.type].revolving,
    rate,
  };
}
