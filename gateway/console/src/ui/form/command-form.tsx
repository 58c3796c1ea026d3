import { Alert, Button, Group, Stack } from '@mantine/core';
import { FormProvider } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem.js';
import { ProblemNote } from '../problem-note.js';
import { FormField } from './form-field.js';
import type { Field } from './fields.js';
import { useCommand } from './use-command.js';
import type { Command } from './use-command.js';

export interface CommandFormProps<T> extends Command<T> {
  readonly fields: readonly Field[];
  readonly submit: string;
  readonly danger?: boolean;
  readonly onCancel?: () => void;
  /** What stands below the fields, and may follow what is typed. */
  readonly below?: React.ReactNode;
  /** What else helps after a refusal. */
  readonly help?: (problem: ApiProblem, set: (name: string, value: string) => void) => React.ReactNode;
}

/** A form that sends one request: its key, its states, its faults beside their fields. */
export function CommandForm<T>(props: CommandFormProps<T>) {
  const { fields, submit, danger = false, onCancel, below, help, ...command } = props;
  const { t } = useTranslation();
  const { form, place, state, error, carryOut, forgive } = useCommand(command);
  return (
    <FormProvider {...form}>
      <form
        noValidate
        ref={place}
        onSubmit={(event) => {
          event.preventDefault();
          void carryOut();
        }}
      >
        {error !== undefined && <ProblemNote error={error} />}
        {error instanceof ApiProblem &&
          help?.(error, (name, value) => {
            form.setValue(name, value, { shouldDirty: true });
            forgive();
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
        {below}
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
