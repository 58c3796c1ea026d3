import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { paths } from '@pledgeonce/client';
import { RequestKey } from '../../api/idempotency-key.js';
import { ApiProblem, readProblem } from '../../api/problem.js';
import { sendOnce } from '../../api/send-once.js';
import { mediaTypeOf } from '../../api/media-type.js';

export type Recorded = paths['/reconciliations']['post']['responses'][201]['content']['application/json'];

/** Sends a book; sent again unchanged it is the same request, whatever became of the first. */
export function useBook(onDone: (recorded: Recorded) => void) {
  const queries = useQueryClient();
  const key = useRef(new RequestKey());
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async (file: File, asOf: string) => {
    setError(undefined);
    setIsSending(true);
    try {
      const what = [asOf, file.name, file.size, file.lastModified];
      const { response, data } = await sendOnce(
        (once) => post(file, asOf, once),
        key.current.of(what),
        () => undefined,
      );
      if (!response.ok) throw readProblem(data, response);
      key.current.spend();
      onDone(data as Recorded);
    } catch (problem) {
      setError(problem);
      // The file may have been mended under its name.
      if (problem instanceof ApiProblem) key.current.spend();
    } finally {
      setIsSending(false);
      void queries.invalidateQueries();
    }
  };
  return { isSending, error, send };
}

async function post(file: File, asOf: string, key: string): Promise<{ data: unknown; response: Response }> {
  const query = new URLSearchParams({ asOf, utcOffset: offsetOn(asOf) });
  const response = await fetch(`/api/v1/reconciliations?${query.toString()}`, {
    method: 'POST',
    headers: { 'X-PledgeOnce-Page': '1', 'Idempotency-Key': key, 'Content-Type': mediaTypeOf(file.name) },
    body: file,
  });
  return { data: await response.json().catch(() => undefined), response };
}

/** How far this clock was from UTC on a day, as `+08:00`. */
function offsetOn(day: string): string {
  const minutes = -new Date(`${day}T12:00:00`).getTimezoneOffset();
  const part = (value: number) => String(Math.abs(Math.trunc(value))).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(minutes / 60)}:${part(minutes % 60)}`;
}
