import 'reflect-metadata';
import { PledgeOnceContract } from './contract.js';
import { quietShim } from './quiet-shim.js';

quietShim();

/** What fabric-chaincode-node loads. */
export const contracts = [PledgeOnceContract];
