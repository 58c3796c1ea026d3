import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { content } from './client.js';
import type { Content } from './client.js';

interface Sent<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** Reads a record; the key says which, so that it is read anew when something has happened to it. */
export function useRead<T>(
  key: readonly unknown[],
  read: () => Promise<Sent<T>>,
  enabled = true,
): UseQueryResult<Content<T>> {
  return useQuery({ queryKey: key, queryFn: () => content(read()), enabled });
}

/** The header under which a request is carried out once. */
export function once(key: string): { readonly header: { readonly 'Idempotency-Key': string } } {
  return { header: { 'Idempotency-Key': key } };
}
