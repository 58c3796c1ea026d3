import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '../config/environment.js';
import { ensureMasterKey } from './master-key.js';
import { operationOf } from '../../operation.js';
import type { FabricNetwork } from '../network.js';
import { BALANCER_FILE, balancerConfiguration, balancerDir, replicaState } from './replica-services.js';

/**
 * Writes what the replicas of one organisation need besides the configuration that they share, where it has any: the key of
 * their wallets, which none may make for itself, folders for what each writes, and what the balancer is told.
 */
export function writeReplicaFiles(network: FabricNetwork, around: Surroundings): void {
  const { organisation } = around.member;
  const { name } = organisation;
  const { replicas } = operationOf(network.consortium, organisation);
  if (replicas === undefined) return;
  ensureMasterKey(network, name);
  for (let number = 1; number <= replicas; number++) {
    mkdirSync(replicaState(network, name, number), { recursive: true, mode: 0o700 });
  }
  const dir = balancerDir(network, name);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dir, BALANCER_FILE), balancerConfiguration(network, around));
}
