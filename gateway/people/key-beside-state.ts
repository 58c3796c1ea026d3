import { dirname, relative, resolve } from 'node:path';

/**
 * Whether one copy of a folder would hold both an organisation's state and the key that seals the wallets in it.
 *
 * @param stateDir What the gateway keeps of one organisation.
 */
export function isKeyBesideState(masterKeyFile: string, stateDir: string): boolean {
  const [key, state] = [resolve(masterKeyFile), resolve(stateDir)];
  // Folders of several organisations lie in one, which is copied as one.
  return isWithin(key, state) || dirname(key) === dirname(state);
}

function isWithin(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way !== '' && way.split(/[/\\]/)[0] !== '..';
}
