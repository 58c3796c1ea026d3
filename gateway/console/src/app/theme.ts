import {
  Alert,
  Badge,
  Button,
  Modal,
  NativeSelect,
  PasswordInput,
  TextInput,
  Textarea,
  createTheme,
} from '@mantine/core';
import type { MantineColorsTuple } from '@mantine/core';

/** The one accent. From the fifth on, white text on it has a contrast of more than 4.5. */
const sea: MantineColorsTuple = [
  '#eef6fa',
  '#dcebf3',
  '#b6d6e6',
  '#8cc0d9',
  '#5f9fc0',
  '#2f7a9f',
  '#226a8d',
  '#1d5a7a',
  '#174a65',
  '#103850',
];

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 6 },
  colors: { sea },
  defaultRadius: 'md',
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none', fw: 600 } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true } }),
    TextInput: TextInput.extend({
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
    }),
    NativeSelect: NativeSelect.extend({ defaultProps: {} }),
    PasswordInput: PasswordInput.extend({ defaultProps: {} }),
    Textarea: Textarea.extend({ defaultProps: { autosize: false, rows: 3 } }),
  },
});
