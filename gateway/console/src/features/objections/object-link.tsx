import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { useOwn } from '../../session/session.js';

interface Props {
  readonly document: Schemas['Document'];
  readonly enterprise: Schemas['PartyId'];
}

/** The way from a document to an objection against it, for who may raise one. */
export function ObjectLink({ document, enterprise: { scheme, id } }: Props) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const navigate = useNavigate();
  if (!may.includes('raiseObjection')) return null;
  return (
    <Button
      variant="subtle"
      size="xs"
      onClick={() => {
        void navigate('/objections/new', { state: { document, enterprise: { scheme, id } } });
      }}
    >
      {t('begin./objections/new')}
    </Button>
  );
}
