import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../ui/problem-note.js';
import { useSession } from './session.js';

interface Person {
  readonly id: string;
  readonly role: string;
  readonly secret: string;
}

/** The people of a development network, one click away. A gateway that is not one has nothing at this address. */
export function DevelopmentPeople() {
  const { t } = useTranslation();
  const { signIn } = useSession();
  const [error, setError] = useState<unknown>();
  const people = useQuery({
    queryKey: ['development-people'],
    queryFn: async () => {
      const response = await fetch('/development/people');
      return response.ok ? ((await response.json()) as readonly Person[]) : [];
    },
  });
  const enter = ({ id, secret }: Person) => {
    setError(undefined);
    signIn(id, secret).catch((refusal: unknown) => {
      setError(refusal);
    });
  };
  return (
    <Alert color="yellow" mt="lg" title={t('session.development')}>
      {error !== undefined && <ProblemNote error={error} />}
      <Text size="sm" mb="xs">
        {t('session.developmentHint')}
      </Text>
      <Group gap="xs">
        {(people.data ?? []).map((person) => (
          <Button
            key={person.id}
            variant="default"
            size="xs"
            onClick={() => {
              enter(person);
            }}
          >
            {person.id === person.role
              ? t(`role.${person.role}`)
              : `${person.id} (${t(`role.${person.role}`)})`}
          </Button>
        ))}
      </Group>
    </Alert>
  );
}
