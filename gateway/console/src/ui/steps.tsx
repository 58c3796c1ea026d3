import { Button, Group, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FieldValues } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CommandForm } from './form/command-form.js';
import type { Field } from './form/fields.js';

interface Reply {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Something that can be done with a record: the words for it stand under `step.` and its name. */
export interface Step {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly initial?: FieldValues;
  readonly danger?: boolean;
  /** Beside what is usually done here, not that itself. */
  readonly secondary?: boolean;
  /** Why this person cannot do it although their role may: a text under `why.`. */
  readonly blocked?: string;
  readonly send: (body: never, key: string) => Promise<Reply>;
  readonly onDone?: (data: unknown) => void;
}

interface Props {
  readonly of: readonly Step[];
  readonly record: string;
  /** In the row of a list, where no step stands out from those of the other rows. */
  readonly inRow?: boolean;
}

/** What can be done next, as buttons; each opens its form. */
export function Steps({ of, record, inRow = false }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Step>();
  const close = () => {
    setOpen(undefined);
  };
  return (
    <>
      <Group gap="xs">
        {of.map((step, place) => (
          <Button
            key={step.name}
            variant={isFirst(step, place) && !inRow ? 'filled' : 'default'}
            {...(inRow && { size: 'xs' })}
            disabled={step.blocked !== undefined}
            {...(step.blocked !== undefined && { title: t(`why.${step.blocked}`) })}
            onClick={() => {
              setOpen(step);
            }}
          >
            {t(`step.${step.name}`)}
          </Button>
        ))}
      </Group>
      {of.some(({ blocked }) => blocked !== undefined) && (
        <p className="faint">{t(`why.${of.find(({ blocked }) => blocked !== undefined)?.blocked ?? ''}`)}</p>
      )}
      <Modal
        opened={open !== undefined}
        onClose={close}
        title={open === undefined ? '' : t(`step.${open.name}`)}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        {open !== undefined && (
          <CommandForm
            draft={`${record}/${open.name}`}
            fields={open.fields}
            {...(open.initial && { initial: open.initial })}
            {...(open.danger === true && { danger: true })}
            submit={`step.${open.name}`}
            send={open.send}
            onCancel={close}
            onDone={(data) => {
              close();
              open.onDone?.(data);
              void queries.invalidateQueries();
            }}
          />
        )}
      </Modal>
    </>
  );
}

/** Whether a step is what is usually done next. */
function isFirst({ danger = false, secondary = false }: Step, place: number): boolean {
  return place === 0 && !danger && !secondary;
}
