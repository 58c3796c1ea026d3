import { ActionIcon, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A number as it is printed, with a way to copy it. */
export function DocumentNumber({ value, copy = true }: { readonly value: string; readonly copy?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="number">
      <code>{value}</code>
      {copy && (
        <CopyButton value={value}>
          {({ copied, copy: doCopy }) => (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              onClick={doCopy}
              aria-label={copied ? t('ui.copied') : t('ui.copy', { number: value })}
            >
              <CopySign isDone={copied} />
            </ActionIcon>
          )}
        </CopyButton>
      )}
    </span>
  );
}

function CopySign({ isDone }: { readonly isDone: boolean }) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden
    >
      {isDone ? (
        <path d="M3 8.5l3.2 3.2L13 5" />
      ) : (
        <path d="M5.5 5.5V3h7.5v7.5h-2.5M3 5.5h7.5V13H3z" strokeLinejoin="round" />
      )}
    </svg>
  );
}
