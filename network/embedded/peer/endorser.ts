import { peer } from '@hyperledger/fabric-protos';
import { traced } from '@pledgeonce/chaincode/tracing/spans.js';
import type { Logger } from 'pino';
import type { ChaincodeResult, ChaincodeSupport } from '../chaincode/support.js';
import type { Clock } from '../ledger/clock.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Identity, Msps, SigningIdentity } from '../msp/identity.js';
import type { ChannelAccess } from './channel-access.js';
import { checkProposal } from './check-proposal.js';
import type { Collections } from './collections.js';
import type { Proposal } from './proposal.js';
import { queryLedger } from './qscc.js';
import type { Interest } from './simulation/interest.js';
import { Simulator, type SimulationResults } from './simulation/simulator.js';
import { messageOf } from '../../message-of.js';

const { ChaincodeAction, ChaincodeID, Endorsement, ProposalResponse, ProposalResponsePayload, Response } =
  peer;

export interface EndorserOptions {
  readonly identity: SigningIdentity;
  readonly ledger: Ledger;
  readonly msps: Msps;
  readonly access: ChannelAccess;
  readonly collections: Collections;
  readonly chaincodes: ChaincodeSupport;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A proposal that was not even tried, for it breaks a rule or its client has no right. */
class ProposalRefused extends Error {
  override readonly name = 'ProposalRefused';
}

/** The client's certificate has run out, or their clock is wrong: Fabric lets neither get as far as the endorser. */
export class TurnedAway extends Error {
  override readonly name = 'TurnedAway';
}

/** Fabric's `peer.authentication.timewindow`. */
const timeWindowMs = 15 * 60_000;

export interface EndorserAnswer {
  /** Status 500 without a payload when the peer failed, with one when the chaincode did. */
  readonly response: peer.ProposalResponse;
  /** Whose policies count for what was written; present when it was asked for and the chaincode succeeded. */
  readonly interests?: readonly Interest[];
}

/** What the answer is for: only an endorsement is signed, and only then private data is kept. */
export interface EndorserTask {
  readonly purpose: 'evaluate' | 'endorse';
  readonly wantsInterests?: boolean;
}

/** One organisation's peer as an endorser: checks a proposal, runs it on its own view of the ledger, signs the outcome. */
export class Endorser {
  readonly mspId: string;
  readonly #options: EndorserOptions;

  constructor(options: EndorserOptions) {
    this.mspId = options.identity.mspId;
    this.#options = options;
  }

  /** The chaincodes that this peer can run, the system's own included. */
  runs(chaincode: string): boolean {
    return chaincode === 'qscc' || this.#options.chaincodes.chaincode(chaincode) !== undefined;
  }

  /**
   * @throws TurnedAway, ProposalRefused
   */
  process(proposal: Proposal, task: EndorserTask): Promise<EndorserAnswer> {
    const place = { under: proposal.traceparent, isServer: true };
    return traced(`peer ${task.purpose}`, {}, () => this.#process(proposal, task), place);
  }

  async #process(proposal: Proposal, task: EndorserTask): Promise<EndorserAnswer> {
    const { ledger, log } = this.#options;
    this.#checkExpiry(proposal);
    this.#checkTime(proposal);
    if (proposal.channel !== ledger.definition.channel) {
      return failure(`channel '${proposal.channel}' not found`);
    }
    const creator = this.#preProcess(proposal);
    try {
      return await this.#execute(proposal, creator, task);
    } catch (error) {
      const reason = messageOf(error);
      log.warn({ txId: proposal.txId, chaincode: proposal.chaincode, reason }, 'failed to invoke chaincode');
      return failure(reason);
    }
  }

  #checkExpiry({ creator }: Proposal): void {
    const { msps, clock } = this.#options;
    let identity: Identity;
    try {
      identity = msps.identity(creator);
    } catch {
      return; // Refused by the checks that follow, with their own message.
    }
    if (msps.expired(identity, clock.now())) throw new TurnedAway('proposal client identity expired');
  }

