import { approver, bank, type OrganisationKind, type Permission, writers } from '../roles.js';

const objectors: readonly OrganisationKind[] = ['enterprise', 'bank', 'insurer', 'customs', 'tax', 'carrier'];

/** Objections: the parties raise and answer them, the regulator, who is none, decides. */
export const objectionPermissions = {
  raiseObjection: { access: 'submit', kinds: objectors, roles: writers },
  answerObjection: { access: 'submit', kinds: bank, roles: writers, succeeds: true },
  decideObjection: { access: 'submit', kinds: ['regulator'], roles: approver },
  withdrawObjection: { access: 'submit', kinds: objectors, roles: writers, succeeds: true },
} as const satisfies Record<string, Permission>;
