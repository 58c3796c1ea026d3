import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Context } from 'fabric-contract-api';
import { changes, page, rows } from './iterate.cjs';
import { readMany, writeBatch } from './many.cjs';
import { offerOf } from './peer-offer.cjs';
import { organisationsOf, policyOf } from './policies.cjs';
import type { Answer, Step } from './steps.cjs';
import { describeTransaction } from './transaction.cjs';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Makes the one call of the stub that the step names, or sends the one message that it has no call for. */
export async function perform(stub: Context['stub'], step: Step): Promise<Answer> {
  switch (step[0]) {
    case 'put':
      return done(stub.putState(step[1], Buffer.from(step[2])));
    case 'get':
      return text(await stub.getState(step[1]));
    case 'delete':
      return done(stub.deleteState(step[1]));
    case 'setPolicy':
      return done(stub.setStateValidationParameter(step[1], policyOf(step[2])));
    case 'getPolicy':
      return organisationsOf(await stub.getStateValidationParameter(step[1]));
    case 'batch':
      return writeBatch(stub, step[1]);
    case 'getMany':
      return readMany(stub, step[1], step[2]);
    case 'offer':
      return offerOf(stub);
    default:
      return performRead(stub, step);
  }
}

type Others<Done extends string> = Exclude<Step, readonly [Done, ...unknown[]]>;
type StateStep = 'put' | 'get' | 'delete' | 'setPolicy' | 'getPolicy' | 'batch' | 'getMany' | 'offer';
type ReadStep =
  'range' | 'rangePage' | 'key' | 'splitKey' | 'partial' | 'partialPage' | 'query' | 'queryPage' | 'history';

/** Reads many keys of the public state. */
async function performRead(stub: Context['stub'], step: Others<StateStep>): Promise<Answer> {
  switch (step[0]) {
    case 'range':
      return rows(stub.getStateByRange(step[1], step[2]));
    case 'rangePage':
      return page(await stub.getStateByRangeWithPagination(step[1], step[2], step[3], step[4]));
    case 'key':
      return stub.createCompositeKey(step[1], [...step[2]]);
    case 'splitKey': {
      const { objectType, attributes } = stub.splitCompositeKey(step[1]);
      return [objectType, ...attributes];
    }
    case 'partial':
      return rows(stub.getStateByPartialCompositeKey(step[1], [...step[2]]));
    case 'partialPage':
      return page(
        await stub.getStateByPartialCompositeKeyWithPagination(step[1], [...step[2]], step[3], step[4]),
      );
    case 'query':
      return rows(stub.getQueryResult(step[1]));
    case 'queryPage':
      return page(await stub.getQueryResultWithPagination(step[1], step[2], step[3]));
    case 'history':
      return changes(stub.getHistoryForKey(step[1]));
    default:
      return performPrivate(stub, step);
  }
}

type PrivateStep =
  | 'putPrivate'
  | 'putTransient'
  | 'getPrivate'
  | 'privateHash'
  | 'deletePrivate'
  | 'purgePrivate'
  | 'setPrivatePolicy'
  | 'getPrivatePolicy'
  | 'privateRange'
  | 'privatePartial'
  | 'privateQuery';

/** Reads and writes private data. */
async function performPrivate(stub: Context['stub'], step: Others<StateStep | ReadStep>): Promise<Answer> {
  switch (step[0]) {
    case 'putPrivate':
      return done(stub.putPrivateData(step[1], step[2], Buffer.from(step[3])));
    case 'putTransient':
      return done(stub.putPrivateData(step[1], step[2], transientValue(stub, step[3])));
    case 'getPrivate':
      return text(await stub.getPrivateData(step[1], step[2]));
    case 'privateHash':
      return hex(await stub.getPrivateDataHash(step[1], step[2]));
    case 'deletePrivate':
      return done(stub.deletePrivateData(step[1], step[2]));
    case 'purgePrivate':
      return done(stub.purgePrivateData(step[1], step[2]));
    case 'setPrivatePolicy':
      return done(stub.setPrivateDataValidationParameter(step[1], step[2], policyOf(step[3])));
    case 'getPrivatePolicy':
      return organisationsOf(await stub.getPrivateDataValidationParameter(step[1], step[2]));
    case 'privateRange':
      return rows(stub.getPrivateDataByRange(step[1], step[2], step[3]));
    case 'privatePartial':
      return rows(stub.getPrivateDataByPartialCompositeKey(step[1], step[2], [...step[3]]));
    case 'privateQuery':
      return rows(stub.getPrivateDataQueryResult(step[1], step[2]));
    default:
      return performOther(stub, step);
  }
}

/** What is not about keys: events, other chaincodes, the proposal. */
async function performOther(
  stub: Context['stub'],
  step: Others<StateStep | ReadStep | PrivateStep>,
): Promise<Answer> {
  switch (step[0]) {
    case 'event':
      stub.setEvent(step[1], Buffer.from(step[2]));
      return null;
    case 'invoke': {
      const { status, message, payload } = await stub.invokeChaincode(step[1], [...step[2]], step[3]);
      return { status, message: message ?? '', payload: text(payload ?? new Uint8Array()) };
    }
    case 'fail':
      throw new Error(step[1]);
    case 'sleep':
      await setTimeout(step[1]);
      return null;
    case 'random':
      return randomUUID();
    case 'transient':
      return Object.fromEntries([...stub.getTransient()].map(([name, value]) => [name, text(value)]));
    case 'context':
      return describeTransaction(stub);
    case 'try':
      return attempt(stub, step[1]);
  }
}

async function done(call: Promise<void>): Promise<null> {
  await call;
  return null;
}

async function attempt(stub: Context['stub'], step: Step): Promise<Answer> {
  try {
    return { answer: await perform(stub, step) };
  } catch (error) {
    // eslint-disable-next-line no-restricted-syntax -- this chaincode is a package of its own
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function transientValue(stub: Context['stub'], name: string): Uint8Array {
  const value = stub.getTransient().get(name);
  if (!value) throw new Error(`the transient map has no ${name}`);
  return value;
}
