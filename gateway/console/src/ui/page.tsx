import { Group, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { organisation } from '../app/organisation.js';

interface Props {
  readonly title: ReactNode;
  /** What the tab of the browser says, where the title is more than words. */
  readonly name?: string;
  readonly state?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its title, which is also the tab's, what can be done, and its content. */
export function Page({ title, name, state, actions, children }: Props) {
  const text = name ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = text === '' ? organisation.title : `${text} · ${organisation.title}`;
  }, [text]);
  return (
    <div className="page">
      <Group justify="space-between" align="center" mb="lg" gap="sm">
        <Group gap="sm">
          <Title order={1} size="h2">
            {title}
          </Title>
          {state}
        </Group>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
