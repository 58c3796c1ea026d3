import type { Context } from 'fabric-contract-api';
import { eventName } from './api.js';
import { LedgerError } from './errors.js';
import { commonNameOf } from './rules/common-name.js';
import { execute } from './execute.js';
import { milliseconds, stubPort } from './ledger/stub-port.js';
import type { LedgerFunction } from './permissions.js';

/**
 * Carries out one function for Fabric.
 *
 * @throws LedgerError only: its message is the wire format. Anything else is logged here and told to nobody.
 */
export async function handle(
  name: LedgerFunction,
  { stub, clientIdentity, logging }: Context,
): Promise<string> {
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
    logging
      .getLogger('PledgeOnce')
      .error(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    throw new LedgerError('INTERNAL');
  }
}
