import type { PasswordFault } from "../core/people.ts";
import { commonPasswords } from "./common-passwords.ts";

/** In characters; NIST SP 800-63B asks for length and refuses rules of composition. */
const shortestPassword = 12;
const longestPassword = 256;

const folded = (text: string) => text.normalize("NFKC").toLowerCase();

/** One character or a short piece over and over, or a run such as 1234567890. */
function isMonotonous(password: string): boolean {
  if (/^(.{1,4}?)\1+.{0,3}$/su.test(password)) return true;
  const codes = [...password].map((each) => each.codePointAt(0) ?? 0);
  // After 9 comes 0 again.
  const steps = codes.slice(1).map((code, index) => Math.abs(code - (codes[index] ?? 0)));
  return steps.every((step) => step <= 1 || (step === 9 && /^\d+$/.test(password)));
}

/** What stands against a password; undefined if nothing does. */
export function passwordFault(password: string, name: string): PasswordFault | undefined {
  const length = [...password].length;
  if (length < shortestPassword) return "too-short";
  if (length > longestPassword) return "too-long";
  const own = folded(password);
  // Digits and signs around a common word add nothing that guessing does not try first.
  const bare = own.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  if (isMonotonous(own) || commonPasswords.has(own) || commonPasswords.has(bare)) return "too-common";
  const parts = folded(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length > 3);
  const rest = parts.reduce((left, part) => left.replaceAll(part, ""), own);
  return rest !== own && rest.length < shortestPassword / 2 ? "like-name" : undefined;
}
