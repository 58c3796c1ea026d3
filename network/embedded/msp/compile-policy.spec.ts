import 'reflect-metadata';
import fc from 'fast-check';
import { common, msp } from '@hyperledger/fabric-protos';
import {
  specOrganisation,
  type Enrolled,
  type SpecOrganisation,
} from '../ledger/testing/spec-organisation.js';
import { compilePolicy } from './compile-policy.js';
import type { Identity, Msps } from './identity.js';
import { openMsps } from './open-msps.js';
import { parsePolicy } from './parse-policy.js';

/** A policy as a tree: the name of a principal, or how many of which. */
type Tree = string | { readonly n: number; readonly of: readonly Tree[] };

const ORGANISATIONS = ['A', 'B', 'C'];
let organisations: SpecOrganisation[];
let msps: Msps;
const people = new Map<string, Identity>();

beforeAll(async () => {
  organisations = ORGANISATIONS.map((mspId) => specOrganisation(mspId));
  msps = openMsps(organisations);
  for (const organisation of organisations) {
    for (const role of ['peer', 'client', 'admin']) {
      for (const number of [1, 2]) {
        const enrolled: Enrolled = await organisation.enrol(`${role}${number}`, role);
        people.set(`${organisation.mspId}.${role}${number}`, msps.identity(enrolled.serialized));
      }
    }
  }
});

const asText = (tree: Tree): string =>
  typeof tree === 'string' ? `'${tree}'` : `OutOf(${tree.n}, ${tree.of.map(asText).join(', ')})`;

/** The decision written as plainly as possible: which people are left over after a rule, or undefined if it fails. */
function remaining(tree: Tree, present: readonly string[]): readonly string[] | undefined {
  if (typeof tree === 'string') {
    const [mspId = '', role = ''] = tree.split('.');
    const at = present.findIndex(
      (name) => name.startsWith(`${mspId}.`) && (role === 'member' || name.includes(role)),
    );
    return at < 0 ? undefined : present.filter((_, index) => index !== at);
  }
  let held = 0;
  let left = present;
  for (const rule of tree.of) {
    const after = remaining(rule, left);
    if (after === undefined) continue;
    held++;
    left = after;
  }
  return held >= tree.n ? left : undefined;
}

const principal = fc
  .tuple(fc.constantFrom(...ORGANISATIONS), fc.constantFrom('peer', 'client', 'admin', 'member'))
  .map(([mspId, role]) => `${mspId}.${role}`);
const { gate } = fc.letrec<{ tree: Tree; gate: { n: number; of: Tree[] } }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, principal, tie('gate')),
  gate: fc
    .array(tie('tree'), { minLength: 1, maxLength: 4 })
    .chain((of) => fc.integer({ min: 0, max: of.length + 1 }).map((n) => ({ n, of }))),
}));

describe('compilePolicy', () => {
  it('decides as the plain reference does, for any policy and any people', () => {
    const someone = fc.constantFrom(...[...people.keys()]);
    fc.assert(
      fc.property(gate, fc.array(someone, { maxLength: 6 }), (tree, names) => {
        const identities = names.map((name) => people.get(name)).filter((one) => one !== undefined);
        const expected = remaining(tree, [...new Set(names)]) !== undefined;
        expect(compilePolicy(parsePolicy(asText(tree)), msps).satisfiedBy(identities)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('counts a certificate once, however its text is laid out', async () => {
    const peer = await organisations[0]?.enrol('peer', 'peer');
    if (peer === undefined) throw new Error('no organisation');
    const other = new msp.SerializedIdentity();
    other.setMspid('A');
    other.setIdBytes(Buffer.from(`${peer.certificate}\n\n`));
    const twice = [msps.identity(peer.serialized), msps.identity(other.serializeBinary())];
    const policy = compilePolicy(parsePolicy(`OutOf(2, 'A.peer', 'A.peer')`), msps);
    expect(policy.satisfiedBy(twice)).toBe(false);
  });

  it('knows principals that are one certificate', () => {
    const one = people.get('A.peer1');
    const two = people.get('A.peer2');
    if (one === undefined || two === undefined) throw new Error('nobody there');
    const envelope = parsePolicy(`AND('A.peer')`);
    const certificate = new msp.MSPPrincipal();
    certificate.setPrincipalClassification(msp.MSPPrincipal.Classification.IDENTITY);
    certificate.setPrincipal(one.serialized);
    envelope.setIdentitiesList([certificate]);
    const policy = compilePolicy(envelope, msps);
    expect([policy.satisfiedBy([one]), policy.satisfiedBy([two])]).toEqual([true, false]);
  });

  it('refuses rules that are empty or refer to nobody', () => {
    const dangling = parsePolicy(`AND('A.peer')`);
    dangling.setIdentitiesList([]);
    expect(() => compilePolicy(dangling, msps)).toThrow(RangeError);
    expect(() => compilePolicy(new common.SignaturePolicyEnvelope(), msps)).toThrow(RangeError);
  });
});
