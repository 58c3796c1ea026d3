/** The right to one's own data. */
export const ownData = {
  ownData: {
    about:
      'Everything that the ledger holds of {{whose}}, with all its versions and what proves them: for your archive, your auditor, or because you leave.',
    check: 'Check the file',
    checkHint: 'Whoever has PledgeOnce checks it on any computer, without the registry and offline:',
    cut: 'Cut off after {{count}} records, {{size}} MB. They are saved; go on, and the rest comes as a second file.',
    done: 'Done: {{count}} records, {{size}} MB. The file is among your downloads.',
    file: 'The file',
    goOn: 'Go on after the last record',
    proves:
      'It says for each version whether two government nodes have endorsed it, whether its block is signed, and that no line was changed or left out. A file that was cut off is called so.',
    running: 'Running: {{count}} records, {{size}} MB so far.',
    schema: 'What stands in a line (JSON Schema)',
    start: 'Export everything',
    stopped:
      'Stopped after {{count}} records, {{size}} MB. They are saved; the rest can come as a second file.',
  },
};
