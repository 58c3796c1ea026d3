import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession, Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { startChild, stopChild, type RunningChild } from '@pledgeonce/scripts/stack/child.js';
import {
  organisationOf,
  type OrganisationDescription,
  type StackDescription,
} from '@pledgeonce/scripts/stack/description.js';
import {
  configIn,
  stateIn,
  writeGatewayConfig,
  type Served,
} from '@pledgeonce/scripts/stack/gateway-config.js';

/** For how long a new gateway may read the ledger before it is used. */
const patienceMs = 20_000;

export const gatewayMain = fileURLToPath(import.meta.resolve('@pledgeonce/gateway/bundled/main.js'));

/**
 * A second gateway process of one organisation, with limits of its own: the suite's gateways have none, so that they
 * do not get into the way of the other tests.
 */
export class ExtraGateway {
  #url: string;
  readonly config: string;
  /** Folder of what the gateway keeps. */
  readonly state: string;
  #child: RunningChild;
  readonly #folder: string;
  readonly #people: OrganisationDescription['people'];
  readonly #env: Readonly<Record<string, string>>;

  private constructor(
    url: string,
    child: RunningChild,
    folder: string,
    { msp, people }: OrganisationDescription,
    env: Readonly<Record<string, string>>,
  ) {
    this.#url = url;
    this.config = configIn(folder);
    this.state = stateIn(folder, msp);
    this.#child = child;
    this.#folder = folder;
    this.#people = people;
    this.#env = env;
  }

  static async start(
    stack: StackDescription,
    msp: string,
    limits: Readonly<Record<string, number>>,
    env: Readonly<Record<string, string>> = {},
    more: Omit<Served, 'msp' | 'port'> = {},
    connection: string = stack.discovery,
  ): Promise<ExtraGateway> {
    const organisation = organisationOf(stack, msp);
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-gateway-'));
    const config = writeGatewayConfig(stack, folder, [{ msp, ...more }], { limits, connection });
    const child = await startChild({
      title: `A second gateway of ${organisation.name}`,
      script: gatewayMain,
      args: ['--config', config],
      logFile: join(folder, 'gateway.log'),
      env,
    });
    const url = textAt(listAt(child.ready, 'organisations')[0], 'url');
    // Lists are not served before they are current; a gateway that was cut off on purpose never is.
    await poll(async () => {
      const ready = (await (await fetch(`${url}/readyz`)).json()) as { checks?: { projection?: boolean } };
      return ready.checks?.projection === true ? true : undefined;
    }, patienceMs);
    return new ExtraGateway(url, child, folder, organisation, env);
  }

  get url(): string {
    return this.#url;
  }

  /** Takes away the certificates that the gateway itself acts with, as on a disk that was lost in part. */
  forgetServices(): void {
    rmSync(join(this.state, 'service'), { recursive: true, force: true });
  }

  /** Ends the process without a word, and starts it again on what it left. */
  async killAndRestart(): Promise<void> {
    const { process: child } = this.#child;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.#child = await startChild({
      title: 'The second gateway, again',
      script: gatewayMain,
      args: ['--config', this.config],
      logFile: join(this.#folder, 'gateway.log'),
      env: this.#env,
    });
    this.#url = textAt(listAt(this.#child.ready, 'organisations')[0], 'url');
  }

  /** A development person, signed in here. @throws Error when they are refused. */
  async person(who: string): Promise<Client> {
    const person = this.#people.find(({ id }) => id === who);
    const { status, body } = await openSession(this, who, person?.secret ?? '');
    if (status !== 201) throw new Error(`Not signed in: ${JSON.stringify(body)}`);
    return new Client(this.url, textAt(body, 'token'));
  }

  async stop(): Promise<void> {
    await stopChild(this.#child.process);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
