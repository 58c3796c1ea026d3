import { useRef, useState } from 'react';
import { api, content } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import type { Answer } from './question.js';
import { questionsIn } from './questions-in.js';
import type { Asked } from './read-questions.js';

export interface Row {
  readonly asked: Asked;
  readonly answer?: Answer;
  readonly fault?: ApiProblem;
}

/** Asks about the rows of a file one after the other; what was answered stays when it is stopped. */
export function useBatch() {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [total, setTotal] = useState(0);
  const [isRunning, setIsRunning] = useState(false);
  /** The text that says why the file cannot be read, or what the gateway says. */
  const [fault, setFault] = useState<string | Error>();
  const stopped = useRef(false);
  const isStopped = () => stopped.current;
  const run = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setFault(undefined);
    setRows([]);
    setTotal(0);
    const read = await questionsIn(files).catch((error: unknown) => error as Error);
    if (typeof read === 'string' || read instanceof Error) {
      setFault(read);
      return;
    }
    stopped.current = false;
    setTotal(read.length);
    setIsRunning(true);
    for (const asked of read) {
      if (isStopped()) break;
      const row = await ask(asked);
      setRows((before) => [...before, row]);
    }
    setIsRunning(false);
  };
  const stop = () => {
    stopped.current = true;
  };
  return { rows, total, isRunning, fault, run, stop };
}

async function ask(asked: Asked): Promise<Row> {
  try {
    const answer = await content(api.POST('/verifications', { body: asked.question }));
    if (asked.orAs === undefined || answer.result !== 'not-found') return { asked, answer };
    const document = { ...asked.question.document, type: asked.orAs };
    return await ask({ line: asked.line, question: { ...asked.question, document } });
  } catch (error) {
    const unreached = new ApiProblem({ code: 'NETWORK_UNAVAILABLE' }, 503, undefined);
    return { asked, fault: error instanceof ApiProblem ? error : unreached };
  }
}
