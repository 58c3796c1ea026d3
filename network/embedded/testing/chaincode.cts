import { Contract, type Context } from 'fabric-contract-api';

type Stub = Context['stub'];

interface Pair {
  readonly key: string;
  readonly value: string;
}

async function collect(iterator: Awaited<ReturnType<Stub['getStateByRange']>>): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
    pairs.push({ key: step.value.key, value: Buffer.from(step.value.value).toString() });
  }
  await iterator.close();
  return pairs;
}

/** Does on the ledger what its caller says; a test describes a transaction by calling it. */
class Tool extends Contract {
  constructor() {
    super('tool');
  }

  async put({ stub }: Context, key: string, value: string): Promise<void> {
    await stub.putState(key, Buffer.from(value));
  }

  async get({ stub }: Context, key: string): Promise<string> {
    return Buffer.from(await stub.getState(key)).toString();
  }

  async remove({ stub }: Context, key: string): Promise<void> {
    await stub.deleteState(key);
  }

  /** Reads a number, adds one and writes it back: of two at the same time one must lose. */
  async increment({ stub }: Context, key: string): Promise<string> {
    const next = String(Number(Buffer.from(await stub.getState(key)).toString() || '0') + 1);
    await stub.putState(key, Buffer.from(next));
    return next;
  }

  async putMany({ stub }: Context, prefix: string, count: string): Promise<void> {
    for (let i = 0; i < Number(count); i++) {
      await stub.putState(`${prefix}${String(i).padStart(4, '0')}`, Buffer.from(String(i)));
    }
  }

  async range({ stub }: Context, start: string, end: string): Promise<string> {
    return JSON.stringify(await collect(await stub.getStateByRange(start, end)));
  }

  /** Writes how many keys a range has: a key that appears meanwhile makes it a phantom. */
  async countInto({ stub }: Context, start: string, end: string, target: string): Promise<void> {
    const pairs = await collect(await stub.getStateByRange(start, end));
    await stub.putState(target, Buffer.from(String(pairs.length)));
  }

  async page({ stub }: Context, start: string, end: string, size: string, bookmark: string): Promise<string> {
    const { iterator, metadata } = await stub.getStateByRangeWithPagination(
      start,
      end,
      Number(size),
      bookmark,
    );
    const pairs = await collect(iterator);
    return JSON.stringify({ pairs, bookmark: metadata.bookmark, count: metadata.fetchedRecordsCount });
  }

  async history({ stub }: Context, key: string): Promise<string> {
    const iterator = await stub.getHistoryForKey(key);
    const entries = [];
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
      const { txId, isDelete, value } = step.value;
      entries.push({ txId, isDelete, value: Buffer.from(value).toString() });
    }
    await iterator.close();
    return JSON.stringify(entries);
  }

  /** The value comes as transient data, so that it is not in the transaction. */
  async putPrivate({ stub }: Context, collection: string, key: string): Promise<void> {
    await stub.putPrivateData(collection, key, stub.getTransient().get('value') ?? Buffer.alloc(0));
  }

  async getPrivate({ stub }: Context, collection: string, key: string): Promise<string> {
    return Buffer.from(await stub.getPrivateData(collection, key)).toString();
  }

  async getPrivateHash({ stub }: Context, collection: string, key: string): Promise<string> {
    return Buffer.from(await stub.getPrivateDataHash(collection, key)).toString('hex');
  }

  async purgePrivate({ stub }: Context, collection: string, key: string): Promise<void> {
    await stub.purgePrivateData(collection, key);
  }

  async rangePrivate({ stub }: Context, collection: string): Promise<string> {
    // What comes back is not what the declared type says.
    const result = (await stub.getPrivateDataByRange(collection, '', '')) as unknown as {
      readonly iterator: Awaited<ReturnType<Stub['getStateByRange']>>;
    };
    return JSON.stringify(await collect(result.iterator));
  }

  async setPolicy({ stub }: Context, key: string, policy: string): Promise<void> {
    await stub.setStateValidationParameter(key, Buffer.from(policy, 'base64'));
  }

  async getPolicy({ stub }: Context, key: string): Promise<string> {
    return Buffer.from(await stub.getStateValidationParameter(key)).toString('base64');
  }

  async emit({ stub }: Context, name: string, payload: string): Promise<void> {
    stub.setEvent(name, Buffer.from(payload));
    await stub.putState(`event~${name}`, Buffer.from(payload));
  }

  async richQuery({ stub }: Context): Promise<void> {
    await stub.getQueryResult('{"selector":{}}');
  }

  async callOther({ stub }: Context, chaincode: string): Promise<string> {
    const { status, message } = await stub.invokeChaincode(chaincode, ['get', 'x'], '');
    return JSON.stringify({ status, message });
  }

  async pause(_: Context, milliseconds: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
  }

  refuse(_: Context, message: string): Promise<void> {
    return Promise.reject(new Error(message));
  }

  /** Two endorsers never give the same answer. */
  disagree(): Promise<string> {
    return Promise.resolve(`${process.hrtime.bigint()} ${Math.random()}`);
  }
}

export const contracts = [Tool];
