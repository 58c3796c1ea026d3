import { documentVersionSql } from './document-versions.js';
import { drawnVersionSql } from './drawn-versions.js';
import { lateDuplicateSql } from './late-duplicates.js';
import { publishedRateSql } from './published-rates.js';
import { statedFirmsSql } from './stated-firms.js';
import { tradeVersionSql } from './trade-versions.js';

/**
 * What only the regulator's gateway keeps: the content of documents by version, so that an audit of today and one of
 * last year's blocks come from the same rows, the history of what was drawn on them, and what resembles what was
 * financed or paid on before.
 */
export const auditTableSql = `${documentVersionSql}${publishedRateSql}${drawnVersionSql}${lateDuplicateSql}${tradeVersionSql}${statedFirmsSql}`;
