/** `service` is a gateway's own identity, for what time demands; every other role is a person's. */
export type Role = 'officer' | 'approver' | 'auditor' | 'viewer' | 'admin' | 'service';
export type OrganisationKind =
  'customs' | 'tax' | 'regulator' | 'insurer' | 'carrier' | 'enterprise' | 'bank';

/** The organisations that the design names. Every other member of the channel is a bank: adding one is no change of code. */
const kinds: ReadonlyMap<string, OrganisationKind> = new Map([
  ['CustomsMSP', 'customs'],
  ['TaxMSP', 'tax'],
  ['RegulatorMSP', 'regulator'],
  ['InsurerMSP', 'insurer'],
  ['CarrierMSP', 'carrier'],
  ['EnterpriseMSP', 'enterprise'],
]);

/** The portal of the enterprises. */
export const enterpriseMsp = 'EnterpriseMSP';

/** The three government nodes: they form the quorum and hold the registry. */
export const governmentMsps = ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'] as const;

/** What kind of organisation an MSP stands for. */
export function kindOf(mspId: string): OrganisationKind {
  return kinds.get(mspId) ?? 'bank';
}

/** Who may call one function. Admins manage users and never transact, so no entry names them. */
export interface Permission {
  readonly access: 'submit' | 'evaluate';
  readonly kinds: readonly OrganisationKind[];
  readonly roles: readonly Role[];
}

export const officer: readonly Role[] = ['officer'];
export const approver: readonly Role[] = ['approver'];
export const service: readonly Role[] = ['service'];
export const writers: readonly Role[] = ['officer', 'approver'];
export const readers: readonly Role[] = ['officer', 'approver', 'auditor', 'viewer'];
export const bank: readonly OrganisationKind[] = ['bank'];
export const bankOrRegulator: readonly OrganisationKind[] = ['bank', 'regulator'];
// Which type each of them may record is a column of the catalogue.
export const recorders: readonly OrganisationKind[] = ['customs', 'tax', 'insurer', 'carrier', 'enterprise'];
export const authorities: readonly OrganisationKind[] = ['customs', 'tax', 'insurer', 'carrier'];
export const everyone: readonly OrganisationKind[] = [...recorders, ...bankOrRegulator];
