import { Alert, Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { FieldValues } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ApiProblem, readProblem } from '../../api/problem.js';
import { RequestKey } from '../../api/idempotency-key.js';
import { sendOnce } from '../../api/send-once.js';
import { useSentence } from '../../i18n/sentence.js';
import { ProblemNote } from '../problem-note.js';
import { dropDraft, keepDraft, readDraft } from './draft.js';
import { FormField } from './form-field.js';
import { bodyOf, nearestField } from './fields.js';
import type { Field } from './fields.js';

interface Reply {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

export interface CommandFormProps<T> {
  /** Under this name what is typed is kept; absent where it must not be. */
  readonly draft?: string;
  readonly fields: readonly Field[];
  readonly initial?: FieldValues;
  readonly submit: string;
  readonly danger?: boolean;
  /** Sends the request under a key; the body is what was typed without what was left empty. */
  readonly send: (body: never, key: string) => Promise<Reply>;
  readonly onDone: (data: T) => void;
  readonly onCancel?: () => void;
  /** What else helps after a refusal. */
  readonly help?: (problem: ApiProblem, set: (name: string, value: string) => void) => React.ReactNode;
}

/** A form that sends one request: its key, its states, its faults beside their fields. */
export function CommandForm<T>(props: CommandFormProps<T>) {
  const { draft, fields, initial, submit, danger = false, send, onDone, onCancel, help } = props;
  const { t } = useTranslation();
  const sentence = useSentence();
  const [state, setState] = useState<'typing' | 'sending' | 'pending'>('typing');
  const [error, setError] = useState<unknown>();
  const [key] = useState(() => new RequestKey());
  const place = useRef<HTMLFormElement>(null);
  const form = useForm({ defaultValues: { ...initial, ...(draft === undefined ? {} : readDraft(draft)) } });

  useEffect(() => {
    if (draft === undefined) return undefined;
    return form.subscribe({
      formState: { values: true },
      callback: ({ values }) => {
        keepDraft(draft, values);
      },
    });
  }, [draft, form]);

  const refuse = (problem: unknown) => {
    setError(problem);
    const inputs = [...(place.current?.querySelectorAll<HTMLElement>('[name]') ?? [])];
    const names = inputs.map((input) => input.getAttribute('name') ?? '');
    const field = problem instanceof ApiProblem ? faultOf(problem) : undefined;
    const at = field === undefined ? undefined : nearestField(field, names);
    if (at !== undefined)
      form.setError(at, { message: sentence(problem as ApiProblem) }, { shouldFocus: true });
    else requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('.problem')?.focus());
  };

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
      refuse(problem);
    } finally {
      setState('typing');
    }
  });

  return (
    <FormProvider {...form}>
      <form noValidate ref={place} onSubmit={(event) => void carryOut(event)}>
        {error !== undefined && <ProblemNote error={error} />}
        {error instanceof ApiProblem &&
          help?.(error, (name, value) => {
            form.setValue(name, value, { shouldDirty: true });
            setError(undefined);
          })}
        {state === 'pending' && (
          <Alert color="gray" role="status" mb="md">
            {t('problem.pending')}
          </Alert>
        )}
        <Stack gap="sm">
          {fields.map((field) => (
            <FormField key={field.name} field={field} />
          ))}
        </Stack>
        <Group mt="lg" gap="sm">
          <Button type="submit" loading={state !== 'typing'} {...(danger && { color: 'red' })}>
            {t(submit)}
          </Button>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              {t('ui.cancel')}
            </Button>
          )}
        </Group>
      </form>
    </FormProvider>
  );
}

/** The place of the fault: the field that the problem names, or the first line that it speaks of. */
function faultOf({ field, lines }: ApiProblem): string | undefined {
  const [line] = lines;
  return field ?? (line === undefined ? undefined : `${line.list}.${line.line}.amount`);
}
