import { Contract, type Context } from 'fabric-contract-api';

/** The least that a chaincode can do: it writes what it is told, public, and checks nothing. */
export class Minimal extends Contract {
  /** Writes a value under each of some keys. */
  async write(context: Context, keys: string, value: string): Promise<void> {
    for (const key of JSON.parse(keys) as string[]) await context.stub.putState(key, Buffer.from(value));
  }
}

/** What the chaincode server looks for in a package. */
export const contracts = [Minimal];
