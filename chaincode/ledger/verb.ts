import type { Input, Output } from '../api.js';
import type { LedgerFunction } from '../permissions.js';
import type { Call } from './call.js';

/** A function of the ledger: it reads and writes through the unit of work, and throws to refuse. */
export type Verb<F extends LedgerFunction> = (call: Call, input: Input<F>) => Promise<Output<F>>;
