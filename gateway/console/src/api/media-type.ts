const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  xml: 'application/xml',
  pdf: 'application/pdf',
  zip: 'application/zip',
};

/** What a file says that it is, by its name; the gateway looks at what is in it and refuses what is something else. */
export function mediaTypeOf(name: string): string {
  const end = name.split('.').at(-1)?.toLowerCase() ?? '';
  return types[end] ?? 'application/octet-stream';
}
