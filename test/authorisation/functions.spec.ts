import { type Input, inputSchemas } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { type LedgerFunction, permissions } from '@pledgeonce/chaincode/permissions.js';
import { certify, newAuthority } from '@pledgeonce/chaincode/testing/authorities.js';
import type { FakeLedger, Person } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import { admit } from '@pledgeonce/chaincode/testing/further-members.js';
import { openLedger, people } from '@pledgeonce/chaincode/testing/story.js';
import { type Described, exampleOf } from '@pledgeonce/gateway/api/description/example-of.js';
import { z } from 'zod';
import { isForOrganisation, isForRole, type Meant, type Rule } from './agreement.js';
import { agreedFunctions } from './agreed-functions.js';

/** Whoever signs, and how their organisation stands. */
interface Organisation extends Meant {
  readonly mspId: string;
  readonly certificate?: string;
  readonly standing?: 'NOT_A_MEMBER' | 'MEMBER_SUSPENDED' | 'MEMBER_REMOVED';
}

const names = Object.keys(permissions) as LedgerFunction[];
/** Every role there is, one that no authority should have given, and none. */
const roles = ['officer', 'approver', 'auditor', 'viewer', 'admin', 'service', 'chairman', ''];
const standings: readonly string[] = ['NOT_A_MEMBER', 'MEMBER_SUSPENDED', 'MEMBER_REMOVED'];
const refusals: readonly string[] = ['PERMISSION_DENIED', 'WRONG_ORGANISATION', ...standings];
/** What no schema says: that it is so many bytes. */
const notInSchemas: Partial<Record<LedgerFunction, object>> = {
  initialise: { fingerprintKey: Buffer.alloc(32, 7).toString('base64') },
  rotateFingerprintKey: { fingerprintKey: Buffer.alloc(32, 8).toString('base64') },
  rekeyEntries: { keys: [`C~${'ab'.repeat(32)}`] },
  openOffer: { salt: Buffer.alloc(32, 3).toString('base64') },
};

describe('every role of every kind of organisation', () => {
  let ledger: FakeLedger;
  let organisations: readonly Organisation[];
  const inputs = new Map<LedgerFunction, Input<LedgerFunction>>();

  beforeAll(async () => {
    ledger = await openLedger();
    organisations = await everyKind(ledger);
    for (const name of names) inputs.set(name, exampleFor(name));
  });

  it.each(names)('calls %s where that was agreed, and is refused elsewhere', async (name) => {
    const rule = agreedFunctions.get(name);
    if (rule === undefined) throw new Error(`Nobody has said who may call ${name}.`);
    const before = ledger.snapshot();
    const contradictions: string[] = [];
    for (const organisation of organisations) {
      for (const role of roles) {
        const wanted = refusalAgreed(rule, name, organisation, role);
        const told = await refusalTold(ledger, name, personOf(organisation, role), inputs.get(name));
        if (told !== wanted) contradictions.push(`${organisation.mspId} ${role}: ${told} and not ${wanted}`);
      }
    }
    expect(contradictions).toEqual([]);
    expect(ledger.snapshot()).toEqual(before);
  });

  it('has nothing agreed on that is not there', () => {
    expect([...agreedFunctions.keys()].filter((name) => !(names as string[]).includes(name))).toEqual([]);
  });
});

/** The refusal that was agreed on; undefined for whoever is let in. */
function refusalAgreed(
  rule: Rule,
  name: string,
  organisation: Organisation,
  role: string,
): string | undefined {
  const { standing } = organisation;
  if (standing === 'NOT_A_MEMBER' || standing === 'MEMBER_REMOVED') return standing;
  if (!isForRole(rule, role)) return 'PERMISSION_DENIED';
  if (!isForOrganisation(rule, organisation)) return 'WRONG_ORGANISATION';
  // Who is suspended asks on.
  const isQuestion = /^(read|preview|verify|assess|lookUp)/.test(name);
  return standing === 'MEMBER_SUSPENDED' && !isQuestion ? standing : undefined;
}

/** What the chaincode says of it; undefined where it looked at what was asked. */
async function refusalTold(
  ledger: FakeLedger,
  name: LedgerFunction,
  person: Person,
  input: Input<LedgerFunction> | undefined,
): Promise<string | undefined> {
  try {
    await ledger.endorse(name, person, input as never);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return refusals.includes(error.code) ? error.code : undefined;
  }
  return undefined;
}

function personOf({ mspId, certificate }: Organisation, role: string): Person {
  return { mspId, role, id: 'somebody', ...(certificate !== undefined && { certificate }) };
}

/** One organisation of each kind, each with and without a government node, a member without a node, and who is none. */
async function everyKind(ledger: FakeLedger): Promise<readonly Organisation[]> {
  const authority = await newAuthority();
  await admit(ledger, 'PortMSP', 'customs');
  await admit(ledger, 'ProvinceMSP', 'tax');
  await admit(ledger, 'SmallBankMSP', 'bank', authority.certificate);
  for (const id of ['IdleBankMSP', 'GoneBankMSP']) await admit(ledger, id, 'bank');
  await change(ledger, 'IdleBankMSP', 'suspended');
  await change(ledger, 'GoneBankMSP', 'suspended');
  await change(ledger, 'GoneBankMSP', 'removed');
  const member = (mspId: string, kind: string, more: Partial<Organisation> = {}): Organisation => ({
    ...{ mspId, kind, government: false },
    ...more,
  });
  return [
    ...[member('CustomsMSP', 'customs', { government: true }), member('TaxMSP', 'tax', { government: true })],
    member('RegulatorMSP', 'regulator', { government: true }),
    ...[member('PortMSP', 'customs'), member('ProvinceMSP', 'tax')],
    ...[member('InsurerMSP', 'insurer'), member('CarrierMSP', 'carrier')],
    ...[member('EnterpriseMSP', 'enterprise'), member('BankAMSP', 'bank')],
    member('SmallBankMSP', 'bank', { certificate: await certify(authority, 'somebody') }),
    member('IdleBankMSP', 'bank', { standing: 'MEMBER_SUSPENDED' }),
    member('GoneBankMSP', 'bank', { standing: 'MEMBER_REMOVED' }),
    member('StrangerMSP', 'bank', { standing: 'NOT_A_MEMBER' }),
  ];
}

async function change(ledger: FakeLedger, id: string, state: 'suspended' | 'removed'): Promise<void> {
  const removed = state === 'removed' ? { successor: 'BankBMSP' } : {};
  for (const { mspId } of [people.tax, people.customs]) {
    const approver = { mspId, role: 'approver', id: 'approver' };
    await ledger.submit('changeMember', approver, { id, title: id, kind: 'bank', state, ...removed });
  }
}

/** Something that the function understands, about nothing that is there. */
function exampleFor(name: LedgerFunction): Input<LedgerFunction> {
  const schema = inputSchemas[name];
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described;
  const example = { ...(exampleOf(described, {}, name) as object), ...notInSchemas[name] };
  return schema.parse(example);
}
