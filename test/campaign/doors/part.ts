import { messageOf } from '@pledgeonce/network/message-of.js';
import { readProfile } from '../../acceptance/support/block-reader.js';
import { bank, consortium, customsOfficer } from '../../acceptance/support/consortium.js';
import { declaration, record, reference, usd } from '../../acceptance/support/documents.js';
import { LedgerClient } from '../../acceptance/support/ledger-client.js';
import { reserve } from '../../acceptance/support/steps.js';
import type { Part } from '../part.js';
import type { Result } from '../results.js';
import type { Seeded } from '../seeded.js';
import { Knocker, type Verdict } from './knock.js';
import { mutated } from './mutate.js';
import { doorsFor, type Door } from './samples.js';

const atOnce = 32;
/** After so many requests it is looked whether everybody still serves. */
const looks = 5_000;

/** Requests that are nearly right at every gRPC door of the network, by somebody with a certificate. */
export const doors: Part = async ({ seeded, milliseconds, report, signal }) => {
  const profile = await readProfile(consortium().discovery);
  const ledger = await LedgerClient.open(consortium(), 'BankBMSP', 'officer');
  const knocker = new Knocker(profile, 'BankBMSP');
  const run = new Run(seeded, await doorsFor(ledger), knocker);
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

  constructor(
    private readonly seeded: Seeded,
    private readonly doors: readonly Door[],
    private readonly knocker: Knocker,
  ) {}

  /** One request, altered before it is signed or after. */
  async knock(): Promise<void> {
    const { seeded } = this;
    const [door, other] = [seeded.pick(this.doors), seeded.pick(this.doors)];
    const isBefore = seeded.below(3) > 0;
    const number = (this.knocks += 1);
    const request = isBefore
      ? await door.signed(mutated(door.content, seeded, other.content))
      : mutated(await door.signed(door.content), seeded, other.content);
    const verdict = await this.knocker.knock(door, Buffer.from(request));
    this.#verdicts.set(verdict, (this.#verdicts.get(verdict) ?? 0) + 1);
    if (verdict === 'DEADLINE_EXCEEDED')
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
        promise: 'No request at a gRPC door ends a program or keeps others from being served',
        unit: 'requests',
        attempts: this.knocks,
        violations: this.#violations,
        note: `${said.join(', ')}; looked ${this.#looks} times`,
      },
    ];
  }
}
