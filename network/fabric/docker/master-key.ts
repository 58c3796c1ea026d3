import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayDir } from './own-services.js';
import type { FabricNetwork } from '../network.js';

/**
 * The key of a gateway's wallets, made once. In a cluster it is a Secret of its own: whoever copies the gateway's volume
 * has the wallets without their key.
 */
export function ensureMasterKey(network: FabricNetwork, organisation: string): void {
  const dir = gatewayDir(network, organisation);
  const file = join(dir, 'master.key');
  if (existsSync(file)) return;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(file, randomBytes(32), { mode: 0o600 });
}
