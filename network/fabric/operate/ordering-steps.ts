import { addConsenter, removeConsenter } from '../channel/consenters.js';
import type { CommonOptions } from '../cli-options.js';
import { existing, print } from '../commands.js';
import { fingerprintsOf } from '../public-file.js';
import { acceptOrdering, moveOrderer, setOrdering } from './ordering.js';
import { moveOrganisation, type Place } from './move.js';
import { actorOf, propose, running, type ActingOptions, type Written } from './steps.js';

/** `organisation begin-ordering`: keys of an orderer, and a public file that shows it. */
export async function beginOrdering(options: ActingOptions): Promise<void> {
  const network = await running(options);
  const { name } = actorOf(network, options);
  const { layout } = await setOrdering(network.layout, name, true);
  print(`${name} has the keys of an orderer. For everybody: ${layout.publicFiles}/${name}.json`);
  print('Propose it (npm run network -- propose orderer …); once the channel knows: npm run network -- join');
}

/** `organisation end-ordering`: its orderer, which the channel knows no more, stops. */
export async function endOrdering(options: ActingOptions): Promise<void> {
  const network = await running(options);
  const { name } = actorOf(network, options);
  const { layout } = await setOrdering(network.layout, name, false);
  print(`${name} orders no more. For everybody: ${layout.publicFiles}/${name}.json`);
}

/** `ordering`: public files of who has begun to order, or has ended. */
export async function takeInOrdering(files: readonly string[], options: CommonOptions): Promise<void> {
  const { layout } = existing(options);
  const accepted = await acceptOrdering(layout, files);
  for (const one of accepted) {
    const { title, orderer } = one.organisation;
    print(
      `${title} ${orderer ? 'runs an orderer' : 'runs no orderer'}, by the description of this folder too.`,
    );
    print(fingerprintsOf(one).join('\n'));
  }
}

/** `propose orderer`: an organisation's orderer is one of those that order. */
export async function proposeOrderer(file: string, options: Written): Promise<void> {
  const { layout } = existing(options);
  const [joining] = await acceptOrdering(layout, [file]);
  if (joining?.organisation.orderer !== true) throw new Error(`${file} shows no orderer.`);
  print(fingerprintsOf(joining).join('\n'));
  await propose(options, () => addConsenter(joining.organisation.msp));
}

/** `propose orderer-removal`: an organisation's orderer is one of them no more. */
export async function proposeOrdererRemoval(name: string, options: Written): Promise<void> {
  await propose(options, ({ consortium }) => {
    const found = consortium.organisations.find((one) => one.name === name);
    if (found === undefined) throw new Error(`The consortium has no organisation ${name}.`);
    return removeConsenter(found.msp);
  });
}

/** `move-orderer`: the place of one organisation's orderer is another's. */
export async function giveOrderer(from: string, to: string, options: CommonOptions): Promise<void> {
  const { layout } = await running(options);
  await moveOrderer(layout, from, to);
  print(`${to} orders in the place of ${from}.`);
}

/** `organisation move`: an organisation's nodes at another address. */
export async function moveTo(options: ActingOptions & Place): Promise<void> {
  const network = await running(options);
  const { name } = actorOf(network, options);
  const { host, listen, firstPort } = options;
  const isToBeProposed = await moveOrganisation(network, name, {
    ...(host !== undefined && { host }),
    ...(listen !== undefined && { listen }),
    ...(firstPort !== undefined && { firstPort }),
  });
  print(`${name} has moved. For everybody: ${network.layout.publicFiles}/${name}.json`);
  print(
    isToBeProposed
      ? 'Its orderer has not: have that file proposed and handed in, then stop and start orderer and door.'
      : 'The others take its file in: npm run network -- accept …',
  );
}
