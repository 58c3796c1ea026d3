import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { paths } from '@pledgeonce/client';
import { OfflineError, readProblem } from '../../api/problem.js';
import { linesOf } from '../../api/lines-of.js';
import { mediaTypeOf } from '../../api/media-type.js';

export type Verdict = paths['/facts/import']['post']['responses'][200]['content']['application/x-ndjson'];

type State = 'idle' | 'running' | 'done' | 'stopped' | 'failed';

interface Counts {
  readonly recorded: number;
  readonly refused: number;
  readonly pending: number;
}
const none: Counts = { recorded: 0, refused: 0, pending: 0 };

/** Verdicts are shown together, so that ten thousand of them do not freeze the page. */
const showEveryMs = 250;

/** An import on its way. Stopped or cut off, it goes on under the same key: what was recorded is not recorded again. */
export function useImport() {
  const queries = useQueryClient();
  const [state, setState] = useState<State>('idle');
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>([]);
  const [counts, setCounts] = useState(none);
  const [error, setError] = useState<unknown>();
  const running = useRef<{ readonly files: readonly File[]; readonly key: string; abort: AbortController }>(
    undefined,
  );

  const run = useCallback(async () => {
    const now = running.current;
    if (now === undefined) return;
    now.abort = new AbortController();
    setState('running');
    setError(undefined);
    const got: Verdict[] = [];
    const show = () => {
      setVerdicts(got.filter(({ status }) => status !== 'recorded'));
      setCounts(countsOf(got));
    };
    const timer = setInterval(show, showEveryMs);
    try {
      const response = await send(now.files, now.key, now.abort.signal);
      for await (const line of linesOf(response)) got.push(JSON.parse(line) as Verdict);
      setState('done');
    } catch (failure) {
      if (now.abort.signal.aborted) setState('stopped');
      else {
        setState('failed');
        setError(failure);
      }
    } finally {
      clearInterval(timer);
      show();
      void queries.invalidateQueries();
    }
  }, [queries]);

  const start = useCallback(
    (files: readonly File[]) => {
      running.current = { files, key: crypto.randomUUID(), abort: new AbortController() };
      return run();
    },
    [run],
  );
  const stop = useCallback(() => {
    running.current?.abort.abort();
  }, []);
  return { state, verdicts, counts, error, start, stop, again: run };
}

function countsOf(verdicts: readonly Verdict[]): Counts {
  return verdicts.reduce(
    (sum, { status }) => (status in sum ? { ...sum, [status]: sum[status as keyof Counts] + 1 } : sum),
    none,
  );
}

async function send(files: readonly File[], key: string, signal: AbortSignal): Promise<Response> {
  const [file] = files;
  const form = new FormData();
  for (const one of files) form.append('file', one);
  const isOne = files.length === 1 && file !== undefined;
  const type = isOne ? { 'Content-Type': mediaTypeOf(file.name) } : {};
  const headers = { 'X-PledgeOnce-Page': '1', 'Idempotency-Key': key, ...type };
  const body = isOne ? file : form;
  const response = await reach(fetch('/api/v1/facts/import', { method: 'POST', headers, body, signal }));
  if (!response.ok) throw readProblem(await response.json().catch(() => undefined), response);
  return response;
}

async function reach(sending: Promise<Response>): Promise<Response> {
  try {
    return await sending;
  } catch (cause) {
    throw new OfflineError(cause);
  }
}
