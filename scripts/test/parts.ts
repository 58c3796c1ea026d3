import { join } from 'node:path';
import { projectRoot, type NetworkName } from '../stack/options.js';

/** One part of the tests, as a person asks for it. */
export interface Part {
  readonly name: string;
  /** What it runs on; undefined for what needs no network. */
  readonly network?: NetworkName;
  readonly command: readonly string[];
  /** Runs some of its files only; undefined for what has no files. */
  readonly only?: (files: readonly string[]) => readonly string[];
}

const node = (script: string, ...args: readonly string[]) => [
  process.execPath,
  join(projectRoot, script),
  ...args,
];
const jest = [
  ...[process.execPath, '--experimental-vm-modules', '--no-warnings'],
  join(projectRoot, 'node_modules/jest/bin/jest.js'),
];

/** A part whose command takes patterns of files, after an option where that is its way. */
function filed(command: readonly string[], ...option: readonly string[]): Pick<Part, 'command' | 'only'> {
  return { command, only: (files) => [...command, ...option, ...files] };
}

/** What needs no network, in the order in which it runs. */
const alone: readonly Part[] = [
  { name: 'lint', command: node('node_modules/eslint/bin/eslint.js', '.') },
  { name: 'structure', command: node('scripts/dist/structure/main.js') },
  {
    name: 'spelling',
    command: node(
      'node_modules/cspell/bin.mjs',
      '--no-progress',
      '--quiet',
      '**/*.md',
      '**/*.{ts,tsx,cts,mjs}',
    ),
  },
  {
    name: 'format',
    command: node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  },
  // Jest leaves one core idle by default, which on two cores is half of them.
  {
    name: 'unit',
    ...filed([...jest, '--selectProjects', 'unit', '--maxWorkers=100%'], '--testPathPatterns'),
  },
];

/** What crosses the folders, on a whole network. */
const crossing: Readonly<Record<string, (network: NetworkName) => Pick<Part, 'command' | 'only'>>> = {
  conformance: (network) => ({ command: node('test/dist/conformance/run.js', '--on', network) }),
  acceptance: (network) => filed(node('scripts/dist/acceptance.js', '--on', network)),
  faults: (network) => filed(node('scripts/dist/faults.js', '--on', network)),
  demo: (network) => ({
    command: [
      ...node('scripts/dist/demo.js', '--all', '--exit', '--on', network),
      ...['--state', join(projectRoot, '.pledgeonce/test')],
      ...['--port-base', '27200', '--rest-base', '24200'],
    ],
  }),
};

/**
 * What runs on the embedded network only: no other has a clock that can be put forward or programs that are killed and
 * started again by us, and a page does not know which.
 */
const embeddedOnly: readonly Part[] = [
  { name: 'time', network: 'embedded', ...filed(node('scripts/dist/time.js')) },
  {
    name: 'campaign',
    network: 'embedded',
    command: [
      ...node('test/dist/campaign/main.js', 'simulation', 'histories', '--for', '40s', '--anew'),
      ...['--results', join(projectRoot, '.pledgeonce/test-campaign')],
    ],
  },
  { name: 'browser', network: 'embedded', ...filed(node('scripts/dist/browser.js')) },
];

/** Names by which parts are asked for. */
export const partNames: readonly string[] = [
  ...alone.map(({ name }) => name),
  ...Object.keys(crossing),
  ...embeddedOnly.map(({ name }) => name),
];

/**
 * The parts in the order in which two at once are done soonest: that which takes longest begins. On two cores two parts
 * at once took as long as one after the other: each needs most of them.
 */
export function longestFirst(parts: readonly Part[]): readonly Part[] {
  const isLongest = ({ name }: Part) => name === 'acceptance';
  return [...parts.filter(isLongest), ...parts.filter((part) => !isLongest(part))];
}

/** What reads the sources with one core, and what mostly waits for minutes to pass: beside each other they disturb nobody. */
const lanes: readonly (readonly string[])[] = [['lint', 'structure', 'spelling', 'format'], ['time']];

/** @returns lanes of parts that run beside each other, each one after the other, and the parts that need the whole machine. */
export function besideEachOther(parts: readonly Part[]): {
  readonly light: readonly (readonly Part[])[];
  readonly others: readonly Part[];
} {
  const light = lanes.map((names) => parts.filter(({ name }) => names.includes(name)));
  return { light, others: parts.filter((part) => !light.flat().includes(part)) };
}

/** Every part on these networks. */
export function partsOn(networks: readonly NetworkName[]): readonly Part[] {
  const [first, ...rest] = networks.map((network) =>
    Object.entries(crossing).map(([name, partOn]): Part => ({ name, network, ...partOn(network) })),
  );
  return [...alone, ...(first ?? []), ...(networks.includes('embedded') ? embeddedOnly : []), ...rest.flat()];
}

/** What a person calls a part. */
export function titleOf({ name, network }: Part): string {
  return network === undefined ? name : `${name} on ${network}`;
}

/** Why a part cannot run on this machine, by what it needs; undefined when it can. */
export interface Missing {
  readonly fabric: string | undefined;
  readonly chromium: string | undefined;
}

/** @returns why a part is left out, in one sentence that says what helps. */
export function whyLeft({ name, network }: Part, missing: Missing): string | undefined {
  if (network === 'fabric') return missing.fabric;
  return name === 'browser' ? missing.chromium : undefined;
}
