import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { OfflineError, readProblem } from '../../api/problem.js';
import { linesOf } from '../../api/lines-of.js';
import { mediaTypeOf } from '../../api/media-type.js';
import type { LineVerdict as AnyVerdict } from '../../ui/verdict-table.js';

/** What is done with a book: tried, or taken on. */
export type Doing = 'dry-run' | 'bring';
const addresses: Readonly<Record<Doing, string>> = { 'dry-run': '/take-on/dry-run', bring: '/take-on' };

/** What is shown of the verdict on a line, whether it was tried or taken on. */
export interface LineVerdict extends AnyVerdict {
  readonly line: number;
  readonly reference?: string;
  /** The verdict of a dry run, or what became of the line. */
  readonly word: string;
  readonly looksLike?: number;
  readonly unmatched?: number;
}

/** What the lines of one verdict come to. */
export interface Total {
  readonly verdict: string;
  readonly currency: string;
  readonly lines: number;
  readonly amount: string;
  readonly outstanding: string;
}

interface Shown {
  readonly verdicts: readonly LineVerdict[];
  readonly totals: readonly Total[];
}
const nothing: Shown = { verdicts: [], totals: [] };
type State = 'idle' | 'running' | 'done' | 'stopped' | 'failed';

/** Verdicts are shown together, so that fifty thousand of them do not freeze the page. */
const showEveryMs = 250;

/** A book on its way. Sent again it goes on where it was: what was taken on is not taken on twice. */
export function useBook() {
  const queries = useQueryClient();
  const [state, setState] = useState<State>('idle');
  const [shown, setShown] = useState(nothing);
  const [error, setError] = useState<unknown>();
  const abort = useRef<AbortController>(undefined);

  const start = useCallback(
    async (file: File, doing: Doing) => {
      const own = new AbortController();
      abort.current = own;
      setState('running');
      setError(undefined);
      setShown(nothing);
      const verdicts: LineVerdict[] = [];
      let totals: readonly Total[] = [];
      const show = () => {
        setShown({ verdicts: [...verdicts], totals });
      };
      const timer = setInterval(show, showEveryMs);
      try {
        for await (const text of linesOf(await send(file, doing, own.signal))) {
          const line = JSON.parse(text) as Omit<LineVerdict, 'word'> & Answer;
          if (line.totals === undefined) verdicts.push({ ...line, word: line.verdict ?? line.status ?? '' });
          else ({ totals } = line);
        }
        setState('done');
      } catch (failure) {
        setState(own.signal.aborted ? 'stopped' : 'failed');
        if (!own.signal.aborted) setError(failure);
      } finally {
        clearInterval(timer);
        show();
        if (doing === 'bring') void queries.invalidateQueries();
      }
    },
    [queries],
  );
  const stop = useCallback(() => {
    abort.current?.abort();
  }, []);
  return { state, ...shown, error, start, stop };
}

interface Answer {
  readonly verdict?: string;
  readonly status?: string;
  readonly totals?: readonly Total[];
}

async function send(file: File, doing: Doing, signal: AbortSignal): Promise<Response> {
  const headers = {
    'X-PledgeOnce-Page': '1',
    'Content-Type': mediaTypeOf(file.name),
    ...(doing === 'bring' && { 'Idempotency-Key': crypto.randomUUID() }),
  };
  const sending = fetch(`/api/v1${addresses[doing]}`, { method: 'POST', headers, body: file, signal });
  const response = await sending.catch((cause: unknown) => {
    throw new OfflineError(cause);
  });
  if (!response.ok) throw readProblem(await response.json().catch(() => undefined), response);
  return response;
}
