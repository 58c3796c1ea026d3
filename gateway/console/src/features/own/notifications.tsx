import { Checkbox, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Page } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

type Settings = paths['/inbox/settings']['get']['responses'][200]['content']['application/json'];
type Topic = Settings['topics'][number];

const key = ['inbox-settings'];
const isAlert = ({ topic }: Topic) => topic.startsWith('alert/');

/** Of what one wants to be told on the first page. Each choice holds at once. */
export function Notifications() {
  const { t } = useTranslation();
  const settings = useRead(key, () => api.GET('/inbox/settings'));
  return (
    <Page title={t('page./profile/notifications')}>
      <Text mb="md">{t('notifications.about')}</Text>
      <Read of={settings}>{({ topics }) => <Topics of={topics} />}</Read>
    </Page>
  );
}

function Topics({ of }: { readonly of: readonly Topic[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const choosing = useMutation({
    // One choice is sent after the other, each with all that was chosen until then.
    scope: { id: 'inbox-settings' },
    onMutate: (chosen: Topic) => {
      queries.setQueryData<Settings>(key, (known) => known && withTopic(known, chosen));
    },
    mutationFn: () => {
      const { topics = [] } = queries.getQueryData<Settings>(key) ?? {};
      const muted = topics.filter(({ shown }) => !shown).map(({ topic }) => topic);
      return content(api.PUT('/inbox/settings', { body: { muted } }));
    },
    onError: () => queries.invalidateQueries({ queryKey: key }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['inbox'] }),
  });
  const groups = [
    ['waits', of.filter((topic) => !isAlert(topic))],
    ['alerts', of.filter(isAlert)],
  ] as const;
  return (
    <>
      {choosing.isError && <ProblemNote error={choosing.error} />}
      {groups
        .filter(([, topics]) => topics.length > 0)
        .map(([group, topics]) => (
          <Section key={group} title={t(`notifications.${group}`)}>
            <Stack gap="xs">
              {topics.map(({ topic, shown }) => (
                <Checkbox
                  key={topic}
                  name={topic}
                  checked={shown}
                  label={isAlert({ topic, shown }) ? t(topic.replace('/', '.')) : t(`waits.${topic}`)}
                  onChange={({ currentTarget }) => {
                    choosing.mutate({ topic, shown: currentTarget.checked });
                  }}
                />
              ))}
            </Stack>
          </Section>
        ))}
    </>
  );
}

function withTopic({ topics }: Settings, chosen: Topic): Settings {
  return { topics: topics.map((one) => (one.topic === chosen.topic ? chosen : one)) };
}
