import { common, msp, peer } from '@hyperledger/fabric-protos';

/** A policy text that is not in Fabric's language, and where it stops being so. */
export class PolicySyntaxError extends Error {
  override readonly name = 'PolicySyntaxError';
}

const ROLES: ReadonlyMap<string, msp.MSPRole.MSPRoleTypeMap[keyof msp.MSPRole.MSPRoleTypeMap]> = new Map([
  ['member', msp.MSPRole.MSPRoleType.MEMBER],
  ['admin', msp.MSPRole.MSPRoleType.ADMIN],
  ['client', msp.MSPRole.MSPRoleType.CLIENT],
  ['peer', msp.MSPRole.MSPRoleType.PEER],
  ['orderer', msp.MSPRole.MSPRoleType.ORDERER],
]);
const TOKEN = /\s*(?:([A-Za-z]+)|(\d+)|'([^']*)'|"([^"]*)"|([(),]))/y;

/**
 * Reads a signature policy, e.g. `OutOf(2, 'A.peer', 'B.peer', AND('C.admin', 'D.member'))`. Gates may be written
 * `OutOf`, `And`, `Or`, all in lower or all in upper case. As in Fabric each mention of a principal is one more entry
 * of the identity list, and a threshold may exceed the number of rules by one (such a policy is never satisfied).
 *
 * @throws PolicySyntaxError
 */
export function parsePolicy(text: string): common.SignaturePolicyEnvelope {
  const parser = new Parser(text);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(parser.gate());
  parser.end();
  envelope.setIdentitiesList(parser.principals);
  return envelope;
}

/** The same as the bytes in which a chaincode or collection definition carries its policy. */
export function applicationPolicy(envelope: common.SignaturePolicyEnvelope): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(envelope);
  return policy.serializeBinary();
}

interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'mark' | 'end';
  readonly text: string;
}

class Parser {
  readonly principals: msp.MSPPrincipal[] = [];
  readonly #text: string;
  #next: Token;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#scan();
  }

  gate(): common.SignaturePolicy {
    const name = this.#take('name');
    const gate = ['And', 'Or', 'OutOf'].find(
      (known) => name === known || name === known.toLowerCase() || name === known.toUpperCase(),
    );
    if (gate === undefined) throw this.#fault(`unknown gate '${name}'`);
    this.#take('mark', '(');
    const threshold = gate === 'OutOf' ? this.#threshold() : undefined;
    const rules = [this.#rule()];
    while (this.#next.text === ',' && this.#next.kind === 'mark') {
      this.#take('mark', ',');
      rules.push(this.#rule());
    }
    this.#take('mark', ')');
    const needed = threshold ?? (gate === 'And' ? rules.length : 1);
    if (needed > rules.length + 1) throw this.#fault(`${needed} of ${rules.length} rules cannot hold`);
    const nOutOf = new common.SignaturePolicy.NOutOf();
    nOutOf.setN(needed);
    nOutOf.setRulesList(rules);
    const policy = new common.SignaturePolicy();
    policy.setNOutOf(nOutOf);
    return policy;
  }

  end(): void {
    this.#take('end');
  }

  #threshold(): number {
    const text = this.#next.kind === 'string' ? this.#take('string') : this.#take('number');
    if (!/^\d{1,6}$/.test(text)) throw this.#fault(`'${text}' is no threshold`);
    this.#take('mark', ',');
    return Number(text);
  }

  #rule(): common.SignaturePolicy {
    return this.#next.kind === 'string' ? this.#signedBy(this.#take('string')) : this.gate();
  }

  #signedBy(text: string): common.SignaturePolicy {
    const [, mspId, roleName] = /^([A-Za-z0-9.-]+)\.([a-z]+)$/.exec(text) ?? [];
    const kind = roleName === undefined ? undefined : ROLES.get(roleName);
    if (mspId === undefined || kind === undefined) throw this.#fault(`'${text}' is not <MSP>.<role>`);
    const role = new msp.MSPRole();
    role.setMspIdentifier(mspId);
    role.setRole(kind);
    const principal = new msp.MSPPrincipal();
    principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
    principal.setPrincipal(role.serializeBinary());
    const policy = new common.SignaturePolicy();
    policy.setSignedBy(this.principals.push(principal) - 1);
    return policy;
  }

  #take(kind: Token['kind'], text?: string): string {
    const token = this.#next;
    if (token.kind !== kind || (text !== undefined && token.text !== text)) {
      throw this.#fault(
        `expected ${text ?? kind}, found ${token.kind === 'end' ? 'the end' : `'${token.text}'`}`,
      );
    }
    if (kind !== 'end') this.#next = this.#scan();
    return token.text;
  }

  #scan(): Token {
    TOKEN.lastIndex = this.#at;
    const match = TOKEN.exec(this.#text);
    if (match === null) {
      if (this.#text.slice(this.#at).trim() !== '') throw this.#fault('unexpected character');
      return { kind: 'end', text: '' };
    }
    this.#at = TOKEN.lastIndex;
    const [, name, number, single, double, mark = ''] = match;
    if (name !== undefined) return { kind: 'name', text: name };
    if (number !== undefined) return { kind: 'number', text: number };
    const quoted = single ?? double;
    return quoted === undefined ? { kind: 'mark', text: mark } : { kind: 'string', text: quoted };
  }

  #fault(what: string): PolicySyntaxError {
    return new PolicySyntaxError(`Policy ${this.#text}: ${what} before character ${this.#at}`);
  }
}
