import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { ConcurrencyLimit } from './concurrency.js';
import type { Endorser } from './endorser.js';
import { openProposal } from './proposal.js';
import { toServiceError } from './rpc-error.js';
import type { Interest } from './simulation/interest.js';

/** Fabric's limit of proposals at the same time. */
const maxCalls = 2_500;

/** The `protos.Endorser` service of one peer, for clients that collect endorsements themselves. */
export function endorserService(endorser: Endorser): UntypedServiceImplementation {
  const limit = new ConcurrencyLimit('/protos.Endorser', maxCalls);
  const processProposal: handleUnaryCall<peer.SignedProposal, peer.ProposalResponse> = (call, callback) => {
    limit
      .run(() => process(endorser, call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(toServiceError(error));
        },
      );
  };
  return { processProposal };
}

async function process(endorser: Endorser, signed: peer.SignedProposal): Promise<peer.ProposalResponse> {
  const { response, interests } = await endorser.process(openProposal(signed), {
    purpose: 'endorse',
    wantsInterests: true,
  });
  if (interests) response.setInterest(interestMessage(interests));
  return response;
}

function interestMessage(interests: readonly Interest[]): peer.ChaincodeInterest {
  const message = new peer.ChaincodeInterest();
  for (const {
    chaincode,
    collection,
    keyPolicies,
    disregardChaincodePolicy,
    readsPrivateData,
  } of interests) {
    const call = new peer.ChaincodeCall();
    call.setName(chaincode);
    if (collection !== '') {
      call.setCollectionNamesList([collection]);
      call.setNoPrivateReads(!readsPrivateData);
    }
    call.setKeyPoliciesList([...keyPolicies]);
    call.setDisregardNamespacePolicy(disregardChaincodePolicy);
    message.addChaincodes(call);
  }
  return message;
}
