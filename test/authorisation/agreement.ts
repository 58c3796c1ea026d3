import { everyone } from '@pledgeonce/chaincode/roles.js';

/** Who may do what, as people have agreed on it: one rule a line, `organisations | roles | what`. */
export interface Rule {
  readonly kinds: readonly string[];
  readonly roles: readonly string[];
  readonly names: readonly string[];
}

/** An organisation, as far as rules tell organisations apart. */
export interface Meant {
  readonly kind: string;
  /** One of the three government nodes, and no further office of its kind. */
  readonly government: boolean;
}

/** Words for several roles. */
const rolesMeant: Readonly<Record<string, readonly string[]>> = {
  writers: ['officer', 'approver'],
  readers: ['officer', 'approver', 'auditor', 'viewer'],
};
/** Words for several organisations. */
const kindsMeant: Readonly<Record<string, readonly string[]>> = {
  everybody: everyone,
  'everybody but the regulator': everyone.filter((kind) => kind !== 'regulator'),
  government: ['customs node', 'tax node', 'regulator'],
};

/** Reads the rules. @throws Error for what stands in two of them. */
export function readAgreement(text: string): ReadonlyMap<string, Rule> {
  const agreed = new Map<string, Rule>();
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [kinds = '', roles = '', what = ''] = line.split('|');
    const rule = {
      kinds: wordsOf(kinds, kindsMeant),
      roles: wordsOf(roles, rolesMeant),
      names: wordsOf(what),
    };
    for (const name of rule.names) {
      if (agreed.has(name)) throw new Error(`${name} stands in two rules.`);
      agreed.set(name, rule);
    }
  }
  return agreed;
}

/** Whether a rule is for organisations like this one, whoever of its people asks. */
export function isForOrganisation({ kinds }: Rule, { kind, government }: Meant): boolean {
  return kinds.includes('anybody') || kinds.includes(kind) || (government && kinds.includes(`${kind} node`));
}

/** Whether a rule is for people of this role, wherever they are. */
export function isForRole({ roles }: Rule, role: string): boolean {
  return roles.includes('anybody') || roles.includes('signed in') || roles.includes(role);
}

function wordsOf(list: string, meant: Readonly<Record<string, readonly string[]>> = {}): readonly string[] {
  return list.split(',').flatMap((word) => meant[word.trim()] ?? [word.trim()]);
}
