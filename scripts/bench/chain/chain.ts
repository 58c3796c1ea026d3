import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '../../rest/client.js';
import { textAt } from '../../rest/json.js';
import type { StackDescription } from '../../stack/description.js';
import { consortiumFile } from '../../stack/options.js';
import type { Stack } from '../../stack/stack.js';
import { claimOn, Field, succeed } from '../growth/field.js';
import { folderMb, readMemory, type Memory } from './memory.js';

/** What a chain of so many blocks costs those who keep it. */
export interface ChainFigure {
  readonly blocks: number;
  /** How fast the last part of them came, blocks a second. */
  readonly rate: number;
  /** While they came. */
  readonly memory: Memory;
  /** From nothing running to everybody ready, seconds. */
  readonly startSeconds: number;
  /** And directly after that start. */
  readonly memoryAfterStart: Memory;
  /** The evidence of the first claim: milliseconds to collect it, and its size in kilobytes. */
  readonly evidenceMs: number;
  readonly evidenceKb: number;
  readonly diskMb: number;
}

/** At how many places of the chain it is looked at. */
const places = 4;

/** How many papers of each authority are on their way at once. */
const lanes = 8;

/** Who records papers of their own, one in each request, so that each paper is a block. */
const authorities = [
  { msp: 'CustomsMSP', more: { type: 'customs-declaration' } },
  { msp: 'TaxMSP', more: { type: 'tax-invoice' } },
  { msp: 'CarrierMSP', more: { type: 'bill-of-lading', transport: { to: 'Rotterdam' } } },
] as const;

/** Describes the consortium with one transaction in each block; returns the file. */
export function describeShortBlocks(folder: string): string {
  const whole = parse(readFileSync(consortiumFile, 'utf8')) as { readonly blocks: object };
  const file = join(folder, 'short-blocks.yaml');
  writeFileSync(file, stringify({ ...whole, blocks: { ...whole.blocks, maxMessages: 1 } }));
  return file;
}

/**
 * Lets a chain grow to so many blocks, and looks at it on the way: is a long one slower to add to, to start from, to keep
 * in memory, or to prove something from?
 *
 * @param start starts the consortium, on what is on disk; it is stopped and started again at each look.
 */
export async function measureChain(
  blocks: number,
  start: () => Promise<Stack>,
  report: (line: string) => void,
): Promise<readonly ChainFigure[]> {
  let stack = await start();
  try {
    const claim = await firstClaim(new Field(stack.description));
    const figures: ChainFigure[] = [];
    for (let place = 1; place <= places; place++) {
      const until = Math.round((blocks * place) / places);
      const { height, rate } = await growTo(stack.description, until, report);
      const memory = readMemory(stack.description);
      await stack.stop();
      const begun = performance.now();
      stack = await start();
      const startSeconds = (performance.now() - begun) / 1000;
      const memoryAfterStart = readMemory(stack.description);
      const evidence = await collect(stack.description, claim);
      const diskMb = folderMb(stack.description.state);
      const figure = { blocks: height, rate, memory, startSeconds, memoryAfterStart, ...evidence, diskMb };
      figures.push(figure);
      // A long run that is interrupted has told what it saw until then.
      report(lineOf(figure));
    }
    return figures;
  } finally {
    await stack.stop();
  }
}

function lineOf({
  blocks,
  rate,
  startSeconds,
  memoryAfterStart,
  evidenceMs,
  evidenceKb,
  diskMb,
}: ChainFigure): string {
  const { network, gateways } = memoryAfterStart;
  return [
    `${blocks} blocks at ${rate.toFixed(0)} a second: started in ${startSeconds.toFixed(1)} s`,
    `${network.toFixed(0)} MB network, ${gateways.toFixed(0)} MB gateways`,
    `evidence ${evidenceMs.toFixed(0)} ms, ${evidenceKb.toFixed(0)} kB, disk ${diskMb.toFixed(0)} MB`,
  ].join('; ');
}

async function firstClaim(field: Field): Promise<string> {
  const fact = field.declaration(field.seller());
  await field.record('CustomsMSP', [fact]);
  return textAt(await succeed(await field.person('BankAMSP'), '/claims', claimOn([fact], '1.00'), 201), 'id');
}

async function growTo(
  stack: StackDescription,
  blocks: number,
  report: (line: string) => void,
): Promise<{ readonly height: number; readonly rate: number }> {
  const field = new Field(stack);
  const people = await Promise.all(
    authorities.map(async ({ msp, more }) => ({ person: await field.person(msp), more })),
  );
  const reader = await field.person('RegulatorMSP', 'auditor');
  const [first, begun] = [await heightOf(reader), performance.now()];
  let height = first;
  let told = performance.now();
  while (height < blocks) {
    const each = Math.min(20, Math.ceil((blocks - height) / (people.length * lanes)));
    await Promise.all(
      people.flatMap(({ person, more }) =>
        Array.from({ length: lanes }, () => recordEach(field, person, more, each)),
      ),
    );
    height = await heightOf(reader);
    if (performance.now() - told > 10_000) {
      told = performance.now();
      report(`  ${height} of ${blocks} blocks`);
    }
  }
  return { height, rate: (height - first) / ((performance.now() - begun) / 1000) };
}

async function recordEach(
  field: Field,
  person: Client,
  more: Partial<FactInput>,
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    await succeed(person, '/facts', field.declaration(field.seller(), more), 201);
  }
}

/** Of how many blocks the regulator's lists speak. */
async function heightOf({ url, token }: Client): Promise<number> {
  const response = await fetch(`${url}/api/v1/claims?limit=1`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  await response.text();
  return Number(response.headers.get('Ledger-Height'));
}

async function collect(
  stack: StackDescription,
  claim: string,
): Promise<Pick<ChainFigure, 'evidenceMs' | 'evidenceKb'>> {
  const { url, token } = await new Field(stack).person('RegulatorMSP', 'auditor');
  const begun = performance.now();
  const response = await fetch(`${url}/api/v1/audit/evidence/claims/${claim}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`No evidence: ${response.status} ${text.slice(0, 300)}`);
  return { evidenceMs: performance.now() - begun, evidenceKb: text.length / 1024 };
}
