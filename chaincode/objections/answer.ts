import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { changeObjection } from './write.js';

/** A bank that holds a claim on the trade answers; a later answer stands beside the one before. */
export const answerObjection: Verb<'answerObjection'> = (call, command) =>
  changeObjection(call, 'answerObjection', command, ({ holders = [], answers }) => {
    const { caller, now } = call;
    // Who objects does not answer for the others.
    if (!holders.includes(caller.mspId)) throw new LedgerError('OBJECTION_NOT_FOUND', { field: 'id' });
    const { text, evidence } = command;
    const answer = { bank: caller.mspId, text, ...(evidence && { evidence }), at: instantText(now) };
    return Promise.resolve({ answers: [...answers, answer] });
  });
