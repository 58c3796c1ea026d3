export type Role = 'officer' | 'approver' | 'auditor' | 'viewer' | 'admin';
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

const officer: readonly Role[] = ['officer'];
const approver: readonly Role[] = ['approver'];
const writers: readonly Role[] = ['officer', 'approver'];
const readers: readonly Role[] = ['officer', 'approver', 'auditor', 'viewer'];
const bank: readonly OrganisationKind[] = ['bank'];
const bankOrRegulator: readonly OrganisationKind[] = ['bank', 'regulator'];
// Which type each of them may record is a column of the catalogue.
const recorders: readonly OrganisationKind[] = ['customs', 'tax', 'insurer', 'carrier', 'enterprise'];
const everyone: readonly OrganisationKind[] = [...recorders, ...bankOrRegulator];

const table = {
  initialise: { access: 'submit', kinds: ['regulator'], roles: officer },
  rotateFingerprintKey: { access: 'submit', kinds: ['regulator'], roles: officer },
  publishRates: { access: 'submit', kinds: ['regulator'], roles: officer },
  recordFacts: { access: 'submit', kinds: recorders, roles: officer },
  amendFact: { access: 'submit', kinds: recorders, roles: officer },
  cancelFact: { access: 'submit', kinds: recorders, roles: officer },
  reserveClaims: { access: 'submit', kinds: bank, roles: officer },
  acceptClaim: { access: 'submit', kinds: bank, roles: approver },
  disburseClaim: { access: 'submit', kinds: bank, roles: writers },
  repayClaim: { access: 'submit', kinds: bank, roles: writers },
  withdrawClaim: { access: 'submit', kinds: bank, roles: writers },
  rejectClaim: { access: 'submit', kinds: bank, roles: writers },
  disputeClaim: { access: 'submit', kinds: bankOrRegulator, roles: writers },
  resolveDispute: { access: 'submit', kinds: bankOrRegulator, roles: approver },
  extendClaim: { access: 'submit', kinds: bank, roles: writers },
  offerTransfer: { access: 'submit', kinds: bank, roles: writers },
  acceptTransfer: { access: 'submit', kinds: bank, roles: approver },
  declineTransfer: { access: 'submit', kinds: bank, roles: writers },
  sweepClaims: { access: 'submit', kinds: ['bank', 'customs', 'tax', 'regulator'], roles: writers },
  readFact: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  readFactHistory: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  verifyDocument: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  readClaim: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  readClaimHistory: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
  readRates: { access: 'evaluate', kinds: everyone, roles: readers },
} as const satisfies Record<string, Permission>;

export type LedgerFunction = keyof typeof table;

/** Function by function, the kinds of organisation and the roles that may call it. */
export const permissions: Readonly<Record<LedgerFunction, Permission>> = table;
