import { createImportOperations, type ImportSettings } from "./catalogue/imports/import-operations.ts";
import type { ControlHandler } from "./database/control-socket.ts";
import type { Database } from "./database/database.ts";
import { giveWay } from "./node-give-way.ts";
import { readKnownQuestions } from "./node-known-questions.ts";
import { joinOperations, type OperationsTold } from "./wire-operations.ts";

/** All that commands can have done with a database on Node: imports read files and servers. */
export function createOperations(db: Database, told: OperationsTold, imports: ImportSettings): ControlHandler {
  return joinOperations(db, told, { readKnownQuestions, giveWay, imports: createImportOperations(db, told.onChange, imports) });
}
