/** `service` is a gateway's own identity, for what time demands; every other role is a person's. */
export type Role = 'officer' | 'approver' | 'auditor' | 'viewer' | 'admin' | 'service';

/** What a member of the register can be, each as often as the consortium wants. There is one regulator, a government node. */
export const memberKinds = ['customs', 'tax', 'insurer', 'carrier', 'enterprise', 'bank'] as const;
export type MemberKind = (typeof memberKinds)[number];

export const organisationKinds = [...memberKinds, 'regulator'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** The first portal of the enterprises, which serves every account that no other one does. */
export const enterpriseMsp = 'EnterpriseMSP';

/** The three government nodes: they form the quorum and hold the registry. */
export const governmentMsps = ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'] as const;

/**
 * The MSP of all members that have no node: it carries the root certificate of each. Which of them a certificate belongs to
 * the register of members says.
 */
export const membersMsp = 'MembersMSP';

const governmentKinds: ReadonlyMap<string, OrganisationKind> = new Map([
  ['CustomsMSP', 'customs'],
  ['TaxMSP', 'tax'],
  ['RegulatorMSP', 'regulator'],
]);

/**
 * What a government node is. The endorsement policy names the three, so the register need not. What everybody else is the
 * register of members says.
 *
 * @returns undefined for whoever is no government node.
 */
export function governmentKind(mspId: string): OrganisationKind | undefined {
  return governmentKinds.get(mspId);
}

/** Who may call one function. Admins manage users and never transact, so no entry names them. */
export interface Permission {
  readonly access: 'submit' | 'evaluate';
  readonly kinds: readonly OrganisationKind[];
  readonly roles: readonly Role[];
  /** Of customs and tax only the government nodes: a further office records documents and governs nothing. */
  readonly governing?: true;
  /** Goes on with a record that is there, and begins nothing: who succeeds a removed member may call it in that one's place. */
  readonly succeeds?: true;
}

/** Whether a permission is for an organisation of this kind. @param isGovernment whether it is one of the three nodes. */
export function isFor(
  { kinds, governing }: Pick<Permission, 'kinds' | 'governing'>,
  kind: OrganisationKind,
  isGovernment: boolean,
): boolean {
  const isFurther = !isGovernment && (kind === 'customs' || kind === 'tax');
  return kinds.includes(kind) && !(governing === true && isFurther);
}

export const officer: readonly Role[] = ['officer'];
export const approver: readonly Role[] = ['approver'];
export const service: readonly Role[] = ['service'];
export const writers: readonly Role[] = ['officer', 'approver'];
export const readers: readonly Role[] = ['officer', 'approver', 'auditor', 'viewer'];
export const bank: readonly OrganisationKind[] = ['bank'];
export const bankOrRegulator: readonly OrganisationKind[] = ['bank', 'regulator'];
// Which type each of them may record is a column of the catalogue.
export const recorders: readonly OrganisationKind[] = [
  'customs',
  'tax',
  'insurer',
  'carrier',
  'enterprise',
  'bank',
];
export const authorities: readonly OrganisationKind[] = ['customs', 'tax', 'insurer', 'carrier', 'bank'];
export const everyone: readonly OrganisationKind[] = [...recorders, 'regulator'];
