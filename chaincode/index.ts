import 'reflect-metadata';
import './bounded-messages.js';
import { PledgeOnceContract } from './contract.js';
import { noteOffers } from './ledger/peer-offer.js';
import { quietShim } from './quiet-shim.js';
import { traceChaincode } from './tracing/trace-chaincode.js';

quietShim();
noteOffers();
traceChaincode();

/** What fabric-chaincode-node loads. */
export const contracts = [PledgeOnceContract];
