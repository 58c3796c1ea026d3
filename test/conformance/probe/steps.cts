/** One step for each of the names, all with the same arguments. */
type Each<Name extends string, Rest extends readonly unknown[]> = Name extends string
  ? readonly [Name, ...Rest]
  : never;

/** What the probe chaincode can be asked to do: the name of a stub call and its arguments. */
export type Step =
  | Each<'get' | 'delete' | 'getPolicy' | 'history' | 'splitKey' | 'query', [string]>
  | readonly ['put', string, string]
  | readonly ['setPolicy', string, readonly string[]]
  | readonly ['batch', readonly BatchedWrite[]]
  | readonly ['getMany', string, readonly string[]]
  | readonly ['offer']
  | readonly ['range', string, string]
  | readonly ['rangePage', string, string, number, string]
  | Each<'key' | 'partial', [string, readonly string[]]>
  | readonly ['partialPage', string, readonly string[], number, string]
  | readonly ['queryPage', string, number, string]
  | readonly ['putPrivate', string, string, string]
  | Each<
      'getPrivate' | 'privateHash' | 'deletePrivate' | 'purgePrivate' | 'getPrivatePolicy',
      [string, string]
    >
  | readonly ['putTransient', string, string, string]
  | readonly ['setPrivatePolicy', string, string, readonly string[]]
  | readonly ['privateRange', string, string, string]
  | readonly ['privatePartial', string, string, readonly string[]]
  | readonly ['privateQuery', string, string]
  | readonly ['event', string, string]
  | readonly ['invoke', string, readonly string[], string]
  | readonly ['fail', string]
  | readonly ['sleep', number]
  | Each<'transient' | 'context' | 'random', []>
  | readonly ['try', Step];

/** A record of a batch: what it does, in which collection (an empty one is the public state), and to which key. */
export type BatchedWrite =
  | readonly ['put', string, string, string]
  | readonly ['setPolicy', string, string, readonly string[]]
  | readonly ['delete' | 'purge' | 'untyped', string, string];

export interface Row {
  readonly key: string;
  readonly value: string;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly bookmark: string;
  readonly count: number;
}

/** One version of a key, as `getHistoryForKey` tells it. */
export interface Change {
  readonly txId: string;
  readonly value: string;
  readonly deleted: boolean;
  readonly seconds: number;
  readonly nanos: number;
}

/** What the chaincode learns of the transaction it runs in. Byte strings are in hexadecimal. */
export interface TransactionContext {
  readonly txId: string;
  readonly channel: string;
  readonly mspId: string;
  readonly certificate: string;
  readonly seconds: number;
  readonly nanos: number;
  readonly binding: string;
  readonly nonce: string;
  readonly signature: string;
}

/** What a peer offers beyond the protocol of Fabric 2, and how many at a time. */
export interface PeerOffer {
  readonly writeBatch: boolean;
  readonly writesPerBatch: number;
  readonly getMultipleKeys: boolean;
  readonly keysPerGet: number;
}

export type Answer =
  | null
  | string
  | readonly string[]
  | readonly Row[]
  | readonly Change[]
  | Page
  | TransactionContext
  | PeerOffer
  | Record<string, string>
  | { readonly error: string }
  | { readonly answer: Answer }
  | { readonly status: number; readonly message: string; readonly payload: string };
