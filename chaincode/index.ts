import 'reflect-metadata';
import { PledgeOnceContract } from './contract.js';

/** What fabric-chaincode-node loads. */
export const contracts = [PledgeOnceContract];
