import type { Database } from "#core/database.ts";
import { provisionalCourts } from "./derive.ts";
import { forgetDirectory } from "./directory.ts";
import { COLUMNS, placesFor, valuesOf } from "./store.ts";

const BATCH = 250;

/**
 * Lays down the provisional directory; gives how many courts it holds. Safe to repeat: what came from an official table, and
 * what such a table retired, is left as it is; what is still provisional follows the newest data.
 */
export async function seedCourts(database: Pick<Database, "sequelize">): Promise<number> {
  const rows = provisionalCourts();
  await database.sequelize.transaction(async (transaction) => {
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      await database.sequelize.query(
        `INSERT INTO court (${COLUMNS}) VALUES ${placesFor(batch.length)} ON DUPLICATE KEY UPDATE ${UPDATES}`,
        {
          replacements: batch.flatMap(valuesOf),
          transaction,
        },
      );
    }
  });
  forgetDirectory();
  return rows.length;
}

// `open`, address and phone belong to the court once the row is there.
const UPDATES = ["name", "level", "parent_code", "province", "city", "division_code", "source", "source_version"]
  .map((column) => `${column} = IF(provisional AND retired_at IS NULL, VALUES(${column}), ${column})`)
  .join(", ");
