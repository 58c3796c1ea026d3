import type { Logger } from 'pino';
import type { Issuer } from '../../crypto/issue.js';
import type { Store } from './store.js';
import type { Turns } from './turns.js';

/** What every endpoint works on: one organisation's certificate authority. */
export interface Authority {
  readonly name: string;
  readonly issuer: Issuer;
  readonly store: Store;
  /** Changes of the store take turns under `write`, enrolments with a secret under the identity's id. */
  readonly turns: Turns;
  readonly clock: () => Date;
  readonly certificateDays: number;
  readonly log: Logger;
  readonly onRevocation: (crlPem: string) => void;
}
