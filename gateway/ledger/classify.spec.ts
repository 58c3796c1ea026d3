import { GatewayError } from '@hyperledger/fabric-gateway';
import { status } from '@grpc/grpc-js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { classify } from './classify.js';

/** An error as the client library builds it from what the peer answers. */
function peerSays(code: number, message: string): GatewayError {
  const details = [{ address: 'peer.customs:7051', mspId: 'CustomsMSP', message }];
  return Object.assign(Object.create(GatewayError.prototype) as GatewayError, {
    code,
    message: 'failed to endorse',
    details,
  });
}

describe('an error of the peer', () => {
  it("is about the caller's certificate when the endorser says that it has expired", () => {
    const said = 'rpc error: code = Unavailable desc = proposal client identity expired';
    expect(classify(peerSays(status.UNAVAILABLE, said))).toEqual({ kind: 'certificate' });
  });

  it('is about the node when its own certificate has expired', () => {
    const said = 'connection error: certificate has expired';
    expect(classify(peerSays(status.UNAVAILABLE, said))).toEqual({
      kind: 'unavailable',
      organisations: ['CustomsMSP'],
    });
  });

  it('is about the clock when the peer does not even let the chaincode see the proposal', () => {
    const said =
      'rpc error: code = Unknown desc = request unauthorized due to incorrect timestamp 2026-11-24T14:25:40Z, peer time 2026-11-25T14:25:40Z, peer.authentication.timewindow 15m0s';
    expect(classify(peerSays(status.ABORTED, said))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'CLOCK_SKEW' },
    });
  });

  it('is the refusal of the ledger whatever the peer says around it', () => {
    const said = `chaincode response 500, ${new LedgerError('FOUR_EYES').message}`;
    expect(classify(peerSays(status.ABORTED, said))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'FOUR_EYES' },
    });
  });
});
