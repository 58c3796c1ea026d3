import { useCallback, useRef, useState } from 'react';
import { OfflineError, readProblem } from '../../api/problem.js';
import { download } from '../../ui/list/download.js';
import { linesOf } from '../../api/lines-of.js';

type State = 'idle' | 'running' | 'done' | 'cut' | 'stopped' | 'failed';

interface Came {
  readonly records: number;
  readonly bytes: number;
}
const nothing: Came = { records: 0, bytes: 0 };

/** Progress is shown together, so that a hundred thousand lines do not freeze the page. */
const showEveryMs = 250;
/** Text that is handed to the browser as a part of the file, characters: it need not stay in the memory of the page. */
const partLength = 1_000_000;

/** An export of own data on its way. What was cut off is saved as a file, and gone on with in another after its last record. */
export function useExport() {
  const [state, setState] = useState<State>('idle');
  const [came, setCame] = useState(nothing);
  const [error, setError] = useState<unknown>();
  const abort = useRef<AbortController>(undefined);
  const place = useRef<string>(undefined);

  const run = useCallback(async (after: string | undefined) => {
    const own = new AbortController();
    abort.current = own;
    setState('running');
    setError(undefined);
    setCame(nothing);
    const file = new ExportFile();
    const timer = setInterval(() => {
      setCame(file.came);
    }, showEveryMs);
    try {
      for await (const line of linesOf(await ask(after, own.signal))) file.add(line);
      setState(file.isWhole ? 'done' : 'cut');
    } catch (failure) {
      if (own.signal.aborted) setState('stopped');
      else if (file.came.records > 0) setState('cut');
      else {
        setState('failed');
        setError(failure);
      }
    } finally {
      clearInterval(timer);
      setCame(file.came);
      place.current = file.place ?? after;
      file.save();
    }
  }, []);
  const start = useCallback(() => run(undefined), [run]);
  const goOn = useCallback(() => run(place.current), [run]);
  const stop = useCallback(() => {
    abort.current?.abort();
  }, []);
  return { state, came, error, start, goOn, stop };
}

/** The lines as they come, until they are a file. */
class ExportFile {
  readonly #parts: Blob[] = [];
  #text = '';
  #records = 0;
  #bytes = 0;
  #isWhole = false;
  #place: string | undefined;

  add(line: string): void {
    this.#text += `${line}\n`;
    if (line.startsWith('{"kind":"record"')) {
      this.#records += 1;
      this.#place = (JSON.parse(line) as { readonly place: string }).place;
    }
    this.#isWhole = line.startsWith('{"kind":"end"');
    if (this.#text.length > partLength) this.#handOver();
  }

  get came(): Came {
    return { records: this.#records, bytes: this.#bytes + this.#text.length };
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Of the last record. */
  get place(): string | undefined {
    return this.#place;
  }

  save(): void {
    this.#handOver();
    if (this.#records === 0 && !this.#isWhole) return;
    download('own-data.ndjson', new Blob(this.#parts), 'application/x-ndjson');
  }

  #handOver(): void {
    const part = new Blob([this.#text]);
    this.#parts.push(part);
    this.#bytes += part.size;
    this.#text = '';
  }
}

async function ask(after: string | undefined, signal: AbortSignal): Promise<Response> {
  const query = after === undefined ? '' : `?${new URLSearchParams({ after }).toString()}`;
  const asking = fetch(`/api/v1/export${query}`, { headers: { 'X-PledgeOnce-Page': '1' }, signal });
  const response = await asking.catch((cause: unknown) => {
    throw new OfflineError(cause);
  });
  if (!response.ok) throw readProblem(await response.json().catch(() => undefined), response);
  return response;
}
