import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

export interface Filter {
  readonly name: string;
  readonly options?: readonly string[];
  readonly words?: string;
  readonly type?: 'text' | 'date' | 'month';
}

/** The filters of a list stand in its address, so that what one sees can be sent to a colleague. */
export function useFilters<N extends string>(names: readonly N[]): Partial<Record<N, string>> {
  const [search] = useSearchParams();
  return Object.fromEntries(
    names.map((name) => [name, search.get(name) ?? ''] as const).filter(([, value]) => value !== ''),
  ) as Partial<Record<N, string>>;
}

export function Filters({ of }: { readonly of: readonly Filter[] }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string) => {
    setSearch(
      (now) => {
        const changed = new URLSearchParams(now);
        if (value === '') changed.delete(name);
        else changed.set(name, value);
        return changed;
      },
      { replace: true },
    );
  };
  return (
    <Group gap="sm" mb="md" align="flex-end" role="search" className="filters">
      {of.map(({ name, options, words = '', type = 'text' }) =>
        options === undefined ? (
          <TextInput
            key={name}
            type={type}
            label={t(`field.${name}`)}
            defaultValue={search.get(name) ?? ''}
            onBlur={({ currentTarget }) => {
              set(name, currentTarget.value.trim());
            }}
            onKeyDown={({ key, currentTarget }) => {
              if (key === 'Enter') set(name, currentTarget.value.trim());
            }}
          />
        ) : (
          <NativeSelect
            key={name}
            label={t(`field.${name}`)}
            value={search.get(name) ?? ''}
            onChange={({ currentTarget }) => {
              set(name, currentTarget.value);
            }}
            data={[
              { value: '', label: t('form.any') },
              ...options.map((value) => ({ value, label: t(`${words}.${value}`) })),
            ]}
          />
        ),
      )}
    </Group>
  );
}
