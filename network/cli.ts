#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { memberKinds } from '@pledgeonce/chaincode/roles.js';
import { Command, Option } from 'commander';
import { runInForeground } from './embedded/run-in-foreground.js';
import { commonOptions, portOf, stateDirOf } from './fabric/cli-options.js';
import {
  addMember,
  administration,
  blockEvents,
  removeOne,
  renew,
  revoke,
  startOne,
  stopOne,
  upgradeChaincode,
} from './fabric/operate/commands.js';
import { certificates } from './fabric/operate/certificates.js';
import { down, logs, print, reset, status, up, type UpOptions } from './fabric/commands.js';
import { writeChart, type ChartCommand } from './fabric/kubernetes/write-chart.js';
import {
  acceptFiles,
  approve,
  initOrganisation,
  join,
  noteLeft,
  proposeFounding,
  proposeMember,
  proposeOrganisation,
  proposeRemoval,
  proposeRules,
  proposeVersion,
  replaceAdmin,
  sign,
  submit,
} from './fabric/operate/steps.js';
import {
  beginOrdering,
  endOrdering,
  giveOrderer,
  moveTo,
  proposeOrderer,
  proposeOrdererRemoval,
  takeInOrdering,
} from './fabric/operate/ordering-steps.js';
import { runCommands } from './run-commands.js';

const program = new Command('network').description('Runs the consortium: npm run network -- <command>');

function command(name: string, description: string, parent = program): Command {
  const added = parent.command(name).description(description);
  for (const option of commonOptions()) added.addOption(option);
  return added;
}

command('up', 'start the network, or what of it is down')
  .option('--chaincode <dir>', 'the folder of the chaincode package')
  .option(
    '--extra-chaincode <file>',
    'JSON: {name, version, packageDir, endorsement, collections}; may be repeated',
    readJson,
    [],
  )
  .action(upOn);
command('chart', 'write what an organisation installs the Helm chart with')
  .argument('<organisation>', 'such as customs')
  .requiredOption('--out <dir>', 'where values.yaml and secrets.yaml go')
  .option('--tag <tag>', 'of the images of the chaincode and the gateway', 'latest')
  .action(async (organisation: string, options: ChartCommand) => {
    const chart = await writeChart(organisation, options);
    print(
      `Written to ${options.out}. In the cluster of ${organisation}, with secrets.yaml applied or kept elsewhere:`,
    );
    print(`helm install ${organisation} ${chart} --values ${options.out}/values.yaml`);
  });
command('down', 'stop the network; data stays').action(down);
command('status', 'what runs').option('--json', 'for programs').action(status);
command('logs', 'the end of the log of a node, such as peer.customs')
  .argument('<node>')
  .option('-n, --lines <count>', 'how many lines', '40')
  .action(logs);
command('stop', 'stop one node').argument('<node>', 'such as orderer.tax').action(stopOne);
command('start', 'start one node and wait until it serves')
  .argument('<node>', 'such as orderer.tax')
  .action(startOne);
command('reset', 'stop the network and remove its keys and data').action(reset);

command('add-member', 'have an organisation join the running consortium')
  .requiredOption('--name <name>', 'such as bank-c')
  .requiredOption('--msp <id>', 'such as BankCMSP')
  .requiredOption('--title <title>', 'such as "Bank C"')
  .addOption(
    new Option('--kind <kind>', 'what it is for the registry; of each there may be several')
      .choices(memberKinds)
      .default('bank'),
  )
  .option('--no-node', 'it runs a gateway and its certificate authority, and no peer')
  .action(addMember);
command('remove-member', 'take an organisation out of the running consortium; what it has recorded stays')
  .argument('<name>', 'such as bank-c')
  .action(removeOne);
command('move-orderer', 'give the place of one organisation’s orderer to another; what is ordered goes on')
  .argument('<from>', 'such as bank-a')
  .argument('<to>', 'such as bank-b')
  .action(giveOrderer);
const organisation = program.command('organisation').description("an organisation's own folder of keys");
command('init', 'make its keys and its public file; --state names the folder', organisation)
  .argument('<name>', 'such as bank-a')
  .option('--msp <id>', 'where the description does not name it yet: such as BankCMSP')
  .option('--title <title>', 'likewise, such as "Bank C"')
  .addOption(new Option('--kind <kind>', 'likewise').choices(memberKinds).default('bank'))
  .option('--no-node', 'likewise: it runs a gateway and its certificate authority, and no peer')
  .option('--host <name>', 'under which others reach what it runs (default: localhost)')
  .option(
    '--listen <address>',
    'of this machine, on which they reach it: 0.0.0.0 is all (default: 127.0.0.1)',
  )
  .action(initOrganisation);
