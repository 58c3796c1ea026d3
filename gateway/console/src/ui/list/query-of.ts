/** The query of a page of a list. What a filter says the gateway checks: an address can be typed by hand. */
export function queryOf(filters: object, cursor: string | undefined, limit = 50): object {
  return { ...filters, limit, ...(cursor !== undefined && { cursor }) };
}
