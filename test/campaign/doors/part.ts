import { messageOf } from '@pledgeonce/network/message-of.js';
import { readProfile } from '../../acceptance/support/block-reader.js';
import { bank, consortium, customsOfficer } from '../../acceptance/support/consortium.js';
import { declaration, record, reference, usd } from '../../acceptance/support/documents.js';
import { LedgerClient } from '../../acceptance/support/ledger-client.js';
import { reserve } from '../../acceptance/support/steps.js';
import { chaincodeAddresses } from '../../faults/embedded/processes.js';
import type { Part } from '../part.js';
import type { Result } from '../results.js';
import type { Seeded } from '../seeded.js';
import { faultVerdict, Knocker, type Verdict } from './knock.js';
import { mutated } from './mutate.js';
import { chaincodePlace } from './chaincode-doors.js';
import type { Door } from './door.js';
import { doorsFor } from './samples.js';

const atOnce = 128;
/** How often it is knocked where: the doors that most can knock at are knocked at most. */
const places: readonly Door['at'][] = [
  ...(['peer', 'peer', 'peer', 'peer', 'peer', 'orderer', 'orderer', 'orderer'] as const),
  ...(['chaincode', 'authority'] as const),
];
/** After so many requests it is looked whether everybody still serves. */
const looks = 5_000;

/** Requests that are nearly right at every door of the network, by whoever of a member can knock there. */
export const doors: Part = async ({ seeded, milliseconds, report, signal }) => {
  const profile = await readProfile(consortium().discovery);
  const ledger = await LedgerClient.open(consortium(), 'BankBMSP', 'officer');
  const organisation = profile.organisations.find(({ mspId }) => mspId === ledger.member.mspId);
  if (organisation === undefined) throw new Error(`There is no ${ledger.member.mspId}.`);
  const knocker = new Knocker(profile, organisation, chaincodePlace('CustomsMSP', organisation.mspId));
  const run = new Run(seeded, await doorsFor(ledger, organisation), knocker);
  const until = Date.now() + milliseconds;
  try {
    while (Date.now() < until && !signal.aborted) {
      const from = run.knocks;
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          while (run.knocks - from < looks && Date.now() < until && !signal.aborted) await run.knock();
        }),
      );
      await run.look();
      report(`${run.knocks} requests at the doors`);
    }
  } finally {
    knocker.close();
    ledger.close();
  }
  return run.results();
};

class Run {
  knocks = 0;
  readonly #verdicts = new Map<Verdict, number>();
  readonly #violations: string[] = [];
  #looks = 0;
  readonly #programs = JSON.stringify(consortium().processes);
  #chaincode = chaincodeServers();
  #ended = 0;

  constructor(
    private readonly seeded: Seeded,
    private readonly doors: readonly Door[],
    private readonly knocker: Knocker,
  ) {}

  /** One request, altered before it is signed or after. */
  async knock(): Promise<void> {
    const { seeded } = this;
    const [at, other] = [seeded.pick(places), seeded.pick(this.doors)];
    const door = seeded.pick(this.doors.filter((one) => one.at === at));
    const isBefore = seeded.below(3) > 0;
    const number = (this.knocks += 1);
    const request = isBefore
      ? await door.signed(mutated(door.content, seeded, other.content))
      : mutated(await door.signed(door.content), seeded, other.content);
    const verdict = await this.knocker.knock(door, Buffer.from(request));
    this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
    if (verdict === 'DEADLINE_EXCEEDED' || verdict === faultVerdict)
      this.#violations.push(
        `${door.method} ${verdict} at request ${number}: ${Buffer.from(request).toString('base64')}`,
      );
  }

  /** Every program is the one that it was, and a claim goes its way. */
  async look(): Promise<void> {
    this.#looks += 1;
    const now = JSON.stringify(consortium().processes);
    if (now !== this.#programs)
      this.#violations.push(`by request ${this.knocks} a program had ended: ${now}`);
    // At a message of an unknown kind Fabric's own shim ends its process, for it trusts the peer; another is started.
    const chaincode = chaincodeServers();
    this.#ended += chaincode.filter((one) => !this.#chaincode.includes(one)).length;
    this.#chaincode = chaincode;
    try {
      const fact = declaration();
      await record(await customsOfficer(), fact);
      await reserve(await bank('A'), reference(fact), usd('10.00'));
    } catch (error) {
      this.#violations.push(`by request ${this.knocks}: ${messageOf(error)}`);
    }
  }

  results(): readonly Result[] {
    const said = [...this.#verdicts]
      .sort((a, b) => b[1] - a[1])
      .map(([verdict, count]) => `${count} ${verdict}`);
    return [
      {
        promise: 'No request at a door of the network ends a program or keeps others from being served',
        unit: 'requests',
        attempts: this.knocks,
        violations: this.#violations,
        note: `${said.join(', ')}; looked ${this.#looks} times; ${this.#ended} times a chaincode server had been ended by a peer’s message`,
      },
    ];
  }
}

function chaincodeServers(): readonly number[] {
  return [...chaincodeAddresses(consortium().processes.network ?? -1).keys()];
}
