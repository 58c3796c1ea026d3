import { NavLink, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Own } from '../session/session.js';
import { groups, pagesFor } from './pages.js';

/** The pages of somebody's work, in groups, with the one that is open marked. */
export function Navigation({ own }: { readonly own: Own }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const pages = pagesFor(own);
  const current = pages
    .filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  return (
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
  );
}
