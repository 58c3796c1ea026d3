import { AppShell, Burger, Button, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { useIdle } from '../session/idle.js';
import { useLiveNews } from '../session/live-news.js';
import { useSession } from '../session/session.js';
import { SignInAgain } from '../session/sign-in-again.js';
import { SignIn } from '../session/sign-in.js';
import { LanguageSwitch } from './language-switch.js';
import { organisation } from './organisation.js';
import { groups, pagesFor } from './pages.js';

/** What is around every page; whoever is not signed in gets the sign-in at the very address that they asked for. */
export function Shell() {
  const { state, own } = useSession();
  const { t } = useTranslation();
  if (state === 'asking') return <div role="status" aria-label={t('ui.loading')} />;
  if (own === undefined) return <SignIn />;
  return <SignedInShell />;
}

function SignedInShell() {
  const { own, state, signOut } = useSession();
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useIdle();
  useLiveNews();
  useEffect(close, [pathname, close]);
  if (own === undefined) return null;
  const pages = pagesFor(own);
  const current = pages
    .filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
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
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('ui.menu')} />
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
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('ui.navigation')}>
        <div className="navigation">
          {groups.map((group) => {
            const inGroup = pages.filter((page) => page.group === group);
            return inGroup.length === 0 ? null : (
              <div key={group}>
                <Text size="xs" c="dimmed" fw={600} px="sm" pt="sm" pb={4}>
                  {t(`group.${group}`)}
                </Text>
                {inGroup.map(({ path }) => (
                  <NavLink
                    key={path}
                    component={Link}
                    to={path}
                    label={t(`page.${path}`)}
                    active={current?.path === path}
                    {...(current?.path === path && { 'aria-current': 'page' as const })}
                  />
                ))}
              </div>
            );
          })}
        </div>
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
