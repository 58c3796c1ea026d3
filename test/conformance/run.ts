#!/usr/bin/env node
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import { whyNoFabric } from '@pledgeonce/network/fabric/native/programs.js';
import { messageOf } from '@pledgeonce/network/message-of.js';
import { Command, Option } from 'commander';
import type { Setting } from './harness/setting.js';
import { runProbes } from './runner/run-probes.js';
import type { RunningNetwork } from './runner/running-network.js';
import { startEmbedded } from './runner/start-embedded.js';
import { startFabric } from './runner/start-fabric.js';

interface Flags {
  readonly on: 'embedded' | 'fabric';
  readonly profile?: string;
  readonly portBase?: string;
}

const PORT_BASES = { embedded: 17_000, fabric: 18_000 };

const { args: patterns, flags } = parse();
const workDir = mkdtempSync(join(tmpdir(), 'pledgeonce-conformance-'));
// The network is stopped before the run ends, however it ends: Fabric's processes would outlive it.
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort();
  });
}
try {
  process.exitCode = await main();
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
} finally {
  rmSync(workDir, { recursive: true, force: true });
}

/** Runs the suite; the answer is the status to exit with. */
async function main(): Promise<number> {
  const whyNot = flags.on === 'fabric' && flags.profile === undefined ? whyNoFabric() : undefined;
  if (whyNot !== undefined) {
    console.log(`conformance on fabric: skipped. ${whyNot}`);
    return 0;
  }
  const network = await openNetwork();
  try {
    // Imported only here: Fabric's client reads the command line as it is loaded, and answers --help itself.
    const { enrolOfficers } = await import('./runner/enrol-officers.js');
    const officers = await enrolOfficers(network);
    const setting: Setting = { stateDir: network.stateDir, profile: network.profile, officers };
    const file = join(workDir, 'setting.json');
    writeFileSync(file, JSON.stringify(setting), { mode: 0o600 });
    const { passed, failed, skipped } = await runProbes(file, workDir, patterns, interrupted.signal);
    console.log(
      `conformance on ${network.profile.network}: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    );
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    await network.stop();
  }
}

async function openNetwork(): Promise<RunningNetwork> {
  if (flags.profile !== undefined) {
    const file = resolve(flags.profile);
    const profile = JSON.parse(readFileSync(file, 'utf8')) as ConnectionProfile;
    return { profile, stateDir: dirname(file), stop: () => Promise.resolve() };
  }
  const base = Number(flags.portBase ?? PORT_BASES[flags.on]);
  const stateDir = join(workDir, 'network');
  return flags.on === 'embedded' ? startEmbedded(stateDir, base) : startFabric(stateDir, base);
}

function parse(): { readonly flags: Flags; readonly args: readonly string[] } {
  const command = new Command('conformance')
    .description("Asks a network Fabric's questions and compares its answers")
    .argument('[patterns...]', 'only the probes whose path has one of these')
    .addOption(
      new Option('--on <network>', 'the network to ask').choices(['embedded', 'fabric']).default('embedded'),
    )
    .option('--profile <file>', 'connection.json of a network that runs already, with the probe chaincode')
    .option('--port-base <port>', 'where a network that is started for the run listens')
    .parse();
  return { flags: command.opts<Flags>(), args: command.args };
}
