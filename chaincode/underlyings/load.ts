import { type Underlying, underlyingAt } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';

/** The trade to which an id belongs now, wherever it has been joined to. */
export async function loadUnderlying(work: UnitOfWork, id: string): Promise<Underlying> {
  const found = await work.read(underlyingAt(id));
  if (found === undefined) throw new Error(`underlying ${id} is missing`);
  return found.forward === undefined ? found : loadUnderlying(work, found.forward);
}
