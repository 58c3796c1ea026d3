import { pastItemSchemas } from '../api.js';

/** Whether an item is one of an authority's past, rather than a document that it records now. */
export function isPast(raw: unknown): raw is object {
  return typeof raw === 'object' && raw !== null && Object.keys(pastItemSchemas).some((name) => name in raw);
}
