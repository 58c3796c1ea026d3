import { X509Certificate } from 'node:crypto';

/** What `configtxlator` makes of a policy. */
export interface PolicyJson {
  readonly type?: number;
  readonly value?: unknown;
}

const SIGNATURE = 1;
const IMPLICIT_META = 3;

interface Signature {
  readonly identities?: readonly {
    readonly principal?: Principal;
    readonly principal_classification?: string;
  }[];
  readonly rule?: Rule;
}

interface Principal {
  readonly msp_identifier?: string;
  readonly role?: string;
  readonly id_bytes?: string;
  readonly mspid?: string;
}

interface Rule {
  readonly signed_by?: number;
  readonly n_out_of?: { readonly n?: number; readonly rules?: readonly Rule[] };
}

/** A policy in Fabric's own language, such as `OutOf(2, 'CustomsMSP.admin', 'TaxMSP.admin')`. */
export function policyWords({ type, value }: PolicyJson): string {
  if (type === IMPLICIT_META) {
    const { rule, sub_policy: sub } = value as { readonly rule?: string; readonly sub_policy?: string };
    return `${rule ?? 'ANY'} ${sub ?? ''}`;
  }
  if (type === SIGNATURE) {
    const { identities = [], rule } = value as Signature;
    return rule === undefined ? 'nobody' : ruleWords(rule, identities.map(principalWords));
  }
  return JSON.stringify(value);
}

function ruleWords(rule: Rule, principals: readonly string[]): string {
  const { n_out_of: outOf } = rule;
  if (outOf === undefined) return principals[rule.signed_by ?? 0] ?? '?';
  const { n = 0, rules = [] } = outOf;
  const parts = rules.map((one) => ruleWords(one, principals)).join(', ');
  if (n === 1) return `OR(${parts})`;
  return n === rules.length ? `AND(${parts})` : `OutOf(${n}, ${parts})`;
}

function principalWords({
  principal = {},
  principal_classification: kind,
}: NonNullable<Signature['identities']>[number]): string {
  if (kind === 'ROLE' || principal.msp_identifier !== undefined) {
    return `'${principal.msp_identifier ?? '?'}.${(principal.role ?? 'MEMBER').toLowerCase()}'`;
  }
  return `'${principal.mspid ?? '?'}: ${identityWords(principal)}'`;
}

/** The fingerprint, which people compare; whole what is no certificate. */
function identityWords(principal: Principal): string {
  try {
    const { fingerprint256 } = new X509Certificate(Buffer.from(principal.id_bytes ?? '', 'base64'));
    return `certificate SHA-256 ${fingerprint256}`;
  } catch {
    return JSON.stringify(principal);
  }
}
