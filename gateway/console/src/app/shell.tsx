import { AppShell, Burger, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { useIdle } from '../session/idle.js';
import { useLiveNews } from '../session/live-news.js';
import { useSession } from '../session/session.js';
import type { Own } from '../session/session.js';
import { SignInAgain } from '../session/sign-in-again.js';
import { SignIn } from '../session/sign-in.js';
import { LanguageSwitch } from './language-switch.js';
import { Navigation } from './navigation.js';
import { organisation } from './organisation.js';

/** What is around every page; whoever is not signed in gets the sign-in at the very address that they asked for. */
export function Shell() {
  const { state, own } = useSession();
  const { t } = useTranslation();
  if (state === 'asking') return <div role="status" aria-label={t('ui.loading')} />;
  if (own === undefined) return <SignIn />;
  return <SignedInShell />;
}

function SignedInShell() {
  const { own, state } = useSession();
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useIdle();
  useLiveNews();
  useEffect(close, [pathname, close]);
  if (own === undefined) return null;
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 230, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="lg"
    >
      <a href="#main" className="skip">
        {t('ui.skip')}
      </a>
      <AppShell.Header px="md">
        <Head own={own}>
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('ui.menu')} />
        </Head>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('ui.navigation')}>
        <Navigation own={own} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Suspense fallback={<div role="status" aria-label={t('ui.loading')} />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      {state === 'expired' && <SignInAgain />}
    </AppShell>
  );
}

/** Whose console it is, who is signed in, the language, and the way out. */
function Head({ own, children }: { readonly own: Own; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const { signOut } = useSession();
  return (
    <Group h="100%" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        {children}
        <Text fw={650} lineClamp={1}>
          {organisation.title}
        </Text>
      </Group>
      <Group gap="sm" wrap="nowrap">
        <Text size="sm" c="dimmed" visibleFrom="sm">
          {own.person.id} · {t(`role.${own.person.role}`)}
        </Text>
        <LanguageSwitch />
        <Button variant="subtle" size="xs" onClick={() => void signOut()}>
          {t('session.signOut')}
        </Button>
      </Group>
    </Group>
  );
}
