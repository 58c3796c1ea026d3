import type { z } from 'zod';

/** What a schema found wrong with one field, said to a person. */
export interface IssueDescription {
  readonly detail: string;
  /** Dotted path; absent when the input as a whole is wrong. */
  readonly field?: string;
}

/** Turns an issue of a schema into a sentence. Sentences that a schema brings itself are kept. */
export function describeIssue(issue: z.core.$ZodIssue): IssueDescription {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...issue.path, ...unknown].join('.');
  return { detail: sentence(issue, field), ...(field !== '' && { field }) };
}

function sentence(issue: z.core.$ZodIssue, field: string): string {
  const subject = field === '' ? 'The request' : `The field ${field}`;
  if (issue.code === 'unrecognized_keys') return `${subject} is not known here.`;
  if (/[.?!]$/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('received undefined')
      ? `${subject} is missing.`
      : `${subject} must be of the kind ${issue.expected}.`;
  }
  return `${subject} is not valid: ${issue.message}.`;
}
