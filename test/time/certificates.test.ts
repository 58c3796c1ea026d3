import { Client, openSession, signIn } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { organisationOf, type StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { day } from '@pledgeonce/scripts/stack/shifted-consortium.js';
import { placedConsortium } from './placed.js';

const msp = 'BankAMSP';
const own = 'A sentence that nobody guesses';
const patienceMs = 150_000;
/** Two years of a consortium, and a start for each of the days: on a busy machine a start takes minutes. */
const startMs = 600_000;

describe('a person’s certificate', () => {
  const consortium = placedConsortium();
  let stack: StackDescription;

  afterAll(() => consortium.remove(), 60_000);

  const url = () => organisationOf(stack, msp).url;
  const daysFrom = (instant: string) => Math.round((Date.parse(instant) - consortium.now) / day);
  const session = async (id: string, secret: string) => openSession({ url: url() }, id, secret);

  async function personOf(admin: Client, id: string) {
    const found = listAt((await admin.get('/people')).body, 'items').find((one) => one['id'] === id);
    if (found === undefined) throw new Error(`${id} is not among the people`);
    return found;
  }

  /** Invites somebody and accepts for them, so that their secret is the gateway's. */
  async function admitted(admin: Client, id: string): Promise<void> {
    const { status, body } = await admin.post('/people', { id, role: 'viewer' });
    expect(status).toBe(201);
    await accepted(id, textAt(body, 'invitation.code'), own);
  }

  async function accepted(enrolmentId: string, code: string, secret: string): Promise<void> {
    const answer = await new Client(url(), '').post('/invitations/acceptance', { enrolmentId, code, secret });
    expect(answer.status).toBe(204);
  }

  it(
    'day 0: lasts a year, and nobody is warned',
    async () => {
      stack = await consortium.at(0);
      const admin = await signIn(stack, msp, 'admin');
      for (const id of ['comes.often', 'comes.late', 'lost.it']) await admitted(admin, id);
      const { status, body } = await session('comes.often', own);
      expect(status).toBe(201);
      expect(daysFrom(textAt(body, 'certificateEndsAt'))).toBe(365);
      expect(body).not.toHaveProperty('warning');
      expect(await personOf(admin, 'comes.often')).not.toHaveProperty('warning');
    },
    startMs,
  );

  it(
    'day 310: whoever has not come is warned, with an alert; whoever comes has a new one by that',
    async () => {
      stack = await consortium.at(310);
      const admin = await signIn(stack, msp, 'admin');
      const late = await personOf(admin, 'comes.late');
      expect(textAt(late, 'warning')).toMatch(
        /^The certificate ends in 5[45] days\. It is renewed at the next/,
      );
      const alerts = await poll(async () => {
        const { body } = await admin.get('/people/log?alerts=true');
        const ending = listAt(body, 'items').filter(({ kind }) => kind === 'certificate-ending');
        return ending.some(({ person }) => person === 'comes.late') ? ending : undefined;
      }, patienceMs);
      // Each once, however often somebody looks.
      expect(alerts?.filter(({ person }) => person === 'comes.late')).toHaveLength(1);

      const { status, body } = await session('comes.often', own);
      expect(status).toBe(201);
      expect(daysFrom(textAt(body, 'certificateEndsAt'))).toBe(365);
      const token = new Client(url(), textAt(body, 'token'));
      expect((await token.get('/claims')).status).toBe(200);
      expect(await personOf(admin, 'comes.often')).not.toHaveProperty('warning');
    },
    startMs,
  );

  it(
    'day 400: one that has ended is replaced at the sign-in; who lost the secret too is helped by one call of an admin',
    async () => {
      stack = await consortium.at(400);
      const admin = await signIn(stack, msp, 'admin');
      expect(textAt(await personOf(admin, 'comes.late'), 'warning')).toMatch(/^The certificate has ended\./);
      const { status, body } = await session('comes.late', own);
      expect(status).toBe(201);
      expect(daysFrom(textAt(body, 'certificateEndsAt'))).toBe(365);
      expect((await new Client(url(), textAt(body, 'token')).get('/claims')).status).toBe(200);

      expect((await session('lost.it', 'another sentence altogether')).status).toBe(401);
      const invited = await admin.post('/people/lost.it/invitation', {});
      expect(invited.status).toBe(201);
      await accepted('lost.it', textAt(invited.body, 'invitation.code'), 'another sentence altogether');
      const again = await session('lost.it', 'another sentence altogether');
      expect(again.status).toBe(201);
      expect(daysFrom(textAt(again.body, 'certificateEndsAt'))).toBe(365);
      // What the certificate of day 310 signs is taken by the peers.
      expect((await session('comes.often', own)).status).toBe(201);
    },
    startMs,
  );
});
