import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Member } from '@pledgeonce/chaincode/members/api.js';
import type { OrganisationKind } from '@pledgeonce/chaincode/roles.js';
import { CursorError } from './conditions.js';
import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';

const since = '2026-11-01T00:00:00.000Z';
const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  title: id,
  kind: 'bank',
  state: 'admitted',
  since,
  ...more,
});
const proposed = (state: 'admitted' | 'suspended', ...by: string[]): Pick<Member, 'proposed'> => ({
  proposed: { title: 'Bank', kind: 'bank', state, by, at: since },
});

describe('the register of members', () => {
  let certificate: string;
  let folder: string;
  let open: Projection[];
  beforeAll(async () => {
    certificate = await certificateOf('anna');
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-register-'));
    open = [];
  });
  afterEach(async () => {
    for (const one of open) one.close();
    await rm(folder, { recursive: true, maxRetries: 5, retryDelay: 200 });
  });

  function projectionOf(mspId: string, kind: OrganisationKind, government: boolean): Projection {
    const projection = new Projection(join(folder, `${mspId}.sqlite`), { mspId, kind, government });
    open.push(projection);
    return projection;
  }

  function apply(projection: Projection, ...registered: readonly Member[]): void {
    const number = projection.nextBlock;
    const transaction = {
      transactionId: `tx-${number}`,
      position: 0,
      time: since,
      mspId: 'TaxMSP',
      certificate,
      code: 0,
      event: undefined,
      registered,
      hashes: [],
      values: [],
    };
    const hash = number.toString(16).padStart(64, '0');
    projection.apply({ number, hash, transactions: [transaction], malformed: [] });
  }

  const idsOf = ({ items }: { readonly items: readonly Member[] }) => items.map(({ id }) => id);

  it('is listed as it stands, in the order in which members came onto it, page by page', () => {
    const projection = projectionOf('BankAMSP', 'bank', false);
    apply(projection, member('BankAMSP'), member('InsurerMSP', { kind: 'insurer' }));
    apply(projection, { id: 'NewMSP', title: 'New', kind: 'bank', ...proposed('admitted', 'TaxMSP') });
    apply(projection, member('BankAMSP', { state: 'suspended' }));
    const list = (filter: object) => projection.members.list({ limit: 10, ...filter });
    expect(idsOf(list({}))).toEqual(['BankAMSP', 'InsurerMSP', 'NewMSP']);
    expect(idsOf(list({ state: 'suspended' }))).toEqual(['BankAMSP']);
    expect(idsOf(list({ state: 'admitted' }))).toEqual(['InsurerMSP']);
    expect(idsOf(list({ kind: 'bank' }))).toEqual(['BankAMSP', 'NewMSP']);
    expect(idsOf(list({ proposed: true }))).toEqual(['NewMSP']);
    expect(idsOf(list({ proposed: false }))).toEqual(['BankAMSP', 'InsurerMSP']);
    const first = list({ limit: 2 });
    expect(idsOf(first)).toEqual(['BankAMSP', 'InsurerMSP']);
    const second = list({ limit: 2, cursor: first.next });
    expect([idsOf(second), second.next]).toEqual([['NewMSP'], undefined]);
    expect(() => list({ cursor: 'x' })).toThrow(CursorError);
  });

  it('has a word that needs a second one wait at the government nodes that have not said it, and nowhere else', () => {
    const waitingAt = (projection: Projection) =>
      projection.inbox
        .list({ role: 'approver', limit: 10, now: since })
        .items.map(({ kind, record, id }) => [kind, record, id]);
    const [tax, customs, bank] = [
      projectionOf('TaxMSP', 'tax', true),
      projectionOf('CustomsMSP', 'customs', true),
      projectionOf('BankAMSP', 'bank', false),
    ];
    const everywhere = (one: Member) => {
      for (const node of [tax, customs, bank]) apply(node, one);
    };
    everywhere({ ...member('BankBMSP'), ...proposed('suspended', 'TaxMSP') });
    const waits = [['member-to-confirm', 'member', 'BankBMSP']];
    expect([tax, customs, bank].map(waitingAt)).toEqual([[], waits, []]);
    // Another word in between takes the place of the first.
    everywhere({ ...member('BankBMSP'), ...proposed('suspended', 'CustomsMSP') });
    expect([tax, customs].map(waitingAt)).toEqual([waits, []]);
    everywhere(member('BankBMSP', { state: 'suspended' }));
    expect([tax, customs].map(waitingAt)).toEqual([[], []]);
    // Whoever cannot say it is not told to.
    everywhere({ ...member('BankBMSP', { state: 'suspended' }), ...proposed('admitted', 'TaxMSP') });
    expect(customs.inbox.list({ role: 'officer', limit: 10, now: since }).items).toEqual([]);
  });
});
