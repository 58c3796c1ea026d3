import { readFileSync } from 'node:fs';
import type { Organisation } from '@pledgeonce/network/consortium.js';
import type { NetworkName } from './options.js';

/** A development person: whoever reads this file can sign in as them. */
export interface PersonDescription {
  readonly id: string;
  readonly role: string;
  readonly uscc?: string;
  readonly secret: string;
}

export interface OrganisationDescription {
  readonly name: string;
  readonly msp: string;
  readonly title: string;
  readonly kind: Organisation['kind'];
  /** Where its gateway answers. */
  readonly url: string;
  readonly people: readonly PersonDescription[];
}

/** The running consortium as tools and tests need it: what `npm start -- --json` prints. */
export interface StackDescription {
  readonly ready: true;
  readonly network: NetworkName;
  /** URL or file of the network's discovery document. */
  readonly discovery: string;
  readonly state: string;
  readonly organisations: readonly OrganisationDescription[];
  readonly processes: {
    readonly supervisor: number;
    /** Absent when the network consists of programs of its own. */
    readonly network?: number;
    readonly gateways: readonly number[];
  };
}

/** Reads the description of a running consortium from the file that its supervisor keeps. */
export function readDescription(file: string): StackDescription {
  return JSON.parse(readFileSync(file, 'utf8')) as StackDescription;
}

/** @throws Error when the consortium has no organisation of this MSP. */
export function organisationOf(stack: StackDescription, msp: string): OrganisationDescription {
  const organisation = stack.organisations.find((one) => one.msp === msp);
  if (organisation === undefined) throw new Error(`The consortium has no organisation ${msp}.`);
  return organisation;
}
