import { randomUUID } from 'node:crypto';
import type { Answer, Client } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { bank, consortium, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { ExtraGateway } from './support/extra-gateway.js';

/** A gateway that gives the network next to no time, so that it often has to answer before it knows. */
const impatient = { submitTimeoutMs: 4, commitTimeoutMs: 1, endorseTimeoutMs: 30_000 };
const attempts = 40;

describe('an outcome that the gateway does not know yet', () => {
  let gateway: ExtraGateway;
  let officer: Client;
  beforeAll(async () => {
    gateway = await ExtraGateway.start(consortium(), 'BankAMSP', impatient);
    officer = await gateway.person('officer');
  }, 120_000);
  afterAll(async () => {
    await gateway.stop();
  });

  it('is answered 202 with a place to ask, never as a failure, and draws once', async () => {
    const fact = declaration({ total: usd('4000.00') });
    await record(await customsOfficer(), fact);
    // This gateway has just started: it may not have heard of the block yet, and would believe nodes that have not either.
    await eventually(async () => at((await verify(officer, fact)).body, 'result') === 'match');
    const body = claim(reference(fact), usd('100.00'));
    let open: { readonly key: string; readonly answer: Answer } | undefined;
    let reserved = 0;
    for (let attempt = 0; attempt < attempts && open === undefined; attempt += 1) {
      const key = randomUUID();
      const answer = await officer.post('/claims', body, key);
      if (![201, 202].includes(answer.status)) throw new Error(JSON.stringify(answer.body));
      if (answer.status === 202) open = { key, answer };
      reserved += 1;
    }
    if (open === undefined) throw new Error('The gateway always knew.');
    const { key, answer } = open;
    expect(answer.body).toMatchObject({ operation: { status: 'pending' } });
    const place = answer.headers.get('location') ?? '';
    expect(place).toBe(`/api/v1/operations/${textAt(answer.body, 'operation.transactionId')}`);

    // A stranger learns nothing there; the person who asked learns the outcome, and the answer that they missed.
    const stranger = await gateway.person('approver');
    const path = place.replace('/api/v1', '');
    expect((await stranger.get(path)).status).toBe(404);
    const settled = await outcomeOf(officer, path);
    let again = await officer.post('/claims', body, key);
    for (let asked = 0; again.status === 202 && asked < attempts; asked += 1) {
      again = await officer.post('/claims', body, key);
    }
    expect(again.status).toBe(201);
    // Pending for ever is what the orderers never had; then the repetition made the claim.
    const told = at(settled, 'status') === 'committed' ? at(settled, 'result') : again.body;
    expect(told).toMatchObject({ id: textAt(again.body, 'id'), amount: usd('100.00'), state: 'reserved' });
    const patient = await bank('A');
    expect((await verify(patient.officer, fact)).body).toMatchObject({ liveDraws: reserved });
  }, 120_000);
});

/** What the operation says once it is decided; still pending when the orderers never had it. */
async function outcomeOf(client: Client, path: string): Promise<unknown> {
  const decided = await poll(async () => {
    const { status, body } = await client.get(path);
    expect(status).toBe(200);
    return body['status'] === 'pending' ? undefined : body;
  }, 6_000);
  return decided ?? { status: 'pending' };
}
