import { Paper, Title } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode, Ref } from 'react';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  /** Where the focus goes to when this part is the answer to what was asked. */
  readonly place?: Ref<HTMLElement>;
}

/** A part of a page, with a heading that it is found by. */
export function Section({ title, children, place }: Props) {
  const id = useId();
  return (
    <Paper
      component="section"
      withBorder
      p="md"
      mb="md"
      aria-labelledby={id}
      {...(place !== undefined && { ref: place, tabIndex: -1 })}
    >
      <Title order={2} size="h4" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </Paper>
  );
}
