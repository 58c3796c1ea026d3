import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs, embedded } from '../harness/network.js';
import { ask, endorse } from '../harness/perform.js';
import { orderEnvelope, preparedOf, sealed } from '../harness/tamper.js';

// Fabric's peers would mark such a transaction BAD_CREATOR_SIGNATURE; honest orderers never let it come so far.
describe('a transaction whose signature is not its creator’s', () => {
  it('is refused by the orderers', async () => {
    const key = fresh('key');
    const transaction = await endorse(customs, [['put', key, 'value']]);
    const payload = preparedOf(transaction).getEnvelope()?.getPayload_asU8() ?? new Uint8Array();
    const forged = await sealed(bankA, payload);
    const failure = await failureOf(orderEnvelope(customs, forged, transaction.getTransactionId()));

    expect(failure.code).toBe(embedded ? 'ABORTED' : 'UNAVAILABLE');
    expect(await ask(customs, ['get', key])).toBe('');
  });

  it('is refused by the peer when there is no signature at all', async () => {
    const transaction = await endorse(customs, [['put', fresh('key'), 'value']]);
    const envelope = preparedOf(transaction).getEnvelope();
    if (!envelope) throw new Error('nothing was endorsed');
    envelope.setSignature('');

    expect(await failureOf(orderEnvelope(customs, envelope, transaction.getTransactionId()))).toEqual({
      code: 'INVALID_ARGUMENT',
      message: 'prepared transaction must be signed',
      details: [],
    });
  });
});
