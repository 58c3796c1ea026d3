import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSession } from './session.js';

/** News that come together are read together. */
const togetherMs = 1_000;

/**
 * Reads anew what is on the page when something has happened to the organisation's records. A lost stream is resumed by
 * the browser, from where it broke off.
 */
export function useLiveNews(): void {
  const { own, state } = useSession();
  const queries = useQueryClient();
  const person = own?.person;
  const follows = state === 'in' && person !== undefined && person.role !== 'admin';
  useEffect(() => {
    if (!follows) return undefined;
    const source = new EventSource('/api/v1/events');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        if (!document.hidden) void queries.invalidateQueries();
      }, togetherMs);
    };
    source.addEventListener('alert', tell);
    source.addEventListener('change', tell);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [follows, queries]);
}
