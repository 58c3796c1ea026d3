import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { keyIn, machineRoles, type MachineView } from './machine.js';
import { keyField } from './machine-steps.js';

/** Lets a program act for the organisation, by the public half of a key that it has made itself. */
export function NewMachine() {
  const { t } = useTranslation();
  const { organisation } = useOwn();
  const navigate = useNavigate();
  const scopes = useQuery({ queryKey: ['scopes'], queryFn: readScopes });
  const isPortal = organisation.kind === 'enterprise';
  return (
    <Page title={t('machines.new')}>
      <p>{t('machines.needsKey')}</p>
      <Read of={scopes}>
        {(options) => (
          <CommandForm<MachineView>
            draft="new-machine"
            fields={[
              { name: 'id', kind: 'text', label: 'machine', required: true, hint: 'machine' },
              { name: 'role', kind: 'choice', required: true, options: machineRoles, words: 'role' },
              ...(isPortal
                ? [{ name: 'uscc', kind: 'text' } as const, { name: 'party', kind: 'party' } as const]
                : []),
              keyField,
              { name: 'scopes', kind: 'choices', options },
            ]}
            initial={{ role: 'officer', scopes: [], ...(isPortal && { party: { scheme: 'VAT' } }) }}
            submit="machines.new"
            send={(body: { readonly key?: unknown }, key) =>
              api.POST('/machines', { params: once(key), body: { ...body, key: keyIn(body.key) } as never })
            }
            onDone={({ id }) => void navigate(`/machines/${id}`)}
          />
        )}
      </Read>
    </Page>
  );
}

/** What a machine can be allowed: the gateway says it to whoever wants a token (RFC 8414). */
async function readScopes(): Promise<readonly string[]> {
  const response = await fetch('/.well-known/oauth-authorization-server');
  const { scopes_supported: scopes } = (await response.json()) as { readonly scopes_supported: string[] };
  return scopes;
}
