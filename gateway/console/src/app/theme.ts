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
import { organisation } from './organisation.js';
import { shadesOf } from './shades.js';

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

/** The kit's own colours of states are too pale to read at the size of a badge. */
const red: MantineColorsTuple = [
  '#fdf1f0',
  '#fbe0de',
  '#f5c0bc',
  '#ee9a94',
  '#e56f67',
  '#d64a41',
  '#c6382f',
  '#b3261e',
  '#941d16',
  '#75150f',
];
const green: MantineColorsTuple = [
  '#edf7f0',
  '#d9efe0',
  '#b0dec0',
  '#83cb9c',
  '#57b47a',
  '#379a5d',
  '#2b7f4b',
  '#22693d',
  '#1b5531',
  '#123c22',
];
const yellow: MantineColorsTuple = [
  '#fff9e6',
  '#fdf0c4',
  '#fae28a',
  '#f5d14f',
  '#edbf22',
  '#cf9f0a',
  '#a67c00',
  '#7f5f00',
  '#634a00',
  '#463400',
];

/** The organisation's own colour, where its gateway has been told one. */
const accent =
  organisation.colour === undefined
    ? sea
    : (shadesOf(organisation.colour, sea) as unknown as MantineColorsTuple);

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 6 },
  colors: { sea: accent, red, green, yellow },
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
    // The kit takes every box for something that interrupts the reader; what does so says so.
    Alert: Alert.extend({ defaultProps: { variant: 'light', role: 'note' } }),
    // The head of a dialog is not that of the page.
    Modal: Modal.extend({
      defaultProps: { lockScroll: false, centered: true, attributes: { header: { role: 'none' } } },
    }),
    TextInput: TextInput.extend({
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
    }),
    NativeSelect: NativeSelect.extend({ defaultProps: {} }),
    PasswordInput: PasswordInput.extend({ defaultProps: {} }),
    Textarea: Textarea.extend({ defaultProps: { autosize: false, rows: 3 } }),
  },
});