acting('replace-administrator', 'a new key for its administrator', organisation).action(replaceAdmin);
acting('move', 'its nodes at another address, with certificates that name it', organisation)
  .option('--host <name>', 'the name or IPv4 address under which others reach them')
  .option('--listen <address>', 'of this machine, on which they listen: 0.0.0.0 is all')
  .option('--first-port <port>', 'the first of their ten ports', portOf)
  .action(moveTo);
acting('begin-ordering', 'keys of an orderer, for others to see in its public file', organisation).action(
  beginOrdering,
);
acting('end-ordering', 'stop its orderer, once the channel knows it no more', organisation).action(
  endOrdering,
);
command('ordering', 'take in public files of organisations that have begun to order, or have ended')
  .argument('<public-files...>', 'that they have handed over')
  .action(takeInOrdering);
command('left', 'note here that an organisation has left the channel')
  .argument('<name>', 'such as bank-c')
  .action(noteLeft);
command('accept', "take in other organisations' public files").argument('<files...>').action(acceptFiles);

const proposed = program.command('propose').description('propose a change for others to sign or approve');
command('founding', 'the first block, from the description and all public files', proposed).action(
  proposeFounding,
);
written('member', 'that organisations join the channel')
  .argument('<public-files...>', 'that they have handed over')
  .action(proposeMember);
written('organisation', "that the channel takes over what an organisation's public file says")
  .argument('<name>', 'such as bank-a')
  .action(proposeOrganisation);
written('removal', 'that an organisation leaves the channel')
  .argument('<name>', 'such as bank-c')
  .action(proposeRemoval);
written('orderer', "that an organisation's orderer is one of those that order")
  .argument('<public-file>', 'that it has handed over')
  .action(proposeOrderer);
written('orderer-removal', "that an organisation's orderer is one of them no more")
  .argument('<name>', 'such as bank-a')
  .action(proposeOrdererRemoval);
written('rules', 'that the channel takes over who governs, who follows blocks and how they are cut')
  .argument('<description>', 'such as consortium.yaml')
  .action(proposeRules);
written('chaincode', 'a definition of the chaincode')
  .option('--to <version>', "its version (default: the description's)")
  .option('--chaincode <dir>', 'the folder of the chaincode package')
  .action(proposeVersion);
acting('sign', "say what a proposal would change, and sign it with this organisation's key")
  .argument('<proposal>')
  .option('--yes', 'without asking')
  .action(sign);
acting('approve', 'approve a definition of the chaincode, and run its code')
  .argument('<proposal>')
  .option('--chaincode <dir>', 'the folder of the chaincode package')
  .option('--yes', 'without asking')
  .action(approve);
acting('submit', 'hand in what enough have signed or approved').argument('<proposal>').action(submit);
acting('join', "start this organisation's nodes and have them join the channel")
  .option('--block <file>', 'the first block of the channel')
  .action(join);
command('upgrade-chaincode', 'deploy another version of the chaincode')
  .requiredOption('--to <version>', 'the new version')
  .option('--chaincode <dir>', 'the folder of the chaincode package')
  .action(upgradeChaincode);
command('block-events', 'have the channel say who may follow whole blocks')
  .option('--policy <rule>', "signature policy (default: the description's blockEvents)")
  .action(blockEvents);
command('administration', 'have the channel governed as the description says')
  .option('--policy <rule>', "signature policy of administrators (default: the description's administration)")
  .action(administration);
command('revoke', 'revoke a person at the CA and in the channel')
  .argument('<organisation>', 'such as bank-a')
  .argument('<person>', 'enrolment id')
  .option('--gateway <url>', "the organisation's gateway, which is told at once (default: its port here)")
  .action(revoke);
command('renew-certificates', "renew the certificates of an organisation's nodes and restart them")
  .argument('<organisation>', 'such as bank-a')
  .option('--new-keys', 'with new keys for its nodes; without it the keys stay')
  .action(renew);
command('certificates', 'when the certificates of nodes end, the first first')
  .option('--organisation <name>', 'of this organisation only')
  .action(certificates);

await runCommands(program);

/** A command that one organisation gives for itself. */
function acting(name: string, description: string, parent = program): Command {
  const who = 'who acts, where the keys of several are in the folder';
  return command(name, description, parent).option('--organisation <name>', who);
}

/** One that writes a proposal. */
function written(name: string, description: string): Command {
  return acting(name, description, proposed).requiredOption('--out <file>', 'the proposal');
}

function upOn(options: UpOptions): Promise<void> {
  if (options.on !== 'embedded') return up(options);
  return runInForeground({ ...options, stateDir: stateDirOf(options), consortiumFile: options.consortium });
}

function readJson(file: string, before: readonly unknown[]): readonly unknown[] {
  return [...before, JSON.parse(readFileSync(file, 'utf8'))];
}
