import { redactAccounts } from "./redact-accounts.ts";
import { redactAddresses } from "./redact-addresses.ts";
import { redactBirthdays } from "./redact-birthdays.ts";
import { redactMail, redactPhones } from "./redact-contact.ts";
import { redactNames } from "./redact-names.ts";
import { redactPlates } from "./redact-plates.ts";
import { redactReferences } from "./redact-references.ts";

const lineBreak = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
const blanks = /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
// Controls; soft hyphen, fillers, zero-width, bidi, invisible-operator, interlinear and tag characters.
const invisible =
  /(?![\n\t])\p{Cc}|\u034f|[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Well-formed Unicode without control, zero-width or bidi characters; line breaks become \n, runs of blanks one space. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(lineBreak, "\n").replace(invisible, "").replace(blanks, " ");
}

// Numbers with a word or shape of their own before phones, which take what is left; names last, so that marks bound them.
const passes = [redactMail, redactAccounts, redactReferences, redactPlates, redactBirthdays, redactPhones, redactNames, redactAddresses];
const mostRounds = 4;

/**
 * Replaces what tells who somebody is by marks such as [Telefon]; expects cleaned text. Runs until nothing changes, since a mark
 * can free its neighbour; linear in the length of the text.
 */
export function redact(text: string): string {
  let current = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = passes.reduce((rest, pass) => pass(rest), current);
    if (next === current) return current;
    current = next;
  }
  return current;
}

const mark = /\[(?:E-Mail|Telefon|IBAN|Karte|Nummer|Nr|Kennzeichen|Geburts-Datum|Name)\]/g;

/** A redacted text without the marks: they are our words and not the person's, and say nothing of what is wanted. */
export function withoutMarks(text: string): string {
  return text.replace(mark, " ");
}
