import { Client, type Answer, type Method } from '@pledgeonce/scripts/rest/client.js';
import { Neighbour } from '@pledgeonce/scripts/rest/neighbour.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { consortium } from '../../acceptance/support/consortium.js';
import type { SecretBook, Unmistakable } from './secrets.js';

/** One request of a run, and who sends it. */
export interface Sent {
  readonly msp: string;
  readonly by?: string;
  readonly method?: Method;
  readonly path: string;
  readonly body?: object;
  readonly status?: number;
}

/** The people of a run: each signs in once, and what opens their sessions is remembered as nobody's. */
export class People {
  readonly #clients = new Map<string, Promise<Client>>();

  constructor(
    readonly book: SecretBook,
    readonly chance: Unmistakable,
  ) {}

  async client(msp: string, id: string): Promise<Client> {
    const name = `${msp}/${id}`;
    const client =
      this.#clients.get(name) ??
      Neighbour.signIn(consortium(), msp, id).then((signedIn) => {
        this.book.keep('token of a session', signedIn.token);
        return signedIn;
      });
    this.#clients.set(name, client);
    return client;
  }

  /** @throws Error when it is not answered as it has to be. */
  async send({ msp, by = 'officer', method = 'POST', path, body, status = 201 }: Sent): Promise<Answer> {
    const client = await this.client(msp, by);
    const idempotencyKey = this.book.keep('idempotency key', `KEY-${this.chance.word()}`, { bank: msp });
    const answer = await client.request(method, path, { body, idempotencyKey });
    if (answer.status !== status) {
      throw new Error(`${path} of ${msp}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }

  /** An admin invites somebody, who makes a secret of their own and signs in. */
  async admit(msp: string): Promise<void> {
    const { url } = await this.client(msp, 'admin');
    const id = this.book.keep('person of an organisation', `p${this.chance.word().toLowerCase()}`, {
      bank: msp,
    });
    const invited = await this.send({ msp, by: 'admin', path: '/people', body: { id, role: 'officer' } });
    const code = this.book.keep('code of an invitation', textAt(invited.body, 'invitation.code'));
    const secret = this.book.keep('secret of a person', `Own-${this.chance.word()}`);
    const anonymous = new Client(url, '');
    const accepted = await anonymous.post('/invitations/acceptance', { enrolmentId: id, code, secret });
    if (accepted.status !== 204) throw new Error(`Not accepted: ${JSON.stringify(accepted.body)}`);
    const session = await anonymous.post('/sessions', { enrolmentId: id, secret });
    this.book.keep('token of a session', textAt(session.body, 'token'));
  }
}
