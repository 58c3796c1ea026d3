import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/problem.js';
import { useSentence } from '../i18n/sentence.js';
import { Money } from './money.js';
import { NamedDocument } from './named-document.js';

/** What is wrong with which line, what is left of its document, and which documents bind it. */
export function ProblemLines({ problem }: { readonly problem: ApiProblem }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (problem.lines.length === 0) return null;
  return (
    <List size="sm" mt="xs" spacing="xs">
      {problem.lines.map((line) => (
        <List.Item key={`${line.list}.${line.line}`}>
          {t(`problem.${line.list}`, { place: line.line + 1 })} {sentence({ ...line, title: line.detail })}
          {line.remaining !== undefined && (
            <div>
              {t('problem.left')} <Money value={line.remaining} />
            </div>
          )}
          {line.limitedBy !== undefined && line.limitedBy.documents.length > 0 && (
            <div>
              {t('problem.boundBy')}{' '}
              {line.limitedBy.documents.map((document) => (
                <NamedDocument key={document.type + document.number} document={document} />
              ))}
            </div>
          )}
        </List.Item>
      ))}
    </List>
  );
}
