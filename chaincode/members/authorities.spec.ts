import type { Input } from '../api.js';
import { type Authority, certify, newAuthority } from '../testing/authorities.js';
import { FakeLedger, type Person } from '../testing/fake-ledger.js';
import { admit } from '../testing/further-members.js';
import { claim, declaration, openLedger, people, record, refuses } from '../testing/story.js';

const tax: Person = { ...people.tax, role: 'approver' };
const customs: Person = { ...people.customs, role: 'approver' };

const someone = async (mspId: string, authority: Authority, keyIdentifier?: string): Promise<Person> => ({
  mspId,
  role: 'officer',
  id: 'officer',
  certificate: await certify(authority, 'officer', keyIdentifier),
});

/** A ledger with a document on which the bank without a node may claim. */
async function openWithMember() {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const authority = await newAuthority();
  await admit(ledger, 'BankCMSP', 'bank', authority.certificate);
  return { ledger, authority, officer: await someone('BankCMSP', authority) };
}

const reserveAs = (ledger: FakeLedger, person: Person, more: Partial<ReturnType<typeof claim>> = {}) =>
  ledger.submit('reserveClaims', person, { claims: [claim(ledger, '1.00', more)] });

async function refusesAll(ledger: FakeLedger, ...strangers: readonly Person[]): Promise<void> {
  const before = ledger.snapshot();
  for (const stranger of strangers) await refuses(ledger, 'NOT_A_MEMBER', () => reserveAs(ledger, stranger));
  expect(ledger.snapshot()).toEqual(before);
}

describe('a member without a node', () => {
  it('is the one whose authority has issued the certificate, and owns what its people do', async () => {
    const { ledger, officer } = await openWithMember();
    const { answer, reads } = await reserveAs(ledger, officer);
    const [item] = answer.items;
    if (item?.status !== 'reserved') throw new Error('not reserved');
    const registered = [...reads.keys()].filter((key) => /^public\/(member|authority)~/.test(key));
    expect(registered).toEqual([
      expect.stringMatching(/^public\/authority~[0-9a-f]+$/),
      'public/member~BankCMSP',
    ]);
    const { id } = item.claim;
    expect((await ledger.endorse('readClaim', officer, { id })).answer.id).toBe(id);
    const named = { id, owner: 'BankCMSP' };
    expect((await ledger.endorse('readClaim', people.auditor, named)).answer.owner).toBe('BankCMSP');
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => ledger.endorse('readClaim', people.bankA, { id }));
  });

  it('is told from every other one, whoever has the same name there and sends the same key', async () => {
    const { ledger, officer } = await openWithMember();
    const other = await newAuthority();
    await admit(ledger, 'BankDMSP', 'bank', other.certificate);
    const sameName = await someone('BankDMSP', other);
    const key = { idempotencyKey: 'the-same-key-of-both' };
    const items = [];
    for (const person of [officer, sameName])
      items.push(...(await reserveAs(ledger, person, key)).answer.items);
    const ids = items.flatMap((item) => (item.status === 'reserved' ? [item.claim.id] : []));
    expect(new Set(ids).size).toBe(2);
    for (const [index, person] of [sameName, officer].entries())
      await refuses(ledger, 'CLAIM_NOT_FOUND', () =>
        ledger.endorse('readClaim', person, { id: ids[index] ?? '' }),
      );
  });

  it('is nobody whose authority only bears its name and key identifier', async () => {
    const { ledger, authority } = await openWithMember();
    const { name, keyIdentifier } = authority;
    const forger = await newAuthority({ name, keyIdentifier });
    const neighbour = await newAuthority();
    await admit(ledger, 'BankDMSP', 'bank', neighbour.certificate);
    await refusesAll(
      ledger,
      await someone('BankCMSP', forger),
      await someone('BankCMSP', neighbour, keyIdentifier),
    );
  });

  it('is nobody of an unknown authority, of an intermediate, an authority itself, or who comes under its own name', async () => {
    const { ledger, authority } = await openWithMember();
    const below = await newAuthority({ issuer: authority });
    const posing = await newAuthority({ issuer: authority, keyIdentifier: authority.keyIdentifier });
    await refusesAll(
      ledger,
      await someone('BankCMSP', await newAuthority()),
      await someone('BankCMSP', below),
      await someone('BankCMSP', posing),
      { ...people.bankA, certificate: authority.certificate },
      { ...people.bankA, certificate: 'no certificate' },
      { ...people.bankA, mspId: 'BankCMSP' },
    );
  });

  it('does nothing new once it is suspended, and reads on', async () => {
    const { ledger, officer } = await openWithMember();
    const { answer } = await reserveAs(ledger, officer);
    const [item] = answer.items;
    if (item?.status !== 'reserved') throw new Error('not reserved');
    const suspended: Input<'changeMember'> = {
      id: 'BankCMSP',
      title: 'BankCMSP',
      kind: 'bank',
      state: 'suspended',
    };
    for (const person of [tax, customs]) await ledger.submit('changeMember', person, suspended);
    await refuses(ledger, 'MEMBER_SUSPENDED', () => reserveAs(ledger, officer));
    expect((await ledger.endorse('readClaim', officer, { id: item.claim.id })).answer.id).toBe(item.claim.id);
    for (const person of [tax, customs])
      await ledger.submit('changeMember', person, { ...suspended, state: 'admitted' });
    expect((await reserveAs(ledger, officer)).answer.items).toMatchObject([{ status: 'reserved' }]);
  });
});

