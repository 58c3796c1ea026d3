import type { Proposal, Transaction } from '@hyperledger/fabric-gateway';
import { gateway } from '@hyperledger/fabric-protos';
import type { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { classify, refusalsIn } from '../classify.js';
import type { Signatory } from '../signatory.js';
import type { AnswerReader, SignedAnswer } from './signed-answer.js';

/** What one organisation's node said by itself. */
export type Said =
  | {
      readonly kind: 'answer';
      readonly mspId: string;
      readonly transaction: Transaction;
      readonly answer: SignedAnswer;
    }
  | { readonly kind: 'refusal'; readonly mspId: string; readonly refusal: LedgerError }
  | { readonly kind: 'nothing'; readonly mspId: string; readonly cause: unknown };

/** What most of the nodes said, and who said otherwise. */
export interface Verdict {
  /** At least two that say the same; empty where no two do. */
  readonly alike: readonly Said[];
  /** Who answered, and otherwise than two others. */
  readonly odd: readonly Said[];
  readonly silent: readonly string[];
}

export interface Conference {
  readonly signatory: Signatory;
  /** The organisation whose peer passes the questions on. */
  readonly entry: string;
  readonly organisations: readonly string[];
  readonly reader: AnswerReader;
  readonly timeoutMs: number;
}

/**
 * Asks every organisation's node by itself for its answer to one and the same proposal, and finds what two of them say.
 *
 * @param proposal has been sent before, so it bears its signature.
 */
export async function confer(conference: Conference, proposal: Proposal): Promise<Verdict> {
  const said = await Promise.all(
    conference.organisations.map((mspId) => askAlone(conference, proposal, mspId)),
  );
  const groups = new Map<string, Said[]>();
  for (const one of said) {
    const word = wordOf(one);
    if (word !== undefined) groups.set(word, [...(groups.get(word) ?? []), one]);
  }
  const alike = [...groups.values()].find((group) => group.length > 1) ?? [];
  return {
    alike,
    odd: alike.length === 0 ? [] : said.filter((one) => one.kind !== 'nothing' && !alike.includes(one)),
    silent: said.filter(({ kind }) => kind === 'nothing').map(({ mspId }) => mspId),
  };
}

async function askAlone(
  { signatory, entry, reader, timeoutMs }: Conference,
  proposal: Proposal,
  mspId: string,
): Promise<Said> {
  const proposed = gateway.ProposedTransaction.deserializeBinary(proposal.getBytes());
  proposed.setEndorsingOrganizationsList([mspId]);
  try {
    const transaction = await signatory
      .gateway(entry)
      .newProposal(proposed.serializeBinary())
      .endorse({ deadline: Date.now() + timeoutMs });
    const answer = reader.read(transaction).find((one) => one.mspId === mspId);
    if (answer === undefined)
      return { kind: 'nothing', mspId, cause: new Error('The answer is not signed.') };
    return { kind: 'answer', mspId, transaction, answer };
  } catch (error) {
    const [refusal] = refusalsIn(error).values();
    if (refusal !== undefined) return { kind: 'refusal', mspId, refusal };
    const failure = classify(error);
    // What the gateway service in between refuses, as a clock that is wrong, every node would.
    if (failure.kind === 'refused') return { kind: 'refusal', mspId, refusal: failure.refusal };
    return { kind: 'nothing', mspId, cause: error };
  }
}

/** Two nodes say the same when this is equal. */
function wordOf(said: Said): string | undefined {
  switch (said.kind) {
    case 'answer':
      return `answer ${Buffer.from(said.answer.response).toString('base64')}`;
    case 'refusal':
      return `refusal ${said.refusal.message}`;
    case 'nothing':
      return undefined;
  }
}
