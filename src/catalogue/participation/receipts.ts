import { randomInt } from "node:crypto";
import { receiptCode, receiptLength } from "../../text/receipt-code.ts";
import { redact } from "../../text/redact.ts";

/** A new receipt: 40 bits of chance, less those that redaction would take for a licence plate or a number when people send them back. */
export function newReceipt(): string {
  for (;;) {
    const code = receiptCode(Array.from({ length: receiptLength }, () => randomInt(32)));
    if (code !== undefined && isKept(code) && isKept(code.toLowerCase())) return code;
  }
}

function isKept(code: string): boolean {
  return [code, `Beitrag zurückziehen ${code}`, `withdraw ${code} please`].every((said) => redact(said) === said);
}
