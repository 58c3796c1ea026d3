import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { problemTable } from '../api/errors.js';
import { Metrics } from '../metrics.js';
import { watchGateway } from './watch-gateway.js';
import type { WatchedParts } from './watch-gateway.js';

const folder = join(import.meta.dirname, '..', '..', 'observe');
const rulesFile = join(folder, 'pledgeonce.rules.yaml');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const promtool = (...args: string[]) => spawnSync('promtool', args, { encoding: 'utf8', cwd: folder });
const hasPromtool = promtool('--version').status === 0;

const dashboard = z
  .object({
    panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
  })
  .parse(JSON.parse(read('dashboard.json')));
const rules = z
  .object({
    groups: z.array(
      z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string(), labels: z.object({}) })) }),
    ),
  })
  .parse(parse(readFileSync(rulesFile, 'utf8')))
  .groups.flatMap((group) => group.rules);

/** What a gateway answers at `/metrics`, with something in every figure. */
async function answered(): Promise<string> {
  const metrics = new Metrics('BankAMSP', () => 0);
  const parts = {
    metrics,
    latestBlock: () => 41,
    outbox: { countOpen: () => Promise.resolve(2) },
    webhooks: {
      all: [{ id: 'one' }],
      deliveriesOf: () => [{ nextAt: 'soon' }, {}],
    },
    ends: () => Promise.resolve([{ name: 'door', endsAt: Date.now() + 10 * 86_400_000 }]),
  } as unknown as WatchedParts;
  watchGateway(parts);
  metrics.refused('EXCEEDS_BALANCE');
  metrics.took('endorse', 0.2);
  return metrics.text();
}

describe('what operators watch', () => {
  it('has height, queues, ends of certificates, refusals and times', async () => {
    const text = await answered();
    expect(text).toContain('pledgeonce_chain_height{msp="BankAMSP"} 42');
    expect(text).toContain('pledgeonce_queue_depth{queue="transactions",msp="BankAMSP"} 2');
    expect(text).toContain('pledgeonce_queue_depth{queue="webhooks",msp="BankAMSP"} 1');
    expect(text).toContain('pledgeonce_queue_depth{queue="dead-letters",msp="BankAMSP"} 1');
    expect(text).toMatch(/pledgeonce_certificate_days_left\{certificate="door",msp="BankAMSP"\} (9\.9|10)/);
    expect(text).toContain('pledgeonce_refusals_total{code="EXCEEDS_BALANCE",msp="BankAMSP"} 1');
    expect(text).toContain('pledgeonce_transaction_seconds_count{msp="BankAMSP",step="endorse"} 1');
  });

  it('is named in rules and dashboard as the gateway names it', async () => {
    const described = [...(await answered()).matchAll(/^# TYPE (\S+) (\w+)/gm)];
    const offered = new Set(
      described.flatMap(([, name = '', type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
    );
    const panels = dashboard.panels.flatMap(({ targets }) => targets);
    const named = [...rules, ...panels].flatMap(
      ({ expr }) => expr.match(/\b(?:pledgeonce|process|nodejs)_\w+/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((name) => !offered.has(name))).toEqual([]);
    // And the other way round: nobody has to find out by themselves what there is to see.
    const all = described.map(([, name = '']) => name).filter((name) => name.startsWith('pledgeonce_'));
    const text = [...rules, ...panels].map(({ expr }) => expr).join('\n');
    const unseen = all.filter((name) => !text.includes(name));
    expect(unseen).toEqual([
      'pledgeonce_event_streams',
      'pledgeonce_transaction_retries_total',
      'pledgeonce_endorser_pairs_total',
      'pledgeonce_swept_claims_total',
      'pledgeonce_projection_lag_blocks',
    ]);
  });

  it('alerts by codes that there are', () => {
    const codes = rules.flatMap(({ expr }) =>
      [...expr.matchAll(/code=~"([^"]+)"/g)].flatMap(([, one = '']) => one.split('|')),
    );
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => !Object.hasOwn(problemTable, code))).toEqual([]);
  });

  it('is told of in the guide, alert by alert', () => {
    const guide = readFileSync(join(folder, '..', '..', 'docs', 'operators', 'observe.md'), 'utf8');
    expect(rules.filter(({ alert }) => !guide.includes(`\`${alert}\``)).map(({ alert }) => alert)).toEqual(
      [],
    );
  });
});

(hasPromtool ? describe : describe.skip)('the alert rules (needs promtool)', () => {
  it('are taken by promtool, and say what they should', () => {
    const check = promtool('check', 'rules', rulesFile);
    expect([check.status, check.stderr]).toEqual([0, '']);
    const test = promtool('test', 'rules', join(folder, 'pledgeonce.rules.test.yaml'));
    expect(test.stdout + test.stderr).toContain('SUCCESS');
    expect(test.status).toBe(0);
  });
});
