import { Button, Group, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
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
  /** It waits for another person, whatever the consortium has set; the form says so. */
  readonly twoPeople?: boolean;
  /** What comes of it: a text, above the form. */
  readonly about?: string;
  /** What the form shows below its fields, such as what would come of what is typed. */
  readonly below?: ReactNode;
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
  const [open, setOpen] = useState<Step>();
  const blocked = of.find((step) => step.blocked !== undefined)?.blocked;
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
      {blocked !== undefined && <p className="faint">{t(`why.${blocked}`)}</p>}
      <StepDialog
        step={open}
        record={record}
        onClose={() => {
          setOpen(undefined);
        }}
      />
    </>
  );
}

interface DialogProps {
  readonly step: Step | undefined;
  readonly record: string;
  readonly onClose: () => void;
}

/** The form of the step that was chosen. What is on the page is read anew when it is through. */
function StepDialog({ step, record, onClose }: DialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Modal
      opened={step !== undefined}
      onClose={onClose}
      title={step === undefined ? '' : t(`step.${step.name}`)}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {step?.twoPeople === true && <Text mb="sm">{t('why.twoPeople')}</Text>}
      {step?.about !== undefined && <Text mb="sm">{t(step.about)}</Text>}
      {step !== undefined && (
        <CommandForm
          draft={`${record}/${step.name}`}
          fields={step.fields}
          {...(step.initial && { initial: step.initial })}
          below={step.below}
          {...(step.danger === true && { danger: true })}
          submit={`step.${step.name}`}
          send={step.send}
          onCancel={onClose}
          onDone={(data) => {
            onClose();
            step.onDone?.(data);
            void queries.invalidateQueries();
          }}
        />
      )}
    </Modal>
  );
}

/** Whether a step is what is usually done next. */
function isFirst({ danger = false, secondary = false }: Step, place: number): boolean {
  return place === 0 && !danger && !secondary;
}
