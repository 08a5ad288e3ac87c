import { cleanText } from "../text/redact.ts";

const longestName = 100;

/** A name as it is shown, and as it is compared: width, case and spaces make no other person. Undefined for what is no name. */
export function nameOf(typed: string): { readonly shown: string; readonly login: string } | undefined {
  const shown = cleanText(typed.normalize("NFC")).replaceAll(/\s+/g, " ").trim();
  const login = shown.normalize("NFKC").toLowerCase();
  return shown === "" || shown.length > longestName || login.trim() === "" ? undefined : { shown, login };
}
