import { Button, List, Progress, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, content } from '../../api/client.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';
import { ResemblanceReasons } from './reasons.js';

const lookEveryMs = 1_000;

/** A search over all documents for pairs that look alike, with its progress and what it found. */
export function Scan() {
  const { t } = useTranslation();
  const [id, setId] = useState<string>();
  const order = useMutation({
    mutationFn: () => content(api.POST('/audit/scans', { body: {} })),
    onSuccess: (scan) => {
      setId(scan.id);
    },
  });
  const scan = useQuery({
    queryKey: ['scan', id],
    queryFn: () => content(api.GET('/audit/scans/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? lookEveryMs : false),
  });
  const isDone = scan.data?.state === 'done';
  const findings = useQuery({
    queryKey: ['scan', id, 'findings'],
    queryFn: () => content(api.GET('/audit/scans/{id}/findings', { params: { path: { id: id ?? '' } } })),
    enabled: isDone,
  });
  const { documents = 0, examined = 0, findings: found = 0 } = scan.data ?? {};
  return (
    <Section title={t('audit.scan')}>
      <Text mb="sm">{t('audit.scanHint')}</Text>
      <Button
        loading={order.isPending || scan.data?.state === 'running'}
        onClick={() => {
          order.mutate();
        }}
      >
        {t('audit.startScan')}
      </Button>
      {order.isError && <ProblemNote error={order.error} />}
      {scan.data !== undefined && (
        <>
          <Progress
            value={documents === 0 ? 100 : (100 * examined) / documents}
            mt="md"
            aria-label={t('file.progress')}
          />
          <Text role="status">{t('audit.scanned', { examined, documents, found })}</Text>
        </>
      )}
      <List>
        {(findings.data?.items ?? []).map(({ document, resembles }) => (
          <List.Item key={document.fact}>
            <Link to={`/documents/${document.fact}`}>{document.number}</Link>
            {resembles.map((other) => (
              <div key={other.document.fact}>
                <Link to={`/documents/${other.document.fact}`}>{other.document.number}</Link>:{' '}
                <ResemblanceReasons of={other.reasons} />
              </div>
            ))}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}
