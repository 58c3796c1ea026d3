import { readPapers } from '../../api/read-papers.js';
import type { Reading } from '../../api/read-papers.js';
import type { Question } from './question.js';
import { readQuestions } from './read-questions.js';
import type { Asked } from './read-questions.js';

/** As many are asked about at once as a table may have rows. */
const mostPapers = 10_000;

/**
 * What files ask: a table of questions is read here; what is no such table is a paper, which the gateway reads.
 *
 * @returns the text that says what is wrong, where nothing can be asked.
 * @throws ApiProblem where the gateway refuses the files as a whole; OfflineError where it is not reached.
 */
export async function questionsIn(files: readonly File[]): Promise<readonly Asked[] | string> {
  const [file] = files;
  if (files.length === 1 && file !== undefined && file.name.toLowerCase().endsWith('.csv')) {
    const read = readQuestions(await file.text());
    if (read !== 'file.columnsMissing') return read;
    const papers = await questionsOfPapers(files).catch(() => read);
    return typeof papers === 'string' ? read : papers;
  }
  return questionsOfPapers(files);
}

async function questionsOfPapers(files: readonly File[]): Promise<readonly Asked[] | string> {
  const asked: Asked[] = [];
  for await (const reading of readPapers(files)) {
    if (asked.length === mostPapers) return 'file.tooManyRows';
    const question = questionOf(reading);
    if (question === undefined) continue;
    // An invoice does not say whether the tax authority has it on record, or its seller alone.
    const orAs = question.document.type === 'commercial-invoice' && ({ orAs: 'tax-invoice' } as const);
    asked.push({ line: reading.line ?? reading.index + 1, question, ...orAs });
  }
  return asked.length === 0 ? 'verify.noPaper' : asked;
}

/** The question whether a paper is on record as it stands; of one without an amount there is none. */
function questionOf({ document }: Reading): Question | undefined {
  if (document?.total === undefined) return undefined;
  const { type, number, seller, total, date } = document;
  const { scheme, id } = seller;
  return { document: { type, number }, particulars: { enterprise: { scheme, id }, total, date } };
}
