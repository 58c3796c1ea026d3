import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { descriptionOf } from '@pledgeonce/network/fabric/network.js';
import { placesOf, readConsortium } from '@pledgeonce/network/consortium.js';
import { heightOf, eventually } from './nodes.js';

/**
 * Waits until the orderers of these organisations, each by the description in its own folder, have as many blocks as the
 * first of them has at the beginning.
 *
 * @returns how many.
 * @throws Error when one does not reach them in two minutes, or the first does not answer.
 */
export async function expectLevel(
  names: readonly string[],
  stateOf: (name: string) => string,
): Promise<bigint> {
  const [first = '', ...others] = names;
  const height = await ordererHeight(stateOf(first), first);
  if (height === 0n) throw new Error(`The orderer of ${first} does not say how many blocks it has.`);
  for (const name of others) {
    await eventually(`the orderer of ${name} has ${height} blocks`, async () => {
      return (await ordererHeight(stateOf(name), name)) >= height;
    });
  }
  return height;
}

async function ordererHeight(state: string, name: string): Promise<bigint> {
  const consortium = readConsortium(descriptionOf(layoutOf(state)));
  const place = placesOf(consortium).find(({ organisation }) => organisation.name === name);
  if (place === undefined) throw new Error(`There is no ${name}.`);
  return heightOf(place.ports.ordererOperations, consortium.channel);
}
