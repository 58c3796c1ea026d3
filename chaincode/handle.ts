import type { Context } from 'fabric-contract-api';
import { eventName, transientFields } from './api.js';
import { LedgerError } from './errors.js';
import { commonNameOf } from './rules/common-name.js';
import { execute } from './execute.js';
import { milliseconds, stubPort } from './ledger/stub-port.js';
import { logFault } from './log-fault.js';
import type { LedgerFunction } from './permissions.js';
import { readTraceparent } from './tracing/traceparent.js';
import { isRecording, traced } from './tracing/spans.js';

/**
 * Carries out one function for Fabric.
 *
 * @throws LedgerError only: its message is the wire format. Anything else is logged here and told to nobody.
 */
export function handle(name: LedgerFunction, context: Context): Promise<string> {
  if (!isRecording()) return carryOut(name, context);
  // What it says is the caller's, and comes to this node beside the input: it is in no block and in no endorsement.
  const given = context.stub.getTransient().get(transientFields.traceparent);
  const place = { under: readTraceparent(Buffer.from(given ?? []).toString('latin1')), isServer: true };
  return traced('chaincode', { function: name }, () => carryOut(name, context), place);
}

async function carryOut(name: LedgerFunction, { stub, clientIdentity }: Context): Promise<string> {
  try {
    const pem = Buffer.from(clientIdentity.getIDBytes()).toString('utf8');
    return await execute(name, {
      port: stubPort(stub),
      transient: stub.getTransient(),
      certificate: {
        mspId: clientIdentity.getMSPID(),
        pem,
        commonName: commonNameOf(pem),
        attribute: (attribute) => clientIdentity.getAttributeValue(attribute),
      },
      transactionId: stub.getTxID(),
      timestamp: milliseconds(stub.getTxTimestamp()),
      announce: (event) => {
        stub.setEvent(eventName, Buffer.from(JSON.stringify(event)));
      },
    });
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    logFault(name, stub.getTxID(), error);
    throw new LedgerError('INTERNAL');
  }
}
