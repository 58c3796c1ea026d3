/** What the probe chaincode can be asked to do: the name of a stub call and its arguments. */
export type Step =
  | readonly ['get' | 'delete' | 'getPolicy' | 'history' | 'splitKey' | 'query', string]
  | readonly ['put', string, string]
  | readonly ['setPolicy', string, readonly string[]]
  | readonly ['range', string, string]
  | readonly ['rangePage', string, string, number, string]
  | readonly ['key' | 'partial', string, readonly string[]]
  | readonly ['partialPage', string, readonly string[], number, string]
  | readonly ['queryPage', string, number, string]
  | readonly ['putPrivate', string, string, string]
  | readonly [
      'getPrivate' | 'privateHash' | 'deletePrivate' | 'purgePrivate' | 'getPrivatePolicy',
      string,
      string,
    ]
  | readonly ['putTransient', string, string, string]
  | readonly ['setPrivatePolicy', string, string, readonly string[]]
  | readonly ['privateRange', string, string, string]
  | readonly ['privatePartial', string, string, readonly string[]]
  | readonly ['privateQuery', string, string]
  | readonly ['event', string, string]
  | readonly ['invoke', string, readonly string[], string]
  | readonly ['fail', string]
  | readonly ['sleep', number]
  | readonly ['transient' | 'context' | 'random']
  | readonly ['try', Step];

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

export type Answer =
  | null
  | string
  | readonly string[]
  | readonly Row[]
  | readonly Change[]
  | Page
  | TransactionContext
  | Record<string, string>
  | { readonly error: string }
  | { readonly answer: Answer }
  | { readonly status: number; readonly message: string; readonly payload: string };