describe('the authority of a member', () => {
  const admitted = (authority: string): Input<'changeMember'> => ({
    id: 'BankCMSP',
    title: 'BankCMSP',
    kind: 'bank',
    state: 'admitted',
    authority,
  });

  it('counts when two government organisations say the same one, however they have it written', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const [authority, other] = [await newAuthority(), await newAuthority()];
    const officer = await someone('BankCMSP', authority);
    await ledger.submit('changeMember', tax, admitted(authority.certificate));
    await ledger.submit('changeMember', customs, admitted(other.certificate));
    await refusesAll(ledger, officer, await someone('BankCMSP', other));
    const wrapped = `# Bank C\n${authority.certificate.replaceAll('\n', '\r\n')}\r\n\r\n`;
    await ledger.submit('changeMember', tax, admitted(wrapped));
    const { answer } = await ledger.submit('changeMember', customs, admitted(authority.certificate));
    expect(answer).toMatchObject({
      state: 'admitted',
      authority: expect.stringContaining('BEGIN CERTIFICATE') as string,
    });
    await reserveAs(ledger, officer);
  });

  it('is a root with a key identifier that is nobody else’s', async () => {
    const { ledger, authority, officer } = await openWithMember();
    const taken = await newAuthority({ keyIdentifier: authority.keyIdentifier });
    const below = await newAuthority({ issuer: authority });
    const before = ledger.snapshot();
    for (const certificate of [taken.certificate, below.certificate, officer.certificate ?? '', 'nothing']) {
      await refuses(ledger, 'MEMBER_INVALID', () =>
        ledger.submit('changeMember', tax, { ...admitted(certificate), id: 'BankDMSP' }),
      );
    }
    expect(ledger.snapshot()).toEqual(before);
  });

  it('is not given to a member that has a node', async () => {
    const { ledger } = await openWithMember();
    const { certificate } = await newAuthority();
    await refuses(ledger, 'MEMBER_INVALID', () =>
      ledger.submit('changeMember', tax, { ...admitted(certificate), id: 'BankAMSP', title: 'BankAMSP' }),
    );
    await refuses(ledger, 'MEMBER_INVALID', () =>
      ledger.submit('changeMember', tax, { ...admitted(certificate), id: 'MembersMSP' }),
    );
  });

  it('is renewed under its key without anybody noticing, and replaced at once under another', async () => {
    const { ledger, authority, officer } = await openWithMember();
    const replaceBy = async ({ certificate }: Authority) => {
      for (const person of [tax, customs]) await ledger.submit('changeMember', person, admitted(certificate));
    };
    await replaceBy(await newAuthority(authority));
    await reserveAs(ledger, officer);
    const next = await newAuthority();
    await replaceBy(next);
    await refusesAll(ledger, officer);
    await reserveAs(ledger, await someone('BankCMSP', next));
    const before = ledger.snapshot();
    await refuses(ledger, 'MEMBER_INVALID', () =>
      ledger.submit('changeMember', tax, { ...admitted(authority.certificate), id: 'BankDMSP' }),
    );
    expect(ledger.snapshot()).toEqual(before);
  });

  it('is said for the members of the beginning by the regulator', async () => {
    const ledger = new FakeLedger();
    const authority = await newAuthority();
    const initial = (...ids: readonly string[]): Input<'initialise'> => ({
      fingerprintKey: Buffer.alloc(32, 7).toString('base64'),
      members: ids.map((id) => ({ id, title: id, kind: 'bank', authority: authority.certificate })),
    });
    await refuses(ledger, 'MEMBER_INVALID', () =>
      ledger.submit('initialise', people.regulator, initial('BankCMSP', 'BankDMSP')),
    );
    await ledger.submit('initialise', people.regulator, initial('BankCMSP'));
    await record(ledger, declaration());
    await reserveAs(ledger, await someone('BankCMSP', authority));
  });
});
