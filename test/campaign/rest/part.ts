import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eachAtOnce } from '@pledgeonce/gateway/api/each-at-once.js';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { z } from 'zod';
import { consortium } from '../../acceptance/support/consortium.js';
import type { Part, Setting } from '../part.js';

/** Less is spent on getting to know the description than on using it. */
const leastSeconds = 30;
/** Drawing keeps one core busy, and answering what was drawn less than the other. */
const atOnce = 2;

/** What of schemathesis' report is read. */
const reportSchema = z.object({
  test_cases: z.object({ generated: z.number() }),
  failures: z.array(z.unknown()),
  errors: z.array(z.object({ title: z.string(), count: z.number() })),
});
/** Where the program could not make up a request, and so sent none. */
const itsOwn = 'Runtime Error';

/** Requests drawn from the description of the API, as two people at a time: none may be answered with a fault of ours. */
export const rest: Part = async (setting) => {
  const promise = 'No request to the API is answered with a fault of ours';
  const whyNot = whyNoSchemathesis();
  if (whyNot !== undefined) return [{ promise, unit: 'requests', attempts: 0, violations: [], note: whyNot }];
  const visitors = visitorsFor(setting);
  const seconds = Math.max(
    leastSeconds,
    Math.floor((setting.milliseconds / 1000) * (atOnce / visitors.length)),
  );
  const found = { attempts: 0, violations: [] as string[], people: 0, givenUp: 0 };
  await eachAtOnce(visitors, atOnce, async (visitor) => {
    if (setting.signal.aborted) return;
    const drawn = await drawnAs(visitor, seconds, setting).catch((error: unknown) => {
      // Whoever is cut short by Ctrl-C has no report; those before are kept.
      if (!setting.signal.aborted) throw error;
    });
    if (drawn === undefined) return;
    const who = `${visitor.id} of ${visitor.msp}`;
    found.people += 1;
    found.attempts += drawn.attempts;
    found.givenUp += drawn.givenUp;
    found.violations.push(...drawn.violations.map((one) => `as ${who}: ${one}`));
    setting.report(`${found.attempts} requests, last as ${who}`);
  });
  return [
    {
      promise,
      unit: 'requests',
      attempts: found.attempts,
      violations: found.violations,
      note: `as ${found.people} people${found.givenUp > 0 ? `; ${found.givenUp} times schemathesis could not make up a request` : ''}`,
    },
  ];
};

/** Somebody of the consortium, and what chance begins with for them. */
interface Visitor {
  readonly msp: string;
  readonly id: string;
  readonly seed: number;
}

/** As many people, in an order of chance, as there is time for. */
function visitorsFor({ seeded, milliseconds }: Setting): readonly Visitor[] {
  const people = consortium().organisations.flatMap(({ msp, people: own }) =>
    own.map(({ id }) => ({ msp, id })),
  );
  const count = Math.max(1, Math.floor((milliseconds / 1000 / leastSeconds) * atOnce));
  const order = people.map((person) => ({ ...person, seed: seeded.below(1_000_000) }));
  return order.sort((one, other) => one.seed - other.seed).slice(0, count);
}

/** Why schemathesis cannot be used here; undefined where it can. */
function whyNoSchemathesis(): string | undefined {
  try {
    execFileSync('schemathesis', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'It needs schemathesis, a program of Python, on PATH.';
  }
}

async function drawnAs({ msp, id, seed }: Visitor, seconds: number, { folder, signal }: Setting) {
  const client = await signIn(consortium(), msp, id);
  const place = mkdtempSync(join(folder, 'schemathesis-'));
  const reportFile = join(place, 'report.json');
  const configFile = join(place, 'schemathesis.toml');
  // The token travels in the environment: a command's arguments are for everybody on the machine to read.
  writeFileSync(configFile, 'headers = { Authorization = "Bearer ${PLEDGEONCE_TOKEN}" }\n');
  try {
    const child = spawn(
      'schemathesis',
      [
        ...['--config-file', configFile, 'run', `${client.url}/openapi.json`],
        ...['--max-time', String(seconds), '--seed', String(seed), '--workers', '2'],
        ...['--checks', 'not_a_server_error', '--continue-on-failure', '--no-shrink'],
        // Whoever signs out asks nothing any more.
        ...['--exclude-path-regex', '/sessions'],
        ...['--report', 'json', '--report-json-path', reportFile],
      ],
      {
        cwd: place,
        stdio: ['ignore', 'pipe', 'ignore'],
        signal,
        env: { ...process.env, PLEDGEONCE_TOKEN: client.token },
      },
    );
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const report = reportSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
    const { failures, errors } = report;
    const isBroken = failures.length > 0 || errors.some(({ title }) => title !== itsOwn);
    const givenUp = errors.filter(({ title }) => title === itsOwn).reduce((sum, { count }) => sum + count, 0);
    return {
      attempts: report.test_cases.generated,
      violations: isBroken ? [endOf(said)] : [],
      givenUp,
    };
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** What it says of failures and errors, with the requests that make them come again. */
function endOf(said: string): string {
  const at = said.search(/^=+ (?:FAILURES|ERRORS) =+$/m);
  return said.slice(Math.max(0, at));
}