  #checkTime({ timestamp }: Proposal): void {
    const now = this.#options.clock.now();
    if (Math.abs(now - timestamp) <= timeWindowMs) return;
    const [proposed, present] = [timestamp, now].map(
      (time) => `${new Date(time).toISOString().slice(0, 19)}Z`,
    );
    throw new TurnedAway(
      `request unauthorized due to incorrect timestamp ${proposed}, peer time ${present}, peer.authentication.timewindow 15m0s`,
    );
  }

  #preProcess(proposal: Proposal): Identity {
    const { ledger, msps, access } = this.#options;
    try {
      const creator = checkProposal(proposal, msps);
      if (ledger.status(proposal.txId)) {
        const hex = Buffer.from(proposal.creator).toString('hex');
        throw new Error(`duplicate transaction found [${proposal.txId}]. Creator [${hex}]`);
      }
      if (proposal.chaincode !== 'qscc') {
        access.check('Writers', proposal.channel, {
          identity: proposal.creator,
          data: proposal.bytes,
          signature: proposal.signature,
        });
      }
      return creator;
    } catch (error) {
      throw new ProposalRefused(messageOf(error), { cause: error });
    }
  }

  async #execute(proposal: Proposal, creator: Identity, task: EndorserTask): Promise<EndorserAnswer> {
    const { ledger, access, collections, chaincodes } = this.#options;
    if (proposal.chaincode === 'qscc') {
      const response = queryLedger(proposal, ledger, access);
      return this.#answer(proposal, { response, event: new Uint8Array() }, undefined, '', task);
    }
    const definition = chaincodes.chaincode(proposal.chaincode);
    if (!definition) {
      throw new Error(
        `make sure the chaincode ${proposal.chaincode} has been successfully defined on channel ${proposal.channel} and try again: chaincode ${proposal.chaincode} not found`,
      );
    }
    const simulator = new Simulator({
      collections,
      organisation: this.mspId,
      txId: proposal.txId,
      snapshot: ledger.snapshot(),
    });
    try {
      const invocation = {
        txId: proposal.txId,
        signedProposal: proposal.signed,
        creatorMsp: creator.mspId,
        simulator,
      };
      const result = await chaincodes.execute(invocation, proposal.chaincode, proposal.input);
      return await this.#answer(proposal, result, simulator.results(), definition.version, task);
    } catch (error) {
      throw new Error(`error in simulation: ${messageOf(error)}`, {
        cause: error,
      });
    } finally {
      await simulator.close();
    }
  }

  async #answer(
    proposal: Proposal,
    { response, event }: ChaincodeResult,
    results: SimulationResults | undefined,
    version: string,
    task: EndorserTask,
  ): Promise<EndorserAnswer> {
    const failed = response.getStatus() >= 400;
    const answer = new ProposalResponse();
    answer.setResponse(response);
    if (failed && response.getStatus() < 500) return { response: answer };

    const action = new ChaincodeAction();
    action.setResponse(response);
    if (results) action.setResults(results.publicSet);
    if (!failed) action.setEvents(event);
    const chaincodeId = new ChaincodeID();
    chaincodeId.setName(proposal.chaincode);
    chaincodeId.setVersion(version);
    action.setChaincodeId(chaincodeId);
    const payload = new ProposalResponsePayload();
    payload.setProposalHash(proposal.hash);
    payload.setExtension$(action.serializeBinary());
    const bytes = payload.serializeBinary();
    answer.setPayload(bytes);
    if (failed || task.purpose === 'evaluate') return { response: answer };

    if (results?.privateSet) await this.#options.ledger.keepPrivateData(proposal.txId, results.privateSet);
    answer.setVersion(1);
    answer.setEndorsement(this.#endorse(bytes));
    return {
      response: answer,
      ...(task.wantsInterests ? { interests: results?.touched.interests() ?? [] } : {}),
    };
  }

  #endorse(payload: Uint8Array): peer.Endorsement {
    const { identity } = this.#options;
    const endorsement = new Endorsement();
    endorsement.setEndorser(identity.serialized);
    endorsement.setSignature(identity.sign(Buffer.concat([payload, identity.serialized])));
    return endorsement;
  }
}

function failure(message: string): EndorserAnswer {
  const response = new Response();
  response.setStatus(500);
  response.setMessage(message);
  const answer = new ProposalResponse();
  answer.setResponse(response);
  return { response: answer };
}
