import { transientFields } from '@pledgeonce/chaincode/api.js';
import type { Span } from '@pledgeonce/chaincode/tracing/spans.js';
import type { Signatory } from './signatory.js';

/** What a node reads of a proposal and no block ever holds. */
export function transientOf(
  { inPlaceOf }: Pick<Signatory, 'inPlaceOf'>,
  input: unknown,
  responseKey: Uint8Array,
  { traceparent }: Pick<Span, 'traceparent'>,
): Record<string, Uint8Array> {
  return {
    [transientFields.input]: Buffer.from(JSON.stringify(input)),
    [transientFields.responseKey]: responseKey,
    ...(inPlaceOf !== undefined && { [transientFields.inPlaceOf]: Buffer.from(inPlaceOf) }),
    ...(traceparent !== undefined && { [transientFields.traceparent]: Buffer.from(traceparent) }),
  };
}
