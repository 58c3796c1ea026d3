import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placesOf, type Consortium, type Organisation, type Placed } from '@pledgeonce/network/consortium.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import { pathsOf, projectRoot, type StackOptions } from './options.js';
import { Supervised } from './supervisor.js';

const unlimited = {
  requestsPerMinute: 1e9,
  strangersPerMinute: 1e9,
  signInsPerMinute: 1e9,
  verificationsPerMinute: 1e9,
  missesPerPerson: 1e9,
  missesPerOrganisation: 1e9,
  openingsPerMinute: 1e9,
};

/** The development banks share one set of rules for online loans. */
const loanRules = join(projectRoot, 'scripts', 'samples', 'loan-rules.yaml');

/** The organisations that get a gateway here. */
export function servedOf(
  consortium: Consortium,
  { gateways }: Pick<StackOptions, 'gateways'>,
): readonly Placed[] {
  return placesOf(consortium).filter(({ organisation: { name } }) => gateways?.includes(name) ?? true);
}

/** Starts one gateway process for all organisations, or one for each. */
export async function startGateways(
  options: StackOptions,
  consortium: Consortium,
  discovery: string,
  report: (line: string) => void,
  onRestart: () => void,
): Promise<readonly Supervised[]> {
  // The network's containers have brought them along.
  if (options.on === 'docker') return [];
  const organisations = servedOf(consortium, options).map(({ organisation, ports }) => ({
    organisation,
    port: ports.rest,
  }));
  const groups = options.separate ? organisations.map((one) => [one]) : [organisations];
  const started = await Promise.allSettled(
    groups.map((group) => startOne({ options, consortium, discovery, report, onRestart }, group)),
  );
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed === undefined) return running;
  await Promise.all(running.map((gateway) => gateway.stop()));
  throw failed.reason;
}

interface Surroundings {
  readonly options: StackOptions;
  readonly consortium: Consortium;
  readonly discovery: string;
  readonly report: (line: string) => void;
  readonly onRestart: () => void;
}

async function startOne(
  { options, consortium, discovery, report, onRestart }: Surroundings,
  group: readonly { readonly organisation: Organisation; readonly port: number }[],
): Promise<Supervised> {
  const paths = pathsOf(options);
  const name = options.separate ? (group[0]?.organisation.name ?? 'none') : 'all';
  const title = options.separate ? `The gateway of ${name}` : 'The gateway process';
  mkdirSync(paths.gateway, { recursive: true, mode: 0o700 });
  const configFile = join(paths.gateway, `${name}.json`);
  const hasDoors = options.on === 'fabric' && consortium.doors !== false;
  const layout = layoutOf(paths.network);
  const config = {
    connection: discovery,
    organisations: group.map(({ organisation, port }) => ({
      msp: organisation.msp,
      host: '127.0.0.1',
      port,
      stateDir: join(paths.gateway, organisation.name),
      registrar: {
        id: 'registrar',
        secretFile: join(peopleFolder(paths.network, organisation.name), 'registrar.secret'),
      },
      ...(organisation.kind === 'bank' && { loanRules }),
      ...(hasDoors && organisation.orderer && { refusedAtDoor: layout.refused(organisation.name) }),
      // Whoever tries webhooks on this machine has the receiver here too.
      webhookNetworks: ['127.0.0.0/8', '::1/128'],
      developmentPeople: join(peopleFolder(paths.network, organisation.name), 'people.json'),
    })),
    masterKeyFile: join(paths.gateway, 'master.key'),
    ...(options.unlimited === true && { limits: unlimited }),
  };
  writeFileSync(configFile, JSON.stringify(config, undefined, 2), { mode: 0o600 });
  return Supervised.start(
    {
      title,
      script: join(projectRoot, 'gateway/dist/bundled/main.js'),
      args: ['--config', configFile],
      logFile: join(paths.logs, `gateway-${name}.log`),
    },
    report,
    onRestart,
  );
}
