import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useForm } from 'react-hook-form';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { RequestKey } from '../../api/idempotency-key.js';
import { ApiProblem, readProblem } from '../../api/problem.js';
import { sendOnce } from '../../api/send-once.js';
import { useSentence } from '../../i18n/sentence.js';
import { dropDraft, keepDraft, readDraft } from './draft.js';
import { bodyOf, nearestField } from './fields.js';
import { refused } from './use-input.js';

interface Reply {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

export interface Command<T> {
  /** Under this name what is typed is kept; absent where it must not be. */
  readonly draft?: string;
  readonly initial?: FieldValues;
  /** Sends the request under a key; the body is what was typed without what was left empty. */
  readonly send: (body: never, key: string) => Promise<Reply>;
  readonly onDone: (data: T) => void;
}

interface Sending {
  readonly form: UseFormReturn;
  /** The form's own element, in which the first fault gets the focus. */
  readonly place: RefObject<HTMLFormElement | null>;
  readonly state: 'typing' | 'sending' | 'pending';
  readonly error: unknown;
  readonly carryOut: () => Promise<void>;
  readonly forgive: () => void;
}

/** One request of a form: what was typed is kept, sent under one key until its outcome is known, and refused in its place. */
export function useCommand<T>({ draft, initial, send, onDone }: Command<T>): Sending {
  const [state, setState] = useState<Sending['state']>('typing');
  const [error, setError] = useState<unknown>();
  const [key] = useState(() => new RequestKey());
  const place = useRef<HTMLFormElement>(null);
  const form = useForm({ defaultValues: { ...initial, ...(draft === undefined ? {} : readDraft(draft)) } });
  useDraft(draft, form);
  const point = usePointing(place, form);

  const carryOut = form.handleSubmit(async (values) => {
    setError(undefined);
    setState('sending');
    const body = (bodyOf(values) ?? {}) as never;
    try {
      const reply = await sendOnce(
        (once) => send(body, once),
        key.of(body),
        () => {
          setState('pending');
        },
      );
      if (!reply.response.ok) throw readProblem(reply.error, reply.response);
      key.spend();
      if (draft !== undefined) dropDraft(draft);
      onDone(reply.data as T);
    } catch (problem) {
      setError(problem);
      point(problem);
    } finally {
      setState('typing');
    }
  });
  const forgive = () => {
    setError(undefined);
  };
  return { form, place, state, error, carryOut: () => carryOut(), forgive };
}

/** Keeps what is typed, as it is typed. */
function useDraft(draft: string | undefined, form: UseFormReturn): void {
  useEffect(() => {
    if (draft === undefined) return undefined;
    return form.subscribe({
      formState: { values: true },
      callback: ({ values }) => {
        keepDraft(draft, values);
      },
    });
  }, [draft, form]);
}

/** Leads the reader to what is wrong: the field itself, or the sentence above the form. */
function usePointing(place: Sending['place'], form: UseFormReturn): (problem: unknown) => void {
  const sentence = useSentence();
  const told = useRef<{ readonly at: string; readonly problem: ApiProblem }>(undefined);
  // The sentence beside the field follows the reader into another language, as long as it stands there.
  useEffect(() => {
    if (told.current === undefined) return;
    const { at, problem } = told.current;
    if (form.getFieldState(at).error?.type === refused)
      form.setError(at, { type: refused, message: sentence(problem) });
  }, [sentence, form]);
  return (problem) => {
    const inputs = [...(place.current?.querySelectorAll<HTMLElement>('[name]') ?? [])];
    const names = inputs.map((input) => input.getAttribute('name') ?? '');
    const isApi = problem instanceof ApiProblem;
    const field = isApi ? faultOf(problem) : undefined;
    const at = field === undefined ? undefined : nearestField(field, names);
    if (isApi && at !== undefined) {
      told.current = { at, problem };
      form.setError(at, { type: refused, message: sentence(problem) }, { shouldFocus: true });
    } else requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('.problem')?.focus());
  };
}

/** The place of the fault: the field that the problem names, or the first line that it speaks of. */
function faultOf({ field, lines }: ApiProblem): string | undefined {
  const [line] = lines;
  return field ?? (line === undefined ? undefined : `${line.list}.${line.line}.amount`);
}
