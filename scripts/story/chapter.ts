import type { StackDescription } from '../stack/description.js';
import type { Teller } from './teller.js';

/** One scenario of the platform, told by real requests to the gateways. */
export interface Chapter {
  /** How `--scenario` calls it. */
  readonly name: string;
  readonly title: string;
  /** @throws Unexpected at the first outcome that the story does not allow. */
  readonly tell: (teller: Teller, stack: StackDescription) => Promise<void>;
}
