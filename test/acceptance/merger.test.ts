import type { FactInput, PartyId } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import type { JoinedMember } from '@pledgeonce/scripts/stack/join-without-node.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, person } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';
import { ExtraGateway } from './support/extra-gateway.js';
import { LedgerClient } from './support/ledger-client.js';
import { joinAnew } from './support/member-without-node.js';
import { expectRefused } from './support/nothing-written.js';

/** An enterprise without people at the portal: what members that joined later hold is in nobody's export here. */
const firm: PartyId = { scheme: 'USCC', id: '91320500MA1XP7YK3R' };
const paper = () => declaration({ seller: { ...firm, name: 'Suzhou Looms' } });
const lend = (fact: FactInput, amount: string, applicationNumber?: string) =>
  claim(reference(fact), usd(amount), {
    enterprise: firm,
    ...(applicationNumber !== undefined && { applicationNumber }),
  });

/** A bank without a node, with its gateway and its people. */
interface Bank {
  readonly member: JoinedMember;
  readonly gateway: ExtraGateway;
  officer: Client;
  approver: Client;
}

describe('a bank that is merged into another', () => {
  let reader: BlockReader;
  let approvers: readonly Client[];
  let leaving: Bank;
  let heir: Bank;
  /** Claims of the bank that goes, on a document each: reserved, paid out, paid out to be sold, waiting for a second person. */
  const claims: { readonly id: string; readonly fact: FactInput }[] = [];
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    approvers = [await person('TaxMSP', 'approver'), await person('CustomsMSP', 'approver')];
    [leaving, heir] = [await open(), await open()];
  }, 240_000);
  afterAll(async () => {
    for (const one of [leaving, heir]) await (one as Bank | undefined)?.gateway.stop();
    reader.close();
  });

  const say = async ({ organisation, profile }: JoinedMember, word: object) => {
    const entry = { id: organisation.msp, title: organisation.title, kind: 'bank', ...word };
    for (const approver of approvers) {
      const authority = profile.rootCerts;
      expect((await approver.post('/registry/members', { authority, ...entry })).status).toBe(201);
    }
    await reader.everyPeerHasAll();
  };

  async function open(): Promise<Bank> {
    const stack = consortium();
    const member = await joinAnew(stack);
    await say(member, { state: 'admitted' });
    const gateway = await ExtraGateway.start(member.stack, member.organisation.msp, {});
    return {
      member,
      gateway,
      officer: await gateway.person('officer'),
      approver: await gateway.person('approver'),
    };
  }

  async function reserved({ officer }: Bank, amount: string, applicationNumber?: string) {
    const fact = paper();
    await record(await customsOfficer(), fact);
    await reader.everyPeerHasAll();
    const answer = await officer.post('/claims', lend(fact, amount, applicationNumber));
    expect(answer.status).toBe(201);
    return { id: textAt(answer.body, 'id'), fact };
  }

  async function paidOut(one: Bank, amount: string, applicationNumber?: string) {
    const made = await reserved(one, amount, applicationNumber);
    expect((await one.approver.post(`/claims/${made.id}/acceptance`, {})).status).toBe(200);
    expect((await one.officer.post(`/claims/${made.id}/disbursement`, {})).status).toBe(200);
    return made;
  }

  const listed = async (client: Client) =>
    listAt((await client.get('/claims?limit=100')).body, 'items').map((one) => textAt(one, 'id'));

  it('has claims and people until two government organisations say that it is removed', async () => {
    claims.push(
      await reserved(leaving, '100.00', 'LN-1'),
      await paidOut(leaving, '200.00'),
      await paidOut(leaving, '300.00'),
      await paidOut(leaving, '400.00'),
    );
    const proposal = { reason: 'It will not come back.' };
    const proposed = await leaving.officer.post(`/claims/${claims[3]?.id ?? ''}/write-off`, proposal);
    expect(proposed.body).toMatchObject({ awaiting: { step: 'write-off' } });
    const own = await reserved(heir, '50.00', 'LN-1');
    const before = (await verify(heir.officer, claims[1]?.fact ?? paper())).body;
    expect(before).toMatchObject({ remaining: usd('800.00'), liveDraws: 1 });
    expect((await heir.officer.get(`/claims/${claims[1]?.id ?? ''}`)).status).toBe(404);

    const { msp: successor } = heir.member.organisation;
    // Killed while it takes over, it goes on where it was.
    const filling = poll(
      async () => {
        const item = await succession(heir.officer);
        return item === undefined
          ? undefined
          : { blocks: Number(at(item, 'takenOver.blocks')), of: Number(at(item, 'takenOver.of')) };
      },
      60_000,
      10,
    );
    const removed = say(leaving.member, { state: 'removed', successor });
    const reached = await filling;
    await heir.gateway.killAndRestart();
    await removed;
    expect(reached?.blocks).toBeLessThan(reached?.of ?? 0);
    [heir.officer, heir.approver] = [
      await heir.gateway.person('officer'),
      await heir.gateway.person('approver'),
    ];
    const after = (await verify(heir.officer, claims[1]?.fact ?? paper())).body;
    expect({ ...after, ...untold }).toEqual({ ...before, ...untold });
    const taken = await poll(async () => {
      const item = await succession(heir.officer);
      const [blocks, of] = [at(item, 'takenOver.blocks'), at(item, 'takenOver.of')];
      return typeof of === 'number' && blocks === of ? of : undefined;
    }, 60_000);
    expect(taken).toBeGreaterThan(0);
    const ids = await listed(heir.officer);
    expect(ids.toSorted()).toEqual([own.id, ...claims.map(({ id }) => id)].toSorted());
  }, 240_000);

  /** What differs between two answers to one question. */
  const untold = { id: undefined, at: undefined, transactionId: undefined, evidence: undefined };

  async function succession(client: Client): Promise<unknown> {
    const { body } = await client.get('/registry/successions');
    return listAt(body, 'items').find((one) => at(one, 'member') === leaving.member.organisation.msp);
  }

  it('lets its people do nothing and read nothing any more', async () => {
    const removed = { status: 403, code: 'MEMBER_REMOVED' };
    const fact = paper();
    await record(await customsOfficer(), fact);
    await expectRefused(reader, () => leaving.officer.post('/claims', lend(fact, '1.00')), removed);
    await expectRefused(reader, () => leaving.officer.get('/claims'), removed);
    await expectRefused(reader, () => leaving.officer.get(`/claims/${claims[0]?.id ?? ''}`), removed);
    const clerk = await LedgerClient.open(
      leaving.member.stack,
      leaving.member.organisation.msp,
      'officer',
      'TaxMSP',
    );
    const asked = await clerk.propose('readClaim', { id: claims[0]?.id });
    expect(await clerk.refusalOf(asked.evaluate())).toBe('MEMBER_REMOVED');
    clerk.close();
  }, 120_000);

  it('is followed by its successor: reserved is released, paid out is repaid and sold, what waits is confirmed', async () => {
    const [waits, loan, sold, doubtful] = claims.map(({ id }) => `/claims/${id}`);
    const inbox = listAt((await heir.approver.get('/inbox?limit=100')).body, 'items');
    expect(inbox.map((one) => at(one, 'id'))).toEqual(expect.arrayContaining([claims[0]?.id, claims[3]?.id]));

    const withdrawn = await heir.officer.post(`${waits ?? ''}/withdrawal`, {
      reason: 'The firm went elsewhere.',
    });
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', owner: leaving.member.organisation.msp });
    await reader.everyPeerHasAll();
    const free = await verify(heir.officer, claims[0]?.fact ?? paper());
    expect(free.body).toMatchObject({ remaining: usd('1000.00'), liveDraws: 0 });

    const repayment = { amount: usd('200.00'), source: 'proceeds' };
    const repaid = await heir.officer.post(`${loan ?? ''}/repayments`, repayment, 'merger-repayment-1');
    expect(repaid.body).toMatchObject({ state: 'settled' });
    const again = await heir.officer.post(`${loan ?? ''}/repayments`, repayment, 'merger-repayment-1');
    expect(again.body).toEqual(repaid.body);

    const a = await bank('A');
    expect((await heir.officer.post(`${sold ?? ''}/transfer`, { to: a.msp })).status).toBe(200);
    await reader.everyPeerHasAll();
    const taken = await a.approver.post(`${sold ?? ''}/transfer/acceptance`, {
      applicationNumber: `MERGED-${claims[2]?.id.slice(0, 12) ?? ''}`,
    });
    expect(taken.body).toMatchObject({ owner: a.msp, outstanding: usd('300.00') });

    // Proposed by the officer of the bank that is gone.
    const written = await heir.approver.post(`${doubtful ?? ''}/awaiting/confirmation`, {});
    expect(written.body).toMatchObject({ state: 'written-off' });
    const history = await heir.officer.get(`${doubtful ?? ''}/history`);
    expect(listAt(history.body, 'versions').length).toBeGreaterThan(4);
  }, 120_000);

  it('is not a second bank beside its successor', async () => {
    const { id } = await paidOut(heir, '10.00');
    const { msp } = leaving.member.organisation;
    const offer = () => heir.officer.post(`/claims/${id}/transfer`, { to: msp });
    await expectRefused(reader, offer, { status: 409, code: 'TRANSFER_INVALID' });
    const found = listAt((await heir.officer.get('/claims?applicationNumber=LN-1')).body, 'items');
    expect(found.map((one) => textAt(one, 'owner')).toSorted()).toEqual(
      [msp, heir.member.organisation.msp].toSorted(),
    );
    const portfolio = await heir.officer.get('/portfolio');
    // Its own 50 and 10: what it inherited has been released, repaid, sold and written off.
    expect(
      listAt(portfolio.body, 'byState')
        .map((one) => textAt(one, 'state'))
        .toSorted(),
    ).toEqual(['disbursed', 'reserved']);
  }, 120_000);

  it('is seen by everybody as what it was and who has its holdings', async () => {
    const { msp: holder } = heir.member.organisation;
    for (const client of [await auditor(), await person('EnterpriseMSP', 'exporter-1'), heir.officer]) {
      const seen = await poll(async () => succession(client), 20_000);
      expect(seen).toMatchObject({ member: leaving.member.organisation.msp, successor: holder, holder });
    }
    const seen = await (await auditor()).get(`/claims?owner=${leaving.member.organisation.msp}&limit=100`);
    expect(
      listAt(seen.body, 'items')
        .map((one) => textAt(one, 'id'))
        .toSorted(),
    ).toEqual(claims.map(({ id }) => id).toSorted());
    const own = await heir.officer.get('/sessions/current');
    expect(at(own.body, 'organisation.inherits')).toEqual([leaving.member.organisation.msp]);
  }, 120_000);

  it('stays removed', async () => {
    const { organisation, profile } = leaving.member;
    const word = { id: organisation.msp, title: organisation.title, kind: 'bank', state: 'admitted' };
    for (const approver of approvers)
      await expectRefused(
        reader,
        () => approver.post('/registry/members', { ...word, authority: profile.rootCerts }),
        { status: 422, code: 'MEMBER_INVALID', field: 'state' },
      );
  }, 120_000);
});
