import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** How often what is sent is looked at, while somebody looks. */
const everyMs = 5_000;

/** Reads the page anew again and again: no event tells an admin that a receiver has taken something. */
export function useFresh(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void queries.invalidateQueries();
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [queries]);
}
